"""The search box understands what people type."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.finding import Sought, understand

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("delgado", Sought(name="delgado")),
        ("Delgado, Maria", Sought(name="Delgado Maria")),
        ("3/14/1967", Sought(born=date(1967, 3, 14))),
        ("03-14-67", Sought(born=date(1967, 3, 14))),
        ("3.14.67", Sought(born=date(1967, 3, 14))),
        ("1967-03-14", Sought(born=date(1967, 3, 14))),
        ("03141967", Sought(born=date(1967, 3, 14))),
        ("11/24/26", Sought(born=date(2026, 11, 24))),
        ("11/26/26", Sought(born=date(1926, 11, 26))),
        ("delgado 3/14/67", Sought(name="delgado", born=date(1967, 3, 14))),
        ("March 14, 1967", Sought(born=date(1967, 3, 14))),
        ("delgado 14 Mar 1967", Sought(name="delgado", born=date(1967, 3, 14))),
        ("Mar 3rd 67", Sought(born=date(1967, 3, 3))),
        ("April May", Sought(name="April May")),
        ("(217) 555-0188", Sought(phone="2175550188")),
        ("1 217.555.0188", Sought(phone="2175550188")),
        ("555-0188", Sought(phone="5550188")),
        ("48213", Sought(mrn="048213", code="48213")),
        ("0188", Sought(mrn="000188", phone="0188", code="0188")),
        ("XEH20418877", Sought(code="XEH20418877")),
        ("R-20418", Sought(number="R-20418")),
        ("r20418", Sought(number="R-20418")),
        ("", Sought()),
    ],
)
def test_what_was_typed_is_understood(typed, sought):
    assert understand(typed, today=TODAY) == sought


def test_an_impossible_date_is_named_and_the_name_is_still_looked_for():
    sought = understand("Delgado 3/41/67", today=TODAY)
    assert (sought.name, sought.born) == ("Delgado", None)
    assert "3/41/67" in sought.trouble


def test_initials_alone_ask_for_more_unless_a_birth_date_stands_by_them():
    assert "type more of one name" in understand("M S", today=TODAY).trouble
    assert not understand("M S 3/14/67", today=TODAY).trouble


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_the_search(typed):
    sought = understand(typed, today=TODAY)
    assert sought.born is None or sought.born <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY))
def test_a_birth_date_is_found_however_it_is_written(born):
    written_out = [f"{born:%B} {born.day}, {born.year}", f"{born.day} {born:%b} {born.year}"]
    ways = [
        *written_out,
        f"{born:%m/%d/%Y}",
        f"{born.month}/{born.day}/{born.year}",
        f"{born:%m%d%Y}",
        f"{born:%Y-%m-%d}",
    ]
    assert {understand(way, today=TODAY).born for way in ways} == {born}


@given(st.dates(TODAY - timedelta(days=36000), TODAY))
def test_two_figures_of_a_year_mean_the_latest_that_has_been(born):
    assert understand(f"{born:%m/%d/%y}", today=TODAY).born == born
