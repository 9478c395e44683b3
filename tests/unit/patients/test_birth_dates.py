"""A birth date in any form that people in the US type."""

from datetime import date

import pytest

from patients.birth_dates import NotADate, understood

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "typed",
    [
        "3/14/67", "03/14/1967", "3-14-1967", "3.14.67", "3 14 1967", "03141967", "031467", "1967-03-14",
        "19670314", "14-Mar-1967", "March 14, 1967", "mar 14 67", "Mar. 14th 1967", "14 March 1967",
        " 3/14/1967 ",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_typed(typed):
    assert understood(typed, today=TODAY) == date(1967, 3, 14)


def test_a_short_year_is_the_latest_that_is_not_ahead():
    assert understood("11/25/26", today=TODAY) == date(2026, 11, 25)
    assert understood("11/26/26", today=TODAY) == date(1926, 11, 26)
    assert understood("2/29/24", today=TODAY) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2/30/1967", "February 1967 has no day 30"), ("13/41/1967", "no month 13"), ("2/29/1967", "no day 29"),
        ("3/14/2067", "not come yet"), ("3/14/1567", "too long ago"), ("yesterday", "month, day, year"),
        ("3/14", "month, day, year"), ("mai 14 1967", "English name"), ("00/00/0000", "no month 0"),
        ("3/14/19677", "month, day, year"),
    ],
)  # fmt: skip
def test_what_is_no_day_gets_a_sentence(typed, sentence):
    with pytest.raises(NotADate, match=sentence):
        understood(typed, today=TODAY)
