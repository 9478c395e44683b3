"""How far a cohort got, and how it stands: funnel, loop closure, leaks, days to visit.

Loop closure: of the referrals whose patient was seen, the share whose report the referrer acknowledged
(measures page §3.4). No comparison with an earlier period: young cohorts are still on their way (§3.0).
Days to visit: calendar days from index date to first visit, over those seen; the median, never the mean.
"""

from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q

from analytics.measures.cohort import LATER, Period, cohort, with_milestones
from referrals.lifecycle import LABELS, OPEN, Stage

OPEN_STAGES = sorted(stage.value for stage in OPEN)
MILESTONES = {stage.value: LABELS[stage] for stage in LATER}


@dataclass(frozen=True)
class Progress:
    """Counts of one cohort."""

    created: int
    accepted: int
    scheduled: int
    seen: int
    reported: int
    closed: int
    lost: int
    still_open: int

    @property
    def loop_closure(self) -> float | None:
        """Percent of seen referrals whose report was acknowledged; None while nobody was seen."""
        return percent(self.closed, self.seen)

    @property
    def leakage(self) -> float | None:
        """Percent of the cohort that was lost; None for an empty cohort."""
        return percent(self.lost, self.created)


def progress(period: Period) -> Progress:
    """One grouped query over the cohort."""
    reached = {name: Count("pk", filter=Q(**{f"was_{name}": True})) for name in MILESTONES}
    counts = with_milestones(cohort(period)).aggregate(
        created=Count("pk"),
        lost=Count("pk", filter=Q(stage=Stage.LOST)),
        still_open=Count("pk", filter=Q(stage__in=OPEN_STAGES)),
        **reached,
    )
    return Progress(**counts)


def days_to_visit(period: Period, zone: ZoneInfo) -> list[int]:
    """Calendar days, in the clinic's zone, from index to first visit of each referral that was seen.

    A visit before the referral began is another visit and does not count.
    """
    rows = (
        cohort(period).annotate(first_seen=Min("visits__seen_on")).exclude(first_seen=None)
        .values_list("index_at", "first_seen")
    )  # fmt: skip
    days = [(seen - index.astimezone(zone).date()).days for index, seen in rows]
    return [n for n in days if n >= 0]


def median_days(days: list[int]) -> float | None:
    """The median, or None when nobody was seen."""
    return float(median(days)) if days else None


def percent(part: int, whole: int) -> float | None:
    """A share to one decimal, or None of nothing."""
    return round(100 * part / whole, 1) if whole else None
