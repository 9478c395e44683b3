"""Two people at one paper: what each changed since it was drawn, so that neither loses work. Pure.

The page carries what it showed. A value that only one of them changed is taken; where both did, both are
shown and the second decides (a three-way merge, as in version control).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seen:
    """What a page showed: field -> value in normal form, which fields were ticked, and the patient's key."""

    values: Mapping[str, str]
    ticked: frozenset[str] = frozenset()
    patient: str = ""

    def __str__(self) -> str:
        told = {"values": dict(self.values), "ticked": sorted(self.ticked), "patient": self.patient}
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class Merged:
    """The outcome: `theirs` are a colleague's values taken over, `clashes` theirs where both changed."""

    values: dict[str, str]
    ticked: frozenset[str]
    theirs: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, str] = field(default_factory=dict)


def seen_in(text: str) -> Seen | None:
    """What came back with a form; None when it carries nothing that can be understood."""
    try:
        told = json.loads(text)
        values = {str(key): str(value) for key, value in told["values"].items()}
        return Seen(values, frozenset(map(str, told["ticked"])), str(told["patient"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def merge(seen: Seen | None, mine: Mapping[str, str], ticked: Collection[str], now: Seen) -> Merged:
    """Put a person's values to those that stand now; without `seen` nobody else has changed anything."""
    before = seen or now
    values, theirs, clashes = dict(mine), {}, {}
    for key, value in mine.items():
        was, stands = before.values.get(key, ""), now.values.get(key, "")
        if stands in (was, value):
            continue
        if value == was:
            values[key] = theirs[key] = stands
        else:
            clashes[key] = stands
    taken_back = before.ticked - frozenset(ticked)
    return Merged(values, (frozenset(ticked) | now.ticked) - taken_back, theirs, clashes)
