"""Geometry of the clock ring and the loop meter: plain numbers in, SVG attributes out.

They live on the ground floor because the worklist, the fax inbox and the dashboard all draw them; charts
that only the dashboard draws are in `analytics.charts`. Pure: the caller says what time it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import pi

from organizations.words import time_left

SOON_SHARE = 0.25
SOON = timedelta(hours=4)
STAGES = 6
SEGMENT_PITCH = 17  # a segment is 14 wide with a gap of 3: six fill the 99 units of the meter's view box


def ring(share: float, radius: float = 6) -> str:
    """The stroke-dasharray that draws this share (0 to 1, clamped) of a circle's outline."""
    circle = 2 * pi * radius
    return f"{circle * max(0.0, min(1.0, share)):.1f} {circle:.1f}"


@dataclass(frozen=True)
class Clock:
    """One clock as drawn. With `due_iso` and `start_iso` the page ticks it; without, it stands still."""

    state: str  # ok, soon, over, hold, done
    text: str
    dash: str = ring(1)
    due_iso: str = ""
    start_iso: str = ""


def clock(*, due: datetime, now: datetime, started: datetime) -> Clock:
    """A running clock: soon under a quarter of its span or under 4 hours, over once it is past due."""
    left = due - now
    share = left / (due - started) if due > started else 0.0
    state = "over" if left < timedelta(0) else "soon" if share < SOON_SHARE or left < SOON else "ok"
    return Clock(state, time_left(left.total_seconds()), ring(share), due.isoformat(), started.isoformat())


def paused(text: str = "Paused") -> Clock:
    """A clock that waits on someone outside and does not run."""
    return Clock("hold", text)


def done(text: str = "Done") -> Clock:
    """A clock that has nothing left to measure."""
    return Clock("done", text)


@dataclass(frozen=True)
class Segment:
    """One of the loop meter's six bars: where it starts and whether it is done (d), current (c) or ahead."""

    x: int
    css: str


@dataclass(frozen=True)
class Loop:
    """How far a referral has come, in words and as six bars."""

    label: str
    state: str  # "", wait (on someone) or stuck
    step: int  # 1 to 6
    segments: tuple[Segment, ...]


def loop(label: str, *, finished: int, state: str = "") -> Loop:
    """The meter of a referral with so many of its six stages finished (6: the loop is closed)."""
    css = ["d" if n < finished else "c" if n == finished else "" for n in range(STAGES)]
    segments = tuple(Segment(n * SEGMENT_PITCH, name) for n, name in enumerate(css))
    return Loop(label, state, min(finished + 1, STAGES), segments)
