"""Days and times as patients read them, in the language in force: English or Spanish.

Moments must already be in the clinic's zone.
"""

from datetime import date, datetime

from django.utils import dateformat, translation


def time_of_day(moment: datetime) -> str:
    """10:20 AM; in Spanish 10:20 a. m."""
    half = "AM" if moment.hour < 12 else "PM"  # noqa: PLR2004
    if _spanish():
        half = f"{half[0].lower()}. m."
    return f"{moment.hour % 12 or 12}:{moment:%M} {half}"


def short_moment(moment: datetime) -> str:
    """Wed Nov 25, 10:20 AM; in Spanish mié 25 nov, 10:20 a. m."""
    day = dateformat.format(moment, "D j b" if _spanish() else "D M j")
    return f"{day}, {time_of_day(moment)}"


def long_day(day: date) -> str:
    """Wednesday, November 25; in Spanish miércoles 25 de noviembre."""
    return dateformat.format(day, r"l j \d\e F" if _spanish() else "l, F j")


def month_day(day: date) -> str:
    """November 25; in Spanish 25 de noviembre."""
    return dateformat.format(day, r"j \d\e F" if _spanish() else "F j")


def month(day: date) -> str:
    """November, as a heading."""
    name = dateformat.format(day, "F")
    return name[0].upper() + name[1:]


def weekday(day: date) -> str:
    """Wed; in Spanish mié."""
    return dateformat.format(day, "D")


def _spanish() -> bool:
    return (translation.get_language() or "").startswith("es")
