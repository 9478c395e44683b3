"""Phone and fax numbers of the North American Numbering Plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.extraction.text import ONE, ZERO, as_digits

_D = rf"[\d{ZERO}{re.escape(ONE)}SB]"
_GAP = r"[\s.\-–—_/]{0,3}"
SHAPE = re.compile(
    rf"(?<![\dA-Za-z])(?:\+?1[\s.\-]{{0,2}})?[(\[{{]?(?P<area>{_D}{{3}})[)\]}}]?{_GAP}(?P<office>{_D}{{3}}){_GAP}(?P<line>{_D}{{4}})(?![\dA-Za-z])"
)
FEWEST_DIGITS = 7  # of ten that must have been read as digits
VALID = re.compile(
    r"[2-9](?!11)\d\d[2-9](?!11)\d\d\d{4}"
)  # NANP: neither area nor office is N11 or begins with 0 or 1


@dataclass(frozen=True, slots=True)
class Numbered:
    """A phone number (ten digits) found in a text; `bare` says that it stood there as ten digits in a row."""

    digits: str
    start: int
    stop: int
    repaired: bool
    bare: bool


def find(text: str) -> Iterator[Numbered]:
    """Each phone number of the text that the numbering plan allows."""
    for match in SHAPE.finditer(text):
        raw = match["area"] + match["office"] + match["line"]
        digits = as_digits(raw)
        if sum(letter.isdigit() for letter in raw) >= FEWEST_DIGITS and VALID.fullmatch(digits):
            yield Numbered(digits, match.start(), match.end(), raw != digits, raw in match[0])


def shown(digits: str) -> str:
    """(217) 555-0101."""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
