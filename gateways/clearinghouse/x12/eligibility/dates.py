"""Dates as X12 writes them: CCYYMMDD (D8), or two with a hyphen between (RD8)."""

from datetime import date, datetime


def read_date(text: str) -> date | None:
    """The date of a D8 value, or None for one that is no date."""
    try:
        return datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def read_period(text: str) -> tuple[date | None, date | None]:
    """First and last day of an RD8 value; a single date is a first day."""
    begins, _, ends = text.partition("-")
    return read_date(begins), read_date(ends)
