"""What the columns of a file of patients mean, guessed from their headings for a person to correct. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from organizations.names import name_key


@dataclass(frozen=True, slots=True)
class Field:
    """Something of a patient that a column may hold, and headings that other systems give it."""

    key: str
    label: str
    headings: tuple[str, ...]


FIELDS = tuple(
    Field(key, row["label"], tuple(row["headings"]))
    for key, row in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
)
BY_KEY: Mapping[str, Field] = MappingProxyType({field.key: field for field in FIELDS})
NAMES = ({"given_name", "family_name"}, {"full_name"})


def named_apart(heading: Sequence[str]) -> list[str]:
    """The headings, each once and none empty: "Phone", "Phone (2)", "Column 7"."""
    seen: dict[str, int] = {}
    names = []
    for place, written in enumerate(heading, 1):
        name = " ".join(written.split())[:60] or f"Column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def guess(heading: Sequence[str]) -> dict[str, str]:
    """Column -> our field, or nothing; each field goes to the first column that asks for it."""
    known = {words: field.key for field in FIELDS for words in field.headings}
    meant: dict[str, str] = {}
    for column in heading:
        key = known.get(name_key(column), "")
        meant[column] = key if key not in meant.values() else ""
    return meant


def trouble_with(mapping: Mapping[str, str]) -> str:
    """What is wrong with a mapping, in a sentence, or nothing."""
    fields = [key for key in mapping.values() if key]
    if twice := next((key for key in fields if fields.count(key) > 1), ""):
        return f"Two columns are taken for {BY_KEY[twice].label.lower()}. Choose one."
    if not any(names <= set(fields) for names in NAMES):
        return "Choose the columns of the first and the last name, or one with both."
    return "" if "birth_date" in fields else "Choose the column of the birth date."
