"""Whose figures: referrals by the day they began, never this month's ends over this month's beginnings.

Universe: referrals of one side that are neither drafts nor raised in error. Ends that are nobody's leak
(died, test, entered twice) leave with their code (measures page §3.0). Periods are whole days of the clinic:
a figure and the list behind it, opened a minute later, count the same referrals.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from referrals.lifecycle import Stage
from referrals.models import Referral, Step

EXCLUDED_LEAKS = ("X-DIED", "X-ERROR", "X-TEST", "L3-DUPLICATE")
LATER = [Stage.ACCEPTED, Stage.SCHEDULED, Stage.SEEN, Stage.REPORTED, Stage.CLOSED]
Direction = Referral.Direction


class Side(StrEnum):
    """Which referrals: those that came to us, or those that we sent."""

    RECEIVED = "received"
    SENT = "sent"


DIRECTIONS: dict[Side, list[str]] = {
    Side.RECEIVED: [Direction.INBOUND, Direction.INTERNAL],
    Side.SENT: [Direction.OUTBOUND],
}


@dataclass(frozen=True)
class Period:
    """The referrals of one side that began from (inclusive) until (exclusive) these moments."""

    side: Side
    since: datetime
    until: datetime


def period_of(side: Side, days: int, now: datetime, zone: ZoneInfo) -> Period:
    """The last so many whole days of the clinic, today being one of them."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    first = tomorrow - timedelta(days=days)
    return Period(side, datetime.combine(first, time.min, zone), datetime.combine(tomorrow, time.min, zone))


def usual_side() -> Side:
    """The side that this organization works on: sending only where nothing was ever received."""
    received = Referral.objects.filter(direction__in=DIRECTIONS[Side.RECEIVED])
    return Side.RECEIVED if received.exists() else Side.SENT


def cohort(period: Period) -> QuerySet[Referral]:
    """The referrals that began in the period."""
    found: QuerySet[Referral] = (
        Referral.objects.filter(index_at__gte=period.since, index_at__lt=period.until)
        .filter(direction__in=DIRECTIONS[period.side])
        .exclude(stage__in=[Stage.DRAFT, Stage.VOID])
        .exclude(leak_code__in=EXCLUDED_LEAKS)
    )
    return found


def with_milestones(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Each referral with what it ever reached: was_accepted, was_scheduled, and so on to was_closed.

    Whoever reached a later stage has reached the earlier ones, whatever was skipped or undone since.
    """
    return referrals.annotate(**{f"was_{stage}": _ever(LATER[n:]) for n, stage in enumerate(LATER)})


def _ever(stages: list[Stage]) -> Exists:
    return Exists(Step.objects.filter(referral=OuterRef("pk"), to_stage__in=stages))
