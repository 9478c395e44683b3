"""Known names of payers and specialties, found in text in spite of OCR slips."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from intake.extraction.text import plain, squashed
from intake.extraction.vocabulary import names

NEAR = 86  # least similarity, 0 to 100, of a whole phrase to a known name
SHORT = 5  # letters up to which a name must match exactly


@dataclass(frozen=True, slots=True)
class Known:
    """A known name and how near the text comes to it, 0 to 1."""

    name: str
    likeness: float


def nearest(text: str, of: str) -> Known | None:
    """The known name of "payers" or "specialties" that the whole text is, give or take an OCR slip."""
    query = squashed(text)
    if not query:
        return None
    keys = _by_letters(of)
    if query in keys:
        return Known(keys[query], 1.0)
    found = process.extractOne(query, keys.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    if not found or len(found[0]) <= SHORT:
        return None
    return Known(keys[found[0]], found[1] / 100)


def within(text: str, of: str) -> list[tuple[str, int, int]]:
    """Known names that stand in the text word for word and capitalised, with their places."""
    found = (match for match in _any_name(of).finditer(text) if match[0][0].isupper())
    return [(_by_lowered(of)[match[0].lower()], *match.span()) for match in found]


@cache
def _any_name(of: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, names(of)))})(?![A-Za-z])", re.IGNORECASE)


@cache
def _by_lowered(of: str) -> dict[str, str]:
    return {name.lower(): name for name in names(of)}


@cache
def _by_letters(of: str) -> dict[str, str]:
    return {squashed(name): name for name in names(of)}


def prefix(text: str, of: str) -> Known | None:
    """The known name that the text begins with, trying its longest run of words first."""
    words = plain(text).split()
    for count in range(min(6, len(words)), 0, -1):
        if known := nearest(" ".join(words[:count]), of):
            return known
    return None
