"""The counts beside the menu: one query a list, inside the organization only."""

from django.http import HttpRequest
from django.utils import timezone

from intake.models import Arrival
from jobs.models import Job
from organizations.web import memberships_of
from referrals.models import Referral


def nav_counts(request: HttpRequest) -> dict[str, object]:
    """Context processor: what waits in each place this person may open."""
    membership = getattr(request, "membership", None)
    if membership is None or request.headers.get("HX-Request"):
        return {}
    counts = {"worklist": Referral.objects.open().owned_by(membership).count()}
    if membership.may("intake.view"):
        counts["faxes"] = Arrival.objects.waiting().count()
    if membership.may("jobs.view"):
        counts["attention"] = Job.objects.stuck().count()
    if membership.may("referrals.view"):
        counts["overdue"] = Referral.objects.overdue(timezone.now()).owned_by(membership).count()
    memberships = memberships_of(membership.user_id)
    for other in memberships:
        other.is_current = other.pk == membership.pk
    return {"nav_counts": counts, "memberships": memberships}
