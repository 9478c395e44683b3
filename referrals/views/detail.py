"""One referral: its page, the drawer beside the worklist, and the coverage card while the payer is asked."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from audit.actions import looked_at
from organizations.web import MemberRequest, allowed
from referrals import chart, destinations, stepping, ways
from referrals.actions.choosing import may_choose
from referrals.facets import Eligibility
from referrals.forms import DocumentForm, NoteForm, OwnerForm
from referrals.lifecycle import Stage
from referrals.models import Referral
from referrals.views.answering import UNSAVED, drawer_context, find, next_context, wall

NO_CHANGE = 204
AT_HAND = 2  # openings that are booked with one click; the others are one click further


@require_GET
@allowed("referrals.view")
def referral(request: MemberRequest, number: str) -> HttpResponse:
    """The page of one referral, or for htmx its timeline."""
    found = find(number)
    looked_at(request, found, patients=[found.patient_id])
    if request.headers.get("HX-Target") == "timeline":
        return render(request, "referrals/_timeline.html", _timeline(request, found))
    context = {**_head(request, found), **_cards(request, found), **_timeline(request, found)}
    return render(request, "referrals/referral.html", context)


@require_GET
@allowed("referrals.view")
def drawer(request: MemberRequest, number: str) -> HttpResponse:
    """The referral in short, beside the worklist."""
    found = find(number)
    looked_at(request, found, patients=[found.patient_id], detail="drawer")
    return render(request, "referrals/_drawer.html", drawer_context(request, found))


@require_GET
@allowed("referrals.view")
def eligibility(request: MemberRequest, number: str) -> HttpResponse:
    """Asked every few seconds while the payer thinks: nothing, or the card with what follows from it."""
    found = find(number)
    if found.eligibility == Eligibility.PENDING:
        return HttpResponse(status=NO_CHANGE)
    looked_at(request, found, patients=[found.patient_id], detail="coverage")
    context = {**_head(request, found), **_timeline(request, found), "coverage": chart.coverage(found)}
    return render(request, "referrals/_settled.html", context)


def _head(request: MemberRequest, found: Referral) -> dict[str, Any]:
    return {
        **next_context(request, found),
        "steps": stepping.steps(found, chart.milestones(found), wall(request)),
        "may": {name: ways.may(way, found, request.membership) for name, way in ways.WAYS.items()},
        "may_choose": may_choose(found) and request.membership.may("referrals.send"),
        "unreachable": _unreachable(found),
        "owner_form": OwnerForm(auto_id="owner-%s", initial={"owner": found.owner_id}),
    }


def _unreachable(found: Referral) -> str:
    """What to know before papers are sent: the number we would send them to does not work."""
    if found.direction == Referral.Direction.OUTBOUND:
        return destinations.trouble_reaching(found.receiving_practice) if found.stage == Stage.DRAFT else ""
    return destinations.trouble_reaching(found.referring_practice) if found.stage == Stage.SEEN else ""


def _cards(request: MemberRequest, found: Referral) -> dict[str, Any]:
    at, typed = wall(request), _unsaved(request, found)
    openings = chart.openings(found, at.now) if request.membership.may("referrals.schedule") else []
    return {
        "phones": chart.phones(found),
        "coverage": chart.coverage(found),
        "openings": openings,
        "first_openings": openings[:AT_HAND],
        "later_openings": openings[AT_HAND:],
        "cancelling": ways.offer(ways.WAYS["cancel_appointment"], found, at),
        "documents": chart.documents(found),
        "document_form": DocumentForm(auto_id="document-%s"),
        "note_form": NoteForm(auto_id="note-%s", initial={"text": typed}),
        "unsaved": typed,
    }


def _unsaved(request: MemberRequest, found: Referral) -> str:
    """What was typed into a form that was refused: shown once, on the page it belongs to."""
    kept = request.session.get(UNSAVED, {})
    if kept.get("number") != found.number:
        return ""
    return str(request.session.pop(UNSAVED)["text"])


def _timeline(request: MemberRequest, found: Referral) -> dict[str, Any]:
    shows = dict(chart.SHOWN)
    if not request.membership.may("audit.view"):
        del shows["audit"]
    show = request.GET.get("show", "all")
    if show in chart.SHOWN and show not in shows:
        raise PermissionDenied("Your role may not read the access log.")
    activity = chart.activity(found, show=show, before=_time(request.GET.get("before", "")))
    return {"referral": found, "activity": activity, "show": show if show in shows else "all", "shows": shows}


def _time(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
