"""The word lists of intake/vocabulary, read once. They are data: anyone may edit them."""

import re
import tomllib
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from intake.extraction.text import plain

FOLDER = Path(__file__).resolve().parent.parent / "vocabulary"


@cache
def table(name: str) -> dict[str, Any]:
    """The named TOML file as it stands."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def label_meanings() -> dict[str, tuple[str, bool]]:
    """Label phrase -> its meaning, and whether it is ambiguous. A phrase spelled out beats a pattern."""
    found: dict[str, tuple[str, bool]] = {}
    tables = table("labels")
    meanings = [(meaning, lists) for meaning, lists in tables.items() if meaning != "words"]
    for meaning, lists in meanings:
        for phrase in lists.get("labels", []):
            found.setdefault(plain(phrase), (meaning, False))
    for meaning, lists in meanings:
        for phrase in lists.get("ambiguous", []):
            found.setdefault(plain(phrase), (meaning, True))
    for meaning, lists in meanings:
        for pattern in lists.get("patterns", []):
            for phrase in _spelled_out(pattern, tables["words"]):
                found.setdefault(plain(phrase), (meaning, False))
    return found


def _spelled_out(pattern: str, words: dict[str, list[str]]) -> list[str]:
    """Every phrase of a pattern: each {name} in it becomes each word of that list."""
    slots = re.findall(r"\{(\w+)\}", pattern)
    return [
        pattern.format(**dict(zip(slots, chosen, strict=True)))
        for chosen in product(*(words[slot] for slot in slots))
    ]


@cache
def section_words() -> list[tuple[str, frozenset[str]]]:
    """Sections in the order in which they decide, each with its phrases."""
    return [(section, frozenset(map(plain, lists["words"]))) for section, lists in table("sections").items()]


@cache
def choices(role: str) -> dict[str, str]:
    """Word or phrase -> the value it stands for, for patient_sex and urgency."""
    return {plain(word): value for value, words in table("choices")[role].items() for word in words}


@cache
def names(of: str) -> tuple[str, ...]:
    """The known names of "payers" or "specialties", longest first."""
    return tuple(sorted(table(of)["names"], key=len, reverse=True))
