"""Nicknames: which given names may stand for one another."""

from functools import cache
from pathlib import Path


@cache
def circles(given: str) -> frozenset[str]:
    """The heads of the groups a name belongs to; a name that is in none stands for itself alone."""
    return _groups().get(given, frozenset({given}))


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        names = [] if line.startswith("#") else line.split()
        for name in names:
            found.setdefault(name, set()).add(names[0])
    return {name: frozenset(heads) for name, heads in found.items()}


def short_forms(given: str) -> list[str]:
    """The other names of the groups that a formal name heads."""
    return sorted(name for name, heads in _groups().items() if given in heads and name != given)
