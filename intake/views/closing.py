"""One confirmation: a consult report closes its loop, an answer to our request fills its referral."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from intake import proposals
from intake.actions import answering, checking, claiming, closing, filing
from intake.closing_forms import AnswerForm, ClosingForm
from intake.views import page
from organizations.web import MemberRequest, allowed
from referrals.actions.visiting import NotYet
from referrals.lifecycle import IllegalMove, Stage

REFUSED = (checking.AlreadyHandled, claiming.Held, filing.OtherPatient, NotYet, IllegalMove)


@require_POST
@allowed("intake.review")
def fax_closing(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Attach the report and take its referral as far as this person may."""
    arrival = page.arrival_or_404(arrival_id)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _say(request, arrival_id, form)
    try:
        referral = closing.close_with(
            arrival_id=arrival.pk,
            reading_id=form.cleaned_data["reading"],
            membership=request.membership,
            referral_id=form.cleaned_data["referral"].pk,
            seen_on=form.cleaned_data["seen_on"],
        )
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    is_closed = referral.stage == Stage.CLOSED
    messages.info(request, "Loop closed." if is_closed else "Report attached. The clinician reads it next.")
    return redirect("referral", referral.number)


@require_POST
@allowed("intake.review")
def fax_answer(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Attach the answer to its referral and fill in what it says."""
    arrival = page.arrival_or_404(arrival_id)
    offered = proposals.answer_of(arrival, page.paper_of(arrival, request.POST.get("reading", "")))
    if offered is None:
        messages.warning(request, "This request is answered already, or its code is not on this paper.")
        return redirect("fax_review", arrival.pk)
    form = AnswerForm(request.POST, offered=offered, today=_today(request))
    if not form.is_valid():
        return _say(request, arrival_id, form)
    try:
        answered = answering.answer(
            arrival_id=arrival.pk,
            reading_id=form.cleaned_data["reading"],
            membership=request.membership,
            request_id=offered.request.pk,
            came=form.cleaned_data["came"],
            values=form.written,
        )
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    all_came = answered.answered_at is not None
    messages.info(request, "Answer attached." if all_came else "Attached. Part of it is still missing.")
    return redirect("referral", offered.request.referral.number)


def _say(request: MemberRequest, arrival_id: UUID, form: ClosingForm | AnswerForm) -> HttpResponse:
    for said in form.errors.values():
        messages.error(request, " ".join(str(one) for one in said))
    return page.show(request, arrival_id, status=422)


def _today(request: MemberRequest) -> date:
    return timezone.now().astimezone(request.organization.zone).date()
