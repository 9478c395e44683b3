"""Phones, NPIs and codes in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.extraction import codes, npi, phones
from providers.npi import is_npi


def with_check_digit(first_nine):
    return next(number for digit in range(10) if is_npi(number := f"{first_nine}{digit}"))


NPIS = st.integers(10**8, 3 * 10**8 - 1).map(with_check_digit)


@pytest.mark.parametrize(
    "printed",
    [
        "(217) 555-0142",
        "217-555-0142",
        "217.555.0142",
        "217 555 0142",
        "+1 217 555 0142",
        "2175550142",
        "(2l7) 555-Ol42",
    ],
)
def test_a_printed_phone_is_found(printed):
    assert [phone.digits for phone in phones.find(f"Phone: {printed} x12")] == ["2175550142"]


@pytest.mark.parametrize(
    "printed", ["117-555-0142", "911-555-0142", "217-155-0142", "217-911-0142", "12/31/1999", "62701-1234"]
)
def test_numbers_that_the_numbering_plan_does_not_allow_are_not_phones(printed):
    assert list(phones.find(printed)) == []


@given(number=NPIS)
def test_every_npi_is_found(number):
    assert [found.number for found in npi.find(f"NPI: {number}.")] == [number]


@given(number=NPIS, place=st.integers(1, 9), digit=st.integers(0, 9))
def test_a_misread_digit_is_never_taken(number, place, digit):
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert [found.number for found in npi.find(wrong)] == ([number] if wrong == number else [])


@given(number=NPIS)
def test_letters_read_for_digits_are_turned_back(number):
    garbled = number.replace("0", "O", 1).replace("5", "S", 1)
    assert [(found.number, found.repaired) for found in npi.find(garbled)] == [(number, garbled != number)]


def test_a_phone_that_checks_like_an_npi_is_not_one():
    assert is_npi("2056661202")
    assert list(npi.find("Fax 205-666-1202")) == []


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("R80.9", "R80.9"),
        ("R8O.9", "R80.9"),
        ("l48.91", "I48.91"),
        ("G20.A1", "G20.A1"),
        ("S83.241A", "S83.241A"),
        ("296.651", "Z96.651"),
        ("M54,50", "M54.50"),
        ("R809", "R80.9"),
        ("I10", "I10"),
    ],
)
def test_a_diagnosis_code_is_found_and_repaired(printed, code):
    assert [found.code for found in codes.icd10(f"Dx: {printed} (described)")] == [code]


@pytest.mark.parametrize("printed", ["E11", "Q99.99Z", "A1c 7.4", "B12 level", "12.5 mg", "Apt 3B"])
def test_what_is_no_billable_code_is_not_found(printed):
    assert list(codes.icd10(printed)) == []


def test_a_code_without_its_letter_is_uncertain():
    assert [found.certain for found in codes.icd10("R80.9, 296.651, R809")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "found"), [("76770, K0001", ["76770", "K0001"]), ("ZIP 62701-1234 $12345", []), ("99999", [])]
)
def test_procedure_codes_are_found_by_their_shape(text, found):
    assert [code.code for code in codes.cpt(text)] == found


@given(text=st.text())
def test_no_text_breaks_the_parsers(text):
    for find in (phones.find, npi.find, codes.icd10, codes.cpt):
        list(find(text))
