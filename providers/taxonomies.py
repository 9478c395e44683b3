"""From a provider taxonomy code to a specialty of ours. Pure, but for the table beside it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("taxonomy.toml")


def specialty_of(code: str) -> str:
    """The code of the specialty that a NUCC code belongs to, or nothing for one that is not common."""
    return _by_code().get(code, "")


def name_of(specialty: str) -> str:
    """Our words for a specialty's code; raises KeyError for one that the table does not have."""
    return str(_table()[specialty]["name"])


def names() -> dict[str, str]:
    """Our words for each specialty of the table, by its code."""
    return {code: str(row["name"]) for code, row in _table().items()}


def codes_of(specialty: str) -> tuple[str, ...]:
    """The NUCC codes that belong to a specialty; none for a specialty of the organization's own."""
    return tuple(_table().get(specialty, {}).get("codes", ()))


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def _by_code() -> dict[str, str]:
    return {code: specialty for specialty in _table() for code in codes_of(specialty)}
