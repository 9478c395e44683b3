"""The waits in the directory are worked out anew from the organization's own referrals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery

from organizations.models import Organization
from organizations.scope import current_organization_id
from providers.models import PublishedWait
from referrals.lifecycle import ENDED, Stage
from referrals.models import Referral, Step, Visit
from referrals.waits import Course, End, median_days, share_seen

LOOKS_BACK = timedelta(days=365)
NOT_COUNTED = ("X-DIED", "X-ERROR", "X-TEST", "L3-DUPLICATE")  # ends that say nothing about an office
GONE = {stage.value for stage in ENDED} | {Stage.DECLINED.value}
DAY = 86_400  # seconds
Place = tuple[UUID, UUID]  # office and specialty


@transaction.atomic
def publish_waits(*, now: datetime) -> int:
    """One row an office and specialty, from the referrals of the last year; how many rows there are."""
    courses: dict[Place, list[Course]] = defaultdict(list)
    for place, course in _courses(now):
        courses[place].append(course)
    PublishedWait.objects.all().delete()
    made = PublishedWait.objects.bulk_create(_row(place, of, now) for place, of in courses.items())
    return len(made)


def _row(place: Place, courses: list[Course], now: datetime) -> PublishedWait:
    return PublishedWait(
        practice_id=place[0],
        specialty_id=place[1],
        median_days=median_days(courses),
        completed_share=share_seen(courses),
        referrals=len(courses),
        as_of=now,
    )


def _courses(now: datetime) -> Iterator[tuple[Place, Course]]:
    zone = Organization.objects.get(pk=current_organization_id()).zone
    for office, specialty, stage, index_at, sent_at, seen_on, was_seen_at, ended_at in _rows(now):
        start = max(index_at, sent_at or index_at)
        if seen_on is not None:
            days: float = (seen_on - start.astimezone(zone).date()).days
            end = End.SEEN
        elif was_seen_at is not None:
            days, end = (was_seen_at - start).total_seconds() / DAY, End.SEEN
        else:
            gone = stage in GONE
            days, end = (
                ((ended_at if gone else now) - start).total_seconds() / DAY,
                End.LEFT if gone else End.OPEN,
            )
        yield (office, specialty), Course(max(0.0, days), end)


def _rows(now: datetime) -> Iterable[tuple[Any, ...]]:
    steps = Step.objects.filter(referral=OuterRef("pk")).values("referral")
    sent = steps.filter(to_stage=Stage.SENT).values(at=Max("at"))
    seen = steps.filter(to_stage=Stage.SEEN).values(at=Max("at"))
    visits = Visit.objects.filter(referral=OuterRef("pk")).order_by("seen_on").values("seen_on")[:1]
    known = ~Q(receiving_practice=None) & ~Q(specialty=None)
    return (
        Referral.objects.filter(known, index_at__gte=now - LOOKS_BACK)
        .exclude(stage__in=[Stage.DRAFT, Stage.VOID])
        .exclude(leak_code__in=NOT_COUNTED)
        .values_list(
            "receiving_practice",
            "specialty",
            "stage",
            "index_at",
            Subquery(sent),
            Subquery(visits),
            Subquery(seen),
            "entered_stage_at",
        )
    )
