"""Two faxes that look the same: side by side, and what a person says of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from audit.actions import looked_at
from intake import heading, inbox, resent, reviewing
from intake.actions import claiming, duplicates
from intake.models import Arrival, Page
from organizations.web import MemberRequest, allowed

REFUSED = (claiming.Held, duplicates.NotOpen)


@require_GET
@allowed("intake.view")
def fax_comparison(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """A fax beside the earlier one that it repeats or resembles."""
    arrival = _arrival_or_404(arrival_id)
    first = arrival.duplicate_of or arrival.looks_like
    if first is None:
        raise Http404
    for one in (first, arrival):
        looked_at(request, one, patients=inbox.patients_on([one]), detail="Compared with another fax")
    may = request.membership.may("intake.review")
    return render(request, "intake/comparison.html", {
        "arrival": arrival,
        "title": heading.title_of(arrival),
        "is_same_file": first.document.sha256 == arrival.document.sha256,
        "differences": resent.differences(resent.papers_of(first), resent.papers_of(arrival)),
        "sides": [_side("First fax", first), _side("This fax", arrival)],
        "may_decide": may and arrival.state in Arrival.WAITING,
        "may_take_back": may and arrival.state == Arrival.State.DUPLICATE and arrival.ready_at,
    })  # fmt: skip


@require_POST
@allowed("intake.review")
def fax_duplicate(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """It was sent twice."""
    try:
        duplicates.say_sent_twice(arrival_id=_arrival_or_404(arrival_id).pk, membership=request.membership)
    except REFUSED as reason:
        messages.error(request, str(reason))
    else:
        messages.info(request, "Filed as sent twice. Open it to take that back.")
    return redirect("fax_review", arrival_id)


@require_POST
@allowed("intake.review")
def fax_distinction(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """It is not the same."""
    try:
        duplicates.say_not_the_same(arrival_id=_arrival_or_404(arrival_id).pk, membership=request.membership)
    except REFUSED as reason:
        messages.error(request, str(reason))
    return redirect("fax_review", arrival_id)


@require_POST
@allowed("intake.review")
def fax_duplicate_undo(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """It was not sent twice after all."""
    try:
        duplicates.take_back(arrival_id=_arrival_or_404(arrival_id).pk)
    except duplicates.NotOpen as reason:
        messages.error(request, str(reason))
    return redirect("fax_review", arrival_id)


def _arrival_or_404(arrival_id: UUID) -> Arrival:
    related = ["document", "referral"]
    others = [f"{one}__{way}" for one in ("duplicate_of", "looks_like") for way in related]
    return get_object_or_404(Arrival.objects.select_related(*related, *others), pk=arrival_id)


def _side(name: str, arrival: Arrival) -> dict[str, Any]:
    pages = list(Page.objects.filter(arrival=arrival).defer("words"))
    pictures = [reviewing.picture_of(page, len(pages)) for page in pages]
    return {"name": name, "arrival": arrival, "pictures": pictures}
