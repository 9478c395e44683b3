"""Who a fax is about, judged on plain values."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from intake.matching import Person, match, sure

HERE = UUID(int=1)
MARIA = Person(
    "Maria", "Delgado-Ruiz", date(1967, 3, 14), frozenset(["2175550188"]), frozenset([b"m"]), "902 W Main"
)
KNOWN = replace(MARIA, patient_id=HERE)


def best(wanted, known=KNOWN):
    return next(iter(match(wanted, [known])), None)


def words(found):
    return {(r.text, r.agrees) for r in found.reasons}


def test_the_same_name_and_birth_date_is_a_strong_match():
    found = best(Person("Maria", "Delgado-Ruiz", date(1967, 3, 14)))
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
    assert best(Person(*name, date(1967, 3, 14))).strength == "strong"


def test_a_misread_digit_in_the_birth_date_is_only_possible():
    found = best(Person("Maria", "Delgado-Ruiz", date(1961, 3, 14)))
    assert found.strength == "possible"
    assert ("Birth date nearly", True) in words(found)


def test_a_twin_is_not_the_same_person():
    assert best(Person("Elena", "Delgado-Ruiz", date(1967, 3, 14))).strength == "possible"


def test_a_stranger_of_the_same_birth_date_is_not_offered():
    assert best(Person("John", "Smith", date(1967, 3, 14))) is None


def test_a_namesake_of_another_birth_date_is_not_offered():
    assert best(Person("Maria", "Delgado-Ruiz", date(1990, 12, 1))) is None


def test_a_shared_phone_alone_matches_nobody():
    assert best(Person("John", "Smith", date(2001, 1, 1), frozenset(["2175550188"]))) is None


def test_what_disagrees_is_said():
    moved = replace(MARIA, street="1826 N Monroe", phones=frozenset(["2175550100"]))
    assert {("Address moved", False), ("Other phone", False)} <= words(best(moved))


def test_the_likeliest_comes_first():
    twin = replace(KNOWN, given="Elena", patient_id=UUID(int=2))
    assert [one.patient_id for one in match(MARIA, [twin, KNOWN])] == [HERE, UUID(int=2)]


def test_two_strong_matches_are_a_question_for_a_person():
    again = replace(KNOWN, patient_id=UUID(int=2))
    assert sure(match(MARIA, [KNOWN])) is not None
    assert sure(match(MARIA, [KNOWN, again])) is None
