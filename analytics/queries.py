"""What the dashboard shows, and the rows behind each of its numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from analytics.charts import Count, bars, funnel
from analytics.measures.cohort import Period, Side, cohort, period_of, with_milestones
from analytics.measures.progress import (
    MILESTONES,
    OPEN_STAGES,
    Progress,
    days_to_visit,
    median_days,
    progress,
)
from analytics.measures.snapshot import in_stage, open_by_stage
from referrals.lifecycle import LABELS, Stage
from referrals.models import Referral

ENOUGH = 20
"""Fewer referrals than this show no rate: it would say more about chance than about work."""

PERIODS = {30: "30 days", 90: "90 days", 365: "Year"}
BEGUN = {Side.RECEIVED: "Received", Side.SENT: "Sent"}
SETS = {"lost": "Lost", "open": "Still open", **MILESTONES}


@dataclass(frozen=True)
class Kpi:
    """One figure as shown, with the list behind it."""

    label: str
    value: str
    unit: str
    href: str
    than: str


def dashboard(side: Side, days: int, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Everything on the page, from one set of measures."""
    period = period_of(side, days, now, zone)
    here = progress(period)
    return {
        "side": side,
        "sides": BEGUN.items(),
        "days": days,
        "periods": PERIODS.items(),
        "since": period.since.date(),
        "progress": here,
        "enough": here.created >= ENOUGH,
        "enough_count": ENOUGH,
        "kpis": kpis(here, median_days(days_to_visit(period, zone)), side, days),
        "funnel": funnel(_steps(here, side, days)),
        "stages": bars(_stages(side, now)),
        "open_link": link(side, days, "open"),
        "lost_link": link(side, days, "lost"),
    }


def kpis(here: Progress, days_median: float | None, side: Side, days: int) -> list[Kpi]:
    """The row of figures; one that cannot be known is a dash."""
    closure, leakage = _known(here.loop_closure), _known(here.leakage)
    began, lost = link(side, days, "all"), link(side, days, "lost")
    seen, closed = link(side, days, "seen"), link(side, days, "closed")
    return [
        Kpi("Referrals", f"{here.created:,}", "", began, "began in the period"),
        Kpi("Seen", f"{here.seen:,}", "", seen, "of those"),
        Kpi("Loop closed", *closure, closed, f"{here.closed:,} of {here.seen:,} seen"),
        Kpi("Lost", *leakage, lost, f"{here.lost:,} of {here.created:,}"),
        Kpi("Median days to visit", _known(days_median)[0], "", seen, "calendar days, of those seen"),
    ]


def behind(which: str, period: Period) -> QuerySet[Referral]:
    """The referrals that a number of the dashboard counts; raises KeyError for a set that it has not."""
    found = with_milestones(cohort(period))
    if which == "lost":
        found = found.filter(stage=Stage.LOST)
    elif which == "open":
        found = found.filter(stage__in=OPEN_STAGES)
    elif which in MILESTONES:
        found = found.filter(**{f"was_{which}": True})
    elif which != "all":
        raise KeyError(which)
    return found.order_by("-index_at", "-id")


def standing(stage: str, side: Side) -> QuerySet[Referral]:
    """The referrals of one bar of "Open now"; raises KeyError for a stage that is none."""
    if stage not in OPEN_STAGES:
        raise KeyError(stage)
    return in_stage(side, [stage]).order_by("due_at", "id")


def title_of(which: str, stage: str, side: Side) -> str:
    """What the list behind a number is called."""
    return LABELS[Stage(stage)] if stage else SETS.get(which, BEGUN[side])


def link(side: Side, days: int, which: str) -> str:
    """The list behind a number of the period, as seen from the dashboard."""
    return f"referrals/?{urlencode({'side': side, 'days': days, 'set': which})}"


def _known(figure: float | None) -> tuple[str, str]:
    return ("–", "") if figure is None else (f"{figure:g}", "%")


def _steps(here: Progress, side: Side, days: int) -> list[Count]:
    reached = [
        Count(label, getattr(here, name), link(side, days, name)) for name, label in MILESTONES.items()
    ]
    return [Count(BEGUN[side], here.created, link(side, days, "all")), *reached]


def _stages(side: Side, now: datetime) -> list[Count]:
    return [
        Count(label, n, f"referrals/?side={side}&stage={stage}", f"{late:,} overdue" if late else "")
        for stage, label, n, late in open_by_stage(side, now)
    ]
