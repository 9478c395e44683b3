"""Dates as US and Spanish forms print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.extraction.text import ONE, ZERO, as_digits

YEARS = range(1900, 2100)
FULL_YEAR = 4  # digits
MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    )
    for number, name in enumerate(names.split(), start=1)
}
_D = rf"[\d{ZERO}{re.escape(ONE)}]"
_BY = r"\s?[/\-.,]\s?"
_MONTH = r"(?P<name>[A-Za-z]{3,10})\.?"
SHAPES = [
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<![\d/])(?P<m>{_D}{{1,2}}){_BY}(?P<d>{_D}{{1,2}}){_BY}(?P<y>{_D}{{4}}|{_D}{{2}})(?![\d/])"
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[,.]?\s+(?P<y>\d{{4}})\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+(?:de\s+)?{_MONTH},?[\s\-]+(?:del?\s+)?(?P<y>\d{{4}})\b"
    ),
]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text from `start` to `stop`; `full` says that the year had four digits."""

    on: date
    start: int
    stop: int
    repaired: bool
    full: bool


def find(text: str, *, latest: date) -> Iterator[Dated]:
    """Each possible date of the text, in order. A two-digit year is the latest that is not after `latest`."""
    taken: list[tuple[int, int]] = []
    for shape in SHAPES:
        for match in shape.finditer(text):
            if any(match.start() < stop and start < match.end() for start, stop in taken):
                continue
            if found := _dated(match, latest):
                taken.append(match.span())
                yield found


def parse(text: str, *, latest: date) -> date | None:
    """The first date of the text."""
    return next((found.on for found in find(text, latest=latest)), None)


def _dated(match: re.Match[str], latest: date) -> Dated | None:
    parts = match.groupdict()
    month = MONTHS.get(parts["name"].lower()[:3]) if "name" in parts else int(as_digits(parts["m"]))
    year_text = as_digits(parts["y"])
    on = _date(_year(year_text, latest), month, int(as_digits(parts["d"])))
    if on is None:
        return None
    repaired = any(letter in ZERO + ONE for part in ("m", "d", "y") for letter in parts.get(part) or "")
    return Dated(on, match.start(), match.end(), repaired, len(year_text) == FULL_YEAR)


def _year(text: str, latest: date) -> int:
    if len(text) == FULL_YEAR:
        return int(text)
    century = latest.year // 100 * 100
    return century + int(text) if century + int(text) <= latest.year else century - 100 + int(text)


def _date(year: int, month: int | None, day: int) -> date | None:
    if month is None or year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
