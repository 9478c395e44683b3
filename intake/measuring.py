"""How sure the machine was, and how often people let its values stand: from this organization's own checks.

A value that a person accepted without changing it counts as right. That is what can be known without a second
pair of eyes, and it flatters: people overlook errors.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Case, Count, FloatField, Q, QuerySet, Value, When

from intake import fields
from intake.models import FieldReading, Reading
from intake.reliability import EDGES, Bin
from intake.trusting import SURE, Measured

WINDOW = timedelta(days=30)  # of the threshold's measure
LONG_WINDOW = timedelta(days=90)  # of the chart: bins fill slowly
NEEDED = [field.key for field in fields.FIELDS if field.needed]


def measured(at_least: float, now: datetime) -> Measured:
    """What people made of the referrals of the last 30 days, and of those as sure as the threshold."""
    read = ~Q(fields__value="")
    doubtful = read & (~Q(fields__why="") | Q(fields__key__in=SURE, fields__confidence__lt=at_least))
    papers = _checked(now - WINDOW).annotate(
        doubtful=Count("fields", filter=doubtful, distinct=True),
        missing=Count("fields", filter=Q(fields__key__in=NEEDED, fields__value=""), distinct=True),
        why=Count("fields", filter=Q(fields__key__in=fields.WHY_THEY_COME) & read, distinct=True),
        changed=Count("fields", filter=Q(fields__checked_value__isnull=False), distinct=True),
    )
    as_sure = Q(doubtful=0, missing=0, why__gt=0)
    counts = papers.aggregate(
        checked=Count("pk"),
        as_sure=Count("pk", filter=as_sure),
        right=Count("pk", filter=as_sure & Q(changed=0)),
    )
    return Measured(**counts)


def own_bins(now: datetime) -> list[Bin]:
    """The values of the last 90 days by how sure the machine was: surest last, empty bins left out."""
    rows: Any = (
        FieldReading.objects.filter(reading__in=_checked(now - LONG_WINDOW), key__in=list(fields.BY_KEY))
        .exclude(value="")
        .annotate(bin=Case(*_cases(), default=Value(float(EDGES[-1])), output_field=FloatField()))
        .order_by()
        .values("bin")
        .annotate(n=Count("pk"), sure=Avg("confidence"), right=Count("pk", filter=Q(checked_value=None)))
        .order_by("bin")
    )
    return [Bin(row["n"], row["sure"], row["right"] / row["n"]) for row in rows]


def _cases() -> list[When]:
    return [When(confidence__lt=edge, then=Value(edge)) for edge in EDGES]


def _checked(since: datetime) -> QuerySet[Reading]:
    """Referrals that a person accepted."""
    found: QuerySet[Reading] = (
        Reading.objects.standing()
        .filter(outcome=Reading.Outcome.ACCEPTED, doc_class="referral", handled_at__gte=since, by_rule=False)
        .exclude(handled_by=None)
    )
    return found
