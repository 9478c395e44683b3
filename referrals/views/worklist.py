"""The worklist: saved views with their counts, one page of rows, and what is done to several at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.actions import looked_at, searched
from organizations.web import MemberRequest, allowed
from referrals import chart, filtering, presenting, queries
from referrals.actions import outreach, owning
from referrals.lifecycle import IllegalMove
from referrals.models import Referral
from referrals.queries import VIEWS, Filters, View
from referrals.views.answering import back, by, drawer_context, wall

MOST_AT_ONCE = 100


@require_GET
@allowed("referrals.view")
def worklist(request: MemberRequest, view: str = "needs_me") -> HttpResponse:
    """One page of a saved view, due first; or for htmx the rows that follow."""
    chosen, filters, at = _chosen_view(request, view), filtering.read(request.GET), wall(request)
    after = filtering.place(request.GET.get("after", ""))
    page, following = queries.page_of(chosen, request.membership, at.now, filters=filters, after=after)
    searched(request, "referral", patients=[r.patient_id for r in page], detail=chosen.label)
    context = {
        "view": chosen,
        "title": "Worklist" if view == "needs_me" else "Referrals",
        "rows": [presenting.row(referral, at) for referral in page],
        "next_url": filtering.address(chosen.name, filters, following) if following else "",
    }
    if request.headers.get("HX-Target") == "rows":
        return render(request, "referrals/_more_rows.html", context)
    return render(request, "referrals/worklist.html", {**context, **_around(request, chosen, filters)})


@require_GET
@allowed("referrals.view")
def counts(request: MemberRequest) -> HttpResponse:
    """The saved views with their counts, asked for in the background. Numbers only: nobody's data."""
    return render(
        request, "referrals/_views.html", {"views": _views(request, _chosen_view(request, "needs_me"))}
    )


@require_POST
@allowed("referrals.write")
def assignments(request: MemberRequest) -> HttpResponse:
    """Take the chosen referrals."""
    taken = 0
    for referral in _chosen_referrals(request):
        try:
            owning.assign(referral_id=referral.pk, owner=request.membership, by=by(request))
            taken += 1
        except IllegalMove:
            messages.error(request, f"{referral.number} has ended.")
    _sum_up(request, taken, "assigned to you")
    return redirect(back(request) or "worklist")


@require_POST
@allowed("notifications.send")
def booking_links(request: MemberRequest) -> HttpResponse:
    """Send each of the chosen patients a link to pick a time; who could not be written to is said."""
    sent = 0
    for referral in _chosen_referrals(request):
        try:
            outreach.text_booking_link(referral_id=referral.pk, by=by(request))
            sent += 1
        except (outreach.NotReachable, outreach.NotReady) as obstacle:
            messages.error(request, f"{referral.number}: {obstacle}")
    _sum_up(request, sent, "sent a booking link")
    return redirect(back(request) or "worklist")


def _chosen_view(request: MemberRequest, otherwise: str) -> View:
    return VIEWS.get(request.GET.get("view", ""), VIEWS[otherwise])


def _chosen_referrals(request: MemberRequest) -> list[Referral]:
    numbers = request.POST.getlist("ref")[:MOST_AT_ONCE]
    if not numbers:
        messages.error(request, "Select at least one referral.")
    return list(Referral.objects.filter(number__in=numbers).order_by("due_at", "pk"))


def _sum_up(request: MemberRequest, count: int, what: str) -> None:
    if count:
        messages.success(request, f"{count} referral{'s' if count > 1 else ''} {what}.")


# ---------------------------------------------------------------- what stands around the rows


def _around(request: MemberRequest, chosen: View, filters: Filters) -> dict[str, Any]:
    menus = filtering.menus(chosen.name, filters, queries.choices())
    return {
        "views": _views(request, chosen),
        "menus": menus,
        "narrowed": [f"{menu.label}: {menu.chosen}" for menu in menus if menu.chosen],
        "here": request.get_full_path(),
        **_peeked(request),
    }


def _peeked(request: MemberRequest) -> dict[str, Any]:
    referral = chart.find(number) if (number := request.GET.get("peek")) else None
    if referral is None:
        return {}
    looked_at(request, referral, patients=[referral.patient_id], detail="drawer")
    return drawer_context(request, referral)


def _views(request: MemberRequest, chosen: View) -> list[dict[str, Any]]:
    found = queries.counts(request.membership, timezone.now())
    return [
        {
            "name": view.name,
            "label": view.label,
            "count": found[view.name],
            "and_more": found[view.name] >= queries.MOST_COUNTED and not view.is_open,
            "is_hot": view.is_hot and found[view.name] > 0,
            "is_current": view is chosen,
        }
        for view in VIEWS.values()
    ]
