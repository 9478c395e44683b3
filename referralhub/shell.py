"""The counts beside the menu: what waits in each place this person may open, inside the organization only."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from intake.models import Arrival
from jobs.models import Job
from organizations.models import Membership, Organization
from organizations.web import memberships_of
from referrals.queries import VIEWS, referrals_in


def nav_counts(request: HttpRequest) -> dict[str, object]:
    """Context processor: every count in one query, and the memberships to switch between."""
    membership = getattr(request, "membership", None)
    if membership is None or request.headers.get("HX-Request"):
        return {}
    waiting = _waiting(membership)
    row = Organization.objects.filter(pk=membership.organization_id).values_list(
        *map(_count, waiting.values())
    )
    memberships = memberships_of(membership.user_id)
    for other in memberships:
        other.is_current = other.pk == membership.pk
    return {"nav_counts": dict(zip(waiting, row.get(), strict=True)), "memberships": memberships}


def _waiting(membership: Membership) -> dict[str, QuerySet[Any]]:
    waiting = {
        "worklist": ("referrals.view", referrals_in(VIEWS["needs_me"], membership, timezone.now())),
        "faxes": ("intake.view", Arrival.objects.waiting()),
        "attention": ("jobs.view", Job.objects.stuck()),
    }
    return {name: rows for name, (permission, rows) in waiting.items() if membership.may(permission)}


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("organization").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))
