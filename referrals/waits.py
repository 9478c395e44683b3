"""How long until patients are seen, and how surely, from what became of referrals. Pure.

The wait is a median by Kaplan and Meier (J Am Stat Assoc 1958;53:457): a referral that is still open, or left
without a visit, counts until then and not as if it had never been. The share seen is the cumulative incidence
by Aalen and Johansen (Scand J Stat 1978;5:141), with leaving as the competing end: open ones do not count as
failures, nor do quick visits count twice because the slow ones are not over.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """How a referral stands."""

    SEEN = "seen"
    LEFT = "left"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Course:
    """One referral: days from sent until it was seen, left, or today."""

    days: float
    end: End


def median_days(courses: Iterable[Course]) -> float | None:
    """The day by which half would be seen; None when so many have not been."""
    still = 1.0
    for day, at_risk, ended in _by_day(courses):
        still *= 1 - ended[End.SEEN] / at_risk
        if still <= 1 / 2:
            return day
    return None


def share_seen(courses: Iterable[Course]) -> float | None:
    """Of those sent, the share that is seen in the end; None when nothing has ended yet."""
    still, seen, has_ended = 1.0, 0.0, False
    for _, at_risk, ended in _by_day(courses):
        seen += still * ended[End.SEEN] / at_risk
        still *= 1 - (ended[End.SEEN] + ended[End.LEFT]) / at_risk
        has_ended = has_ended or bool(ended[End.SEEN] or ended[End.LEFT])
    return seen if has_ended else None


def _by_day(courses: Iterable[Course]) -> Iterator[tuple[float, int, Counter[End]]]:
    """Each day on which something ended: how many were under way until then, and how they ended."""
    days: dict[float, Counter[End]] = {}
    for course in courses:
        days.setdefault(course.days, Counter())[course.end] += 1
    at_risk = sum(counted.total() for counted in days.values())
    for day in sorted(days):
        yield day, at_risk, days[day]
        at_risk -= days[day].total()
