"""The dashboard, and the list behind each of its numbers."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from analytics import queries
from analytics.measures.cohort import Side, period_of, usual_side
from audit.actions import searched
from organizations.web import MemberRequest, allowed
from referrals.models import Referral

ROWS = 100
DEFAULT_DAYS = 90


@require_GET
@allowed("analytics.view")
def dashboard(request: MemberRequest) -> HttpResponse:
    """How referrals fare: the funnel, loop closure, and what is open by stage. It names no patient."""
    context = queries.dashboard(_side(request), _days(request), timezone.now(), request.organization.zone)
    return render(request, "analytics/dashboard.html", context)


@require_GET
@allowed("analytics.view")
def behind(request: MemberRequest) -> HttpResponse:
    """The referrals that one number counts. Shows patients, so it is recorded."""
    stage, which, side = request.GET.get("stage", ""), request.GET.get("set", "all"), _side(request)
    try:
        found = _rows(request, stage, which, side)
    except KeyError as unknown:
        raise Http404 from unknown
    page = Paginator(found.for_rows(), ROWS).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    searched(request, "referrals behind a figure", patients=[r.patient_id for r in page])
    context = {"page": page, "title": queries.title_of(which, stage, side), **_neighbours(request, page)}
    return render(request, "analytics/behind.html", context)


def _rows(request: MemberRequest, stage: str, which: str, side: Side) -> QuerySet[Referral]:
    if stage:
        return queries.standing(stage, side)
    period = period_of(side, _days(request), timezone.now(), request.organization.zone)
    return queries.behind(which, period)


def _neighbours(request: MemberRequest, page: Page[Any]) -> dict[str, str]:
    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


def _side(request: MemberRequest) -> Side:
    asked = request.GET.get("side", "")
    return Side(asked) if asked in set(Side) else usual_side()


def _days(request: MemberRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in queries.PERIODS else DEFAULT_DAYS
