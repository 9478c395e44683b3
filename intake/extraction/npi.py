"""National Provider Identifiers in text: ten digits that check themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.extraction.text import as_digits
from providers.npi import is_npi

LOOKS_LIKE = re.compile(r"(?<![0-9A-Za-z])[12lI|iZz][0-9OoQDlI|iSsBZzGg]{9}(?![0-9A-Za-z])")
SPACED = re.compile(
    r"(?<![0-9A-Za-z\-])(?!\d{3}[ \-]\d{3}[ \-]\d{4})[12](?:[ \-]?\d){9}(?![0-9A-Za-z\-])"
)  # but not a phone
MOST_REPAIRS = 3


@dataclass(frozen=True, slots=True)
class Identified:
    """An NPI found in a text; `repaired` says that letters were taken for digits."""

    number: str
    start: int
    stop: int
    repaired: bool


def find(text: str) -> Iterator[Identified]:
    """Each number of the text that checks. A misread digit fails, so what is found is nearly sure."""
    seen: set[str] = set()
    for match in [*LOOKS_LIKE.finditer(text), *SPACED.finditer(text)]:
        raw = re.sub(r"[ \-]", "", match[0])
        number = as_digits(raw)
        repairs = sum(a != b for a, b in zip(raw, number, strict=True))
        if repairs <= MOST_REPAIRS and number not in seen and is_npi(number):
            seen.add(number)
            yield Identified(number, match.start(), match.end(), repairs > 0)
