"""Splitting and joining the papers of an arrival, and taking it back. What was typed is saved first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from intake.actions import checking, claiming, rearranging
from intake.models import Arrival, Rearrangement
from intake.views import drafting, page
from organizations.web import MemberRequest, allowed

ACTIONS = {"split": rearranging.split, "join": rearranging.join}
REFUSED = (rearranging.CannotRearrange, checking.AlreadyHandled, claiming.Held)


@require_POST
@allowed("intake.review")
def fax_cut(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Split before a page, or join there; the button that was pressed says which and where."""
    arrival = page.locked_or_404(arrival_id)
    kind = next((kind for kind in ACTIONS if request.POST.get(kind, "").isdecimal()), None)
    if kind is None:
        return redirect("fax_review", arrival.pk)
    at_page = int(request.POST[kind][:6])
    draft = drafting.keep(request, arrival)
    if draft.form.clashes:
        draft.form.say_clashes()
        return page.show(request, arrival.pk, form=draft.form, status=409)
    try:
        ACTIONS[kind](arrival_id=arrival.pk, at_page=at_page, membership=request.membership)
    except REFUSED as reason:
        messages.error(request, str(reason))
    return _back(arrival, at_page)


@require_POST
@allowed("intake.review")
def fax_cut_undo(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Bring back the papers as they stood before the last split or join."""
    arrival = page.locked_or_404(arrival_id)
    drafting.keep(request, arrival)
    try:
        change = rearranging.undo(arrival_id=arrival.pk, membership=request.membership)
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    split = change.kind == Rearrangement.Kind.SPLIT
    messages.info(request, "Joined again as it was." if split else "Split again as it was.")
    return _back(arrival, change.at_page)


def _back(arrival: Arrival, at_page: int) -> HttpResponse:
    return redirect(f"{reverse('fax_review', args=[arrival.pk])}?page={at_page}")
