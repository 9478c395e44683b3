"""How things stand now: open referrals by stage, and how many are late. No cohort, no rate."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from analytics.measures.cohort import DIRECTIONS, Side
from analytics.measures.progress import OPEN_STAGES
from referrals.lifecycle import LABELS, Stage
from referrals.models import Referral


def in_stage(side: Side, stages: list[str]) -> QuerySet[Referral]:
    """Referrals of one side in these stages now."""
    found: QuerySet[Referral] = Referral.objects.filter(direction__in=DIRECTIONS[side], stage__in=stages)
    return found


def open_by_stage(side: Side, now: datetime) -> list[tuple[str, str, int, int]]:
    """(stage, label, open, of those overdue) for each stage that has any, in the lifecycle's order."""
    rows = (
        in_stage(side, OPEN_STAGES)
        .values("stage").annotate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    )  # fmt: skip
    found = {row["stage"]: (row["n"], row["late"]) for row in rows}
    return [(s.value, LABELS[s], *found[s.value]) for s in Stage if s.value in found]
