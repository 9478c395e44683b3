"""Likely pairs share a key, so that they are found at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.matching import Person, keys_of
from patients.matching.nicknames import circles
from patients.matching.phonetics import soundex
from tests.unit.patients.people import MARIA, like

ALONE = like(phones=frozenset(), member_ids=frozenset())


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": "Delgado", "family_name": "Maria", "birth_date": None},
        {"birth_date": "1986-12-03", "given_name": "Xenia", "family_name": "Other"},
        {"given_name": "Mary", "birth_date": "1999-01-01"},
        {"family_name": "Thompson", "birth_date": "1961-01-30"},
        {"given_name": "", "birth_date": "1999-01-01"},
    ],
)
def test_a_changed_record_shares_a_key(change):
    assert keys_of(ALONE) & keys_of(like(ALONE, **change))


def test_a_telephone_or_a_member_number_alone_is_a_key():
    assert keys_of(MARIA) & keys_of(Person(phones=frozenset({"(217) 555-0142"})))
    assert keys_of(MARIA) & keys_of(Person(member_ids=frozenset({"w-123 456 789"})))


def test_nobody_is_filed_under_nothing():
    assert keys_of(Person()) == set()


@given(name=st.text(max_size=20), born=st.text(max_size=12))
def test_no_text_breaks_the_keys(name, born):
    assert isinstance(keys_of(Person(given_name=name, family_name=name, birth_date=born, street=name)), set)


@pytest.mark.parametrize(
    ("name", "code"),
    [("robert", "r163"), ("rupert", "r163"), ("ashcraft", "a261"), ("tymczak", "t522"), ("", "")],
)
def test_soundex_is_as_the_census_codes_it(name, code):
    assert soundex(name) == code


def test_nicknames_stand_for_one_another():
    assert circles("bill") & circles("will")
    assert not circles("bill") & circles("bob")
