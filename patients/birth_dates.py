"""Birth dates as people in the US write them: 3/14/67, 03141967, 1967-03-14, 14 Mar 1967. Pure."""

import calendar
import re
from datetime import date

MONTHS = tuple(name.lower() for name in calendar.month_abbr[1:])
NAMED = re.compile(r"^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)? (\d{2}|\d{4})$")
DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*\.?[ -](\d{2}|\d{4})$")
ISO = re.compile(r"^(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})$")
AMERICAN = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{2}|\d{4})$")
COMPACT_ISO = re.compile(r"^((?:18|19|20)\d{2})(\d{2})(\d{2})$")
RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{2}|\d{4})$")
CENTURY, DECEMBER = 100, 12
OLDEST = 1880


class NotADate(ValueError):
    """The text says what is wrong and what to type, without repeating more than the day itself."""


def understood(typed: str, *, today: date) -> date:
    """The day that was meant, month before day; a two-digit year is the latest that is not ahead.

    Raises NotADate.
    """
    year, month, day = _parts(re.sub(r"\s+", " ", typed.replace(",", " ")).strip().lower())
    if not 1 <= month <= DECEMBER:
        raise NotADate(f"There is no month {month}. Type month, day, year, for example 3/14/1967.")
    if year < CENTURY:
        year = _latest(year, month, day, today)
    if not 1 <= day <= calendar.monthrange(max(year, 1), month)[1]:
        raise NotADate(f"{calendar.month_name[month]} {year} has no day {day}. Check the day.")
    if year < OLDEST:
        raise NotADate(f"The year {year} is too long ago. Check the year.")
    if (born := date(year, month, day)) > today:
        raise NotADate("This day has not come yet. Check the year.")
    return born


def _parts(text: str) -> tuple[int, int, int]:
    if match := NAMED.match(text):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := DAY_FIRST.match(text):
        return int(match[3]), _month(match[2]), int(match[1])
    if match := ISO.match(text) or COMPACT_ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := AMERICAN.match(text) or RUN_TOGETHER.match(text):
        return int(match[3]), int(match[1]), int(match[2])
    raise NotADate("Type the date as month, day, year, for example 3/14/1967.")


def _month(name: str) -> int:
    if name not in MONTHS:
        raise NotADate("Type the month as a number or by its English name, for example 3/14/1967.")
    return MONTHS.index(name) + 1


def _latest(year: int, month: int, day: int, today: date) -> int:
    this = today.year - today.year % CENTURY + year
    return this if (this, month, day) <= (today.year, today.month, today.day) else this - CENTURY
