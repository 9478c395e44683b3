"""Names of people, payers and specialties, and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.extraction import addresses, gazetteer, names


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Stewart, Leslie", "Leslie", "Stewart"),
        ("Stewart. Leslie", "Leslie", "Stewart"),
        ("Leslie Stewart", "Leslie", "Stewart"),
        ("Leslie M. Stewart DOB: 1/2/1960", "Leslie", "Stewart"),
        ("Smith-Jones, Ann M.", "Ann", "Smith-Jones"),
        ("Maria De La Cruz", "Maria", "De La Cruz"),
        ("Ms. Leslie O'Neil", "Leslie", "O'Neil"),
        ("Jeremy Gamble, MD", "Jeremy", "Gamble"),
        ("Gamble, Jeremy FNP-C", "Jeremy", "Gamble"),
        ("Dr. Jodi Carr", "Jodi", "Carr"),
        ("Robert Downey Jr.", "Robert", "Downey"),
    ],
)
def test_a_printed_name_is_taken_apart(printed, first, last):
    person = names.parse(printed)
    assert (person.first, person.last) == (first, last)


@pytest.mark.parametrize(
    "printed", ["Name Date of Birth", "Dr. X", "", "Please see the attached notes for details", "12345"]
)
def test_what_is_no_name_is_not_taken_for_one(printed):
    assert names.parse(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"), [("Jo Park, MD", True), ("Dr. Jo Park", True), ("Jo Park", False)]
)
def test_a_title_shows_a_clinician(printed, expected):
    assert names.parse(printed).professional is expected


def test_names_are_found_in_running_text_and_headings_are_not():
    text = "Electronically authorized by Jeremy Gamble, MD at Cedar Grove Family Medicine"
    assert [person.full for person, _, _ in names.everywhere(text)] == ["Jeremy Gamble"]


@given(text=st.text())
def test_no_text_breaks_the_parser(text):
    names.parse(text)
    list(names.everywhere(text))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UnitedHea1thcare", "UnitedHealthcare"),
        ("AETNA", "Aetna"),
        ("Blue Cros Blue Shield", "Blue Cross Blue Shield"),
    ],
)
def test_a_payer_is_known_in_spite_of_a_slip(printed, name):
    assert gazetteer.nearest(printed, "payers").name == name


@pytest.mark.parametrize("printed", ["Lakeside Specialty", "H", "12345", ""])
def test_an_unknown_payer_is_left_alone(printed):
    assert gazetteer.nearest(printed, "payers") is None


def test_the_longest_known_name_is_found_in_text():
    found = gazetteer.within("She has Blue Cross Blue Shield of Texas, PPO.", "payers")
    assert [name for name, _, _ in found] == ["Blue Cross Blue Shield of Texas"]


@pytest.mark.parametrize(
    "address",
    [
        "4336 Willow Ave, Albany, NY 12207",
        "12 N Oak St Apt 3 Erie PA 16501-1234",
        "PO Box 123, Tulsa, OK 74101",
    ],
)
def test_a_whole_address_is_found(address):
    assert addresses.find(f"Address: {address} Phone")[0] == address


def test_a_state_that_is_none_makes_no_address():
    assert addresses.find("Order 12 Oak St, Albany, XX 12207") is None
