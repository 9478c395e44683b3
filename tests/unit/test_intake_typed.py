"""What people type into a field, and the one form it is kept in."""

from datetime import date

import pytest

from intake import fields, typed

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "03/14/1967",
        "3/14/67",
        "3-14-1967",
        "03141967",
        "March 14, 1967",
        "14 Mar 1967",
        "1967-03-14",
        " 3/14/1967 ",
    ],
)
def test_a_birth_date_is_understood_in_any_us_form(text):
    assert typed.birth_date(text, TODAY) == "1967-03-14"


@pytest.mark.parametrize("text", ["14/33/1967", "soon", "3/14", "born 3/14/1967", "02/30/1980"])
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(typed.Wrong, match="03/14/1967"):
        typed.birth_date(text, TODAY)


def test_nobody_is_born_tomorrow():
    with pytest.raises(typed.Wrong, match="not come yet"):
        typed.birth_date("11/26/2026", TODAY)


@pytest.mark.parametrize(
    "text", ["(217) 555-0188", "217.555.0188", "1-217-555-0188", "+1 217 555 0188", "217-555-0188 x12"]
)
def test_a_phone_becomes_ten_digits(text):
    assert typed.phone(text, TODAY) == "2175550188"


@pytest.mark.parametrize("text", ["555-0188", "117 555 0188", "217 155 0188", "none"])
def test_what_no_exchange_would_dial_is_refused(text):
    with pytest.raises(typed.Wrong, match="ten digits"):
        typed.phone(text, TODAY)


def test_an_npi_must_carry_its_check_digit():
    assert typed.npi("1245 319 599", TODAY) == "1245319599"
    with pytest.raises(typed.Wrong, match="misread"):
        typed.npi("1245319590", TODAY)
    with pytest.raises(typed.Wrong, match="ten digits"):
        typed.npi("12453", TODAY)


@pytest.mark.parametrize(
    ("text", "kept"), [("r0789", "R07.89"), ("R07.89; I10", "R07.89, I10"), ("E11.9 E11.9", "E11.9")]
)
def test_codes_are_split_and_dotted(text, kept):
    assert typed.icd10(text, TODAY) == kept


@pytest.mark.parametrize("text", ["chest pain", "U07", "93350"])
def test_what_has_not_the_shape_of_a_code_is_refused(text):
    with pytest.raises(typed.Wrong, match=r"R07\.89"):
        typed.icd10(text, TODAY)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Urgent, within 7 days", "urgent"), ("STAT", "stat"), ("routine", "routine"), ("", "")],
)
def test_priority_is_found_in_a_sentence(text, kept):
    assert typed.urgency(text, TODAY) == kept


@pytest.mark.parametrize("field", fields.FIELDS, ids=lambda f: f.key)
def test_every_field_accepts_nothing_and_gives_nothing(field):
    assert field.parse("  ", TODAY) == ""


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("patient_dob", "1967-03-14"),
        ("patient_phone", "2175550188"),
        ("patient_sex", "F"),
        ("urgency", "stat"),
    ],
)
def test_what_is_shown_is_understood_again(key, kept):
    field = fields.BY_KEY[key]
    assert field.parse(field.show(kept), TODAY) == kept


def test_a_reason_or_a_specialty_is_enough():
    named = {"patient_last": "Delgado", "patient_first": "Maria", "patient_dob": "1967-03-14"}
    assert fields.missing({**named, "to_specialty": "Cardiology"}, known_patient=False) == {}
    assert set(fields.missing(named, known_patient=False)) == {"reason"}
    assert set(fields.missing({"reason": "Chest pain"}, known_patient=True)) == set()
