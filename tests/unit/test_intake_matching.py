"""Who a fax is about, judged on plain values."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from intake.matching import match, sure
from patients.matching import Person

HERE, THERE = UUID(int=1), UUID(int=2)
BORN = date(1967, 3, 14)
MARIA = Person(
    "Maria",
    "Delgado-Ruiz",
    birth_date=BORN,
    street="902 W Main",
    phones=frozenset(["2175550188"]),
    member_ids=frozenset([b"m"]),
)


def best(wanted, known=MARIA):
    return next(iter(match(wanted, [(HERE, known)])), None)


def words(found):
    return {(r.text, r.agrees) for r in found.reasons}


def test_the_same_name_and_birth_date_is_a_strong_match():
    found = best(Person("Maria", "Delgado-Ruiz", birth_date=BORN))
    assert found.strength == "strong"
    assert words(found) == {("Name", True), ("Birth date", True)}


@pytest.mark.parametrize(
    "name",
    [
        ("MARIA T", "DELGADO-RUIZ"),
        ("Maria", "Delgado Ruiz"),
        ("María", "Delgado-Ruíz"),
        ("Maria", "Delgado"),
        ("Delgado-Ruiz", "Maria"),
    ],
)
def test_spellings_of_one_name_agree(name):
    assert best(Person(*name, birth_date=BORN)).strength == "strong"


def test_a_misread_digit_in_the_birth_date_is_only_possible():
    found = best(Person("Maria", "Delgado-Ruiz", birth_date=date(1961, 3, 14)))
    assert found.strength == "possible"
    assert ("Birth date nearly", True) in words(found)


def test_a_twin_is_not_the_same_person():
    assert best(Person("Elena", "Delgado-Ruiz", birth_date=BORN)).strength == "possible"


def test_a_stranger_of_the_same_birth_date_is_not_offered():
    assert best(Person("John", "Smith", birth_date=BORN)) is None


def test_a_namesake_of_another_birth_date_is_not_offered():
    assert best(Person("Maria", "Delgado-Ruiz", birth_date=date(1990, 12, 1))) is None


def test_a_shared_phone_alone_matches_nobody():
    assert best(Person("John", "Smith", birth_date=date(2001, 1, 1), phones=MARIA.phones)) is None


def test_what_disagrees_is_said():
    moved = replace(MARIA, street="1826 N Monroe", phones=frozenset(["2175550100"]))
    assert {("Address moved", False), ("Other phone", False)} <= words(best(moved))


def test_the_likeliest_comes_first():
    twin = replace(MARIA, given_name="Elena", member_ids=frozenset())
    assert [one.patient_id for one in match(MARIA, [(THERE, twin), (HERE, MARIA)])] == [HERE, THERE]


def test_two_strong_matches_are_a_question_for_a_person():
    assert sure(match(MARIA, [(HERE, MARIA)])) is not None
    assert sure(match(MARIA, [(HERE, MARIA), (THERE, MARIA)])) is None
