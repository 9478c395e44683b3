"""What the matcher believes of an organization's records: plain numbers that can be kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from patients.matching.fields import FIELDS

Table = NDArray[np.float64]  # a row a field, a column a grade; column 0, missing, is neutral
Frequencies = Mapping[
    str, Mapping[str, float]
]  # of each value of each field: the share of people who have it
WIDTH = 1 + max(len(one.levels) for one in FIELDS)
MOVED = 0.10  # of two records of one person: that they show two addresses
APART = 0.10  # of two people of one family: that they live at two addresses
SAME_AT, ASK_AT = 0.995, 0.05
MET = 1e-4  # of two records in a small practice: that they are of one person, or of one household
COMMON = 4.0  # times the usual share from which a value is worth keeping


def believed(kind: str) -> Table:
    """The first beliefs of fields.py as a table: `same`, `house` or `other`."""
    table = np.ones((len(FIELDS), WIDTH))
    for row, one in enumerate(FIELDS):
        table[row, 1 : len(one.levels) + 1] = [getattr(level, kind) for level in one.levels]
    return table


@dataclass(frozen=True)
class Parameters:
    """Chances of each grade for one person (`same`), for a household (`house`) and for strangers (`other`).

    `match` and `household` are the chances that two records met by chance are of one person, or of two people
    who live together. `same_at` and `ask_at` are the probabilities from which the answer is "same", or a
    question to a person.
    """

    same: Table = field(default_factory=lambda: believed("same"))
    house: Table = field(default_factory=lambda: believed("house"))
    other: Table = field(default_factory=lambda: believed("other"))
    frequencies: Frequencies = field(default_factory=dict)
    match: float = MET
    household: float = MET
    moved: float = MOVED
    same_at: float = SAME_AT
    ask_at: float = ASK_AT

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON, by the names of fields and grades; only the frequencies of common values."""
        return {
            "tables": {kind: _named(getattr(self, kind)) for kind in ("same", "house", "other")},
            "frequencies": {
                one.name: {
                    value: share
                    for value, share in self.frequencies.get(one.name, {}).items()
                    if share >= COMMON * one.usual
                }
                for one in FIELDS
            },
            **{name: getattr(self, name) for name in ("match", "household", "moved", "same_at", "ask_at")},
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Parameters":
        """What `to_json` gave; a field or grade that came later keeps its first belief."""
        rest = {name: value for name, value in kept.items() if name != "tables"}
        tables: dict[str, Any] = {kind: _table(kind, names) for kind, names in kept["tables"].items()}
        return cls(**tables, **rest)


def _named(table: Table) -> dict[str, dict[str, float]]:
    return {
        one.name: {level.name: float(table[row, column]) for column, level in enumerate(one.levels, start=1)}
        for row, one in enumerate(FIELDS)
    }


def _table(kind: str, kept: dict[str, dict[str, float]]) -> Table:
    table = believed(kind)
    for row, one in enumerate(FIELDS):
        for column, level in enumerate(one.levels, start=1):
            table[row, column] = kept.get(one.name, {}).get(level.name, table[row, column])
    return table
