"""The review of one arrival: its pages beside what was read, accepted or kept for later."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intake.actions import accepting, checking, claiming
from intake.forms import AcceptanceForm, ReviewForm
from intake.models import Arrival, Reading
from intake.views import page
from organizations.web import MemberRequest, allowed


@require_GET
@allowed("intake.view")
def fax_review(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """One arrival in whatever state it is; opening one that waits claims it for ten minutes."""
    if request.membership.may("intake.review"):
        with suppress(Arrival.DoesNotExist):  # the page says so
            claiming.open_for(arrival_id=arrival_id, membership=request.membership)
    return page.show(request, arrival_id)


@require_GET
@allowed("intake.view")
def fax_progress(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """For polling while the machine reads: nothing new (204), or draw the page again."""
    arrival = get_object_or_404(Arrival.objects.only("state", "pages_read"), pk=arrival_id)
    if arrival.state in Arrival.BEING_READ and str(arrival.pages_read) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
@allowed("intake.review")
def fax_acceptance(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Make the referral of the paper, or show what is still in the way."""
    arrival = page.arrival_or_404(arrival_id)
    paper = _paper(arrival, request.POST.get("reading", ""))
    if paper is not None and paper.handled_at is not None:
        return _handled(request, arrival, paper)
    form = AcceptanceForm(request.POST, today=_today(request), paper=paper)
    if not form.is_valid():
        return page.show(request, arrival_id, form=form, status=422)
    try:
        referral = accepting.accept(
            arrival_id=arrival.pk,
            reading_id=paper.pk if paper else None,
            membership=request.membership,
            values=form.kept,
            patient_id=form.patient.pk if form.patient else None,
            ticked=form.ticked,
        )
    except checking.AlreadyHandled as done:
        messages.warning(request, str(done))
        return _handled(request, arrival, done.reading)
    except claiming.Held as held:
        messages.error(request, str(held))
        return page.show(request, arrival_id, form=form, status=409)
    messages.info(request, f"Accepted as {referral.number}.")
    return _onward(arrival, referral.number)


def _handled(request: MemberRequest, arrival: Arrival, paper: Reading | None) -> HttpResponse:
    """The second of two clicks leads where the first one led."""
    if paper is not None and paper.referral is not None:
        messages.info(
            request, f"This was accepted before, as {paper.referral.number}. Nothing was done twice."
        )
        return redirect("referral", paper.referral.number)
    return redirect("fax_review", arrival.pk)


def _onward(arrival: Arrival, number: str) -> HttpResponse:
    """To the next patient of the same fax, else to the referral."""
    if arrival.readings.filter(handled_at=None).exists():
        return redirect("fax_review", arrival.pk)
    return redirect("referral", number)


@require_POST
@allowed("intake.review")
def fax_draft(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Keep what was typed, understood or not, and go back to the inbox."""
    arrival = page.arrival_or_404(arrival_id)
    form = ReviewForm(request.POST, today=_today(request))
    form.is_valid()  # what cannot be understood is kept as typed
    patient = form.chosen_patient()
    try:
        checking.save(
            arrival_id=arrival.pk,
            reading_id=page.uuid_or_none(request.POST.get("reading", "")),
            membership=request.membership,
            values=form.kept,
            ticked=form.ticked,
            patient_id=patient.pk if patient else None,
        )
    except checking.AlreadyHandled as done:
        messages.warning(request, str(done))
        return _handled(request, arrival, done.reading)
    except claiming.Held as held:
        messages.error(request, str(held))
        return page.show(request, arrival_id, form=form, status=409)
    messages.info(request, "Saved. It stays yours for 10 minutes.")
    return redirect("fax_inbox")


def _paper(arrival: Arrival, reading_id: str) -> Reading | None:
    identity: Any = page.uuid_or_none(reading_id)
    return Reading.objects.select_related("referral").filter(arrival=arrival, pk=identity).first()


def _today(request: MemberRequest) -> Any:
    return timezone.now().astimezone(request.organization.zone).date()
