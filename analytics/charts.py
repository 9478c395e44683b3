"""Figures turned into lengths and paths. Pure: numbers in, SVG attributes out; templates draw them.

Drawn on the server, a chart needs no script, prints, follows light and dark by its CSS classes, and is
tested as plain numbers. The ring and the loop meter, which every list draws, are in `organizations.shapes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spark:
    """A small line of one figure over time. `line` is empty when there is nothing to draw."""

    width: float
    height: float
    line: str = ""
    area: str = ""
    x: float = 0  # of the last point, which is drawn as a dot
    y: float = 0


def spark(values: Sequence[float], *, width: float = 80, height: float = 24, margin: float = 2) -> Spark:
    """A sparkline from the lowest to the highest of the values; a single value is a dot at mid height."""
    if not values:
        return Spark(width, height)
    low, reach = min(values), max(values) - min(values)
    step = width / max(len(values) - 1, 1)
    rises = [(value - low) / reach if reach else 0.5 for value in values]
    points = [
        (round(n * step, 1), round(height - margin - rise * (height - 2 * margin), 1))
        for n, rise in enumerate(rises)
    ]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    return Spark(width, height, line, f"{line}L{points[-1][0]} {height}L0 {height}Z", *points[-1])


@dataclass(frozen=True)
class Count:
    """A counted thing: its name, how many, and the list behind the number."""

    label: str
    count: int
    href: str = ""
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Bar:
    """A count as drawn: `width` in percent of the longest bar, `percent` whole, of what it is a share of."""

    label: str
    count: int
    width: float
    percent: int
    href: str = ""
    note: str = ""
    late: bool = False


def funnel(stages: Sequence[Count]) -> list[Bar]:
    """How many of the first stage reached each one; every bar and percentage is a share of the first."""
    return _bars(stages, longest=stages[0].count, whole=stages[0].count) if stages else []


def bars(counts: Sequence[Count]) -> list[Bar]:
    """Counts beside each other: the longest bar is the largest, percentages are shares of the total."""
    return (
        _bars(counts, longest=max(c.count for c in counts), whole=sum(c.count for c in counts))
        if counts
        else []
    )


def _bars(counts: Sequence[Count], *, longest: int, whole: int) -> list[Bar]:
    return [
        Bar(
            c.label,
            c.count,
            _share(c.count, longest, 1),
            int(_share(c.count, whole, 0)),
            c.href,
            c.note,
            c.late,
        )
        for c in counts
    ]


def _share(part: int, whole: int, digits: int) -> float:
    return round(100 * part / whole, digits) if whole else 0.0
