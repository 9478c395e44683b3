"""Does "93 % sure" mean right 93 times in 100? Confidence beside the share right, as a chart. Pure."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EDGES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)  # upper ends: decisions fall where the machine is sure
SIDE = 240  # units of the chart's picture
Z = 1.96  # standard errors of a 95 % interval
RECORDS = Path(__file__).resolve().parent / "extraction" / "model"


@dataclass(frozen=True)
class Bin:
    """Values of about one confidence: how many, their mean confidence, and the share that was right."""

    n: int
    confidence: float
    right: float

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % probability (Wilson 1927), for few values a wide one."""
        spread = Z * Z / self.n
        middle = (self.right + spread / 2) / (1 + spread)
        half = Z / (1 + spread) * math.sqrt(self.right * (1 - self.right) / self.n + spread / (4 * self.n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Point:
    """A bin as drawn, and in words for those who do not see it."""

    x: float
    y: float
    low: float
    high: float
    sure: str
    right: str
    between: str
    n: int
    is_honest: bool  # what was claimed lies within what was seen


@dataclass(frozen=True)
class Chart:
    """One chart: `error` is the expected calibration error in percent, "2.1"."""

    title: str
    points: list[Point]
    n: int
    error: str


def chart(title: str, bins: Sequence[Bin]) -> Chart:
    """The points of a chart; the diagonal is where confidence and truth agree."""
    total = sum(one.n for one in bins)
    apart = sum(one.n * abs(one.confidence - one.right) for one in bins)
    return Chart(title, [_point(one) for one in bins], total, f"{100 * apart / total:.1f}" if total else "")


def _point(one: Bin) -> Point:
    low, high = one.interval
    return Point(
        x=round(one.confidence * SIDE, 1),
        y=_down(one.right),
        low=_down(low),
        high=_down(high),
        sure=_percent(one.confidence),
        right=_percent(one.right),
        between=f"{_percent(low)} to {_percent(high)}",
        n=one.n,
        is_honest=low <= one.confidence <= high,
    )


def _down(share: float) -> float:
    return round((1 - share) * SIDE, 1)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def trained(folder: Path = RECORDS) -> dict[str, list[Bin]]:
    """The bins that the training record keeps, by what they were measured on; empty without a record."""
    found: dict[str, list[Bin]] = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        record = json.loads(path.read_text(encoding="utf-8"))
        kept = record.get("reliability") if isinstance(record, dict) else None
        for name, rows in kept.items() if isinstance(kept, dict) else [("", kept or [])]:
            if bins := [_bin(row) for row in rows if row.get("fields")]:
                found[name or path.stem] = bins
    return found


def _bin(row: dict[str, Any]) -> Bin:
    return Bin(int(row["fields"]), float(row["confidence"]), float(row["right"]))
