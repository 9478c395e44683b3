"""Dates as forms print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.extraction import dates

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("05/06/2001", date(2001, 5, 6)),
        ("5-6-2001", date(2001, 5, 6)),
        ("05.06.2001", date(2001, 5, 6)),
        ("2001-05-06", date(2001, 5, 6)),
        ("May 6, 2001", date(2001, 5, 6)),
        ("6 May 2001", date(2001, 5, 6)),
        ("06-May-2001", date(2001, 5, 6)),
        ("6 de mayo de 2001", date(2001, 5, 6)),
        ("O5/O6/2OO1", date(2001, 5, 6)),
        ("l2/3l/1999", date(1999, 12, 31)),
        ("3/4/26", date(2026, 3, 4)),
        ("3/4/27", date(1927, 3, 4)),
    ],
)
def test_a_printed_date_is_understood(printed, meant):
    assert dates.parse(f"DOB: {printed} (age)", latest=TODAY) == meant


@pytest.mark.parametrize(
    "printed", ["13/40/2001", "02/30/2020", "99/99/9999", "217-555-0142", "1/2", "no date"]
)
def test_what_is_no_date_is_not_taken_for_one(printed):
    assert dates.parse(printed, latest=TODAY) is None


def test_all_dates_of_a_line_are_found_with_their_places():
    line = "DOB 01/02/1960 Referred March 3, 2026"
    found = sorted(dates.find(line, latest=TODAY), key=lambda day: day.start)
    assert [line[day.start : day.stop] for day in found] == ["01/02/1960", "March 3, 2026"]


@given(
    on=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    style=st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y"]),
)
def test_every_date_survives_printing(on, style):
    assert dates.parse(on.strftime(style), latest=TODAY) == on


@given(text=st.text())
def test_no_text_breaks_the_parser(text):
    list(dates.find(text, latest=TODAY))


@given(year=st.integers(0, 99))
def test_two_digit_years_are_never_in_the_future(year):
    assert dates.parse(f"1/1/{year:02d}", latest=TODAY) <= TODAY
