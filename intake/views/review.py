"""The review of one arrival: its pages beside what was read, accepted or asked about."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intake import inbox
from intake.actions import accepting, asking, checking, claiming
from intake.forms import AcceptanceForm, QuestionForm, ReviewForm
from intake.models import Arrival, Reading
from intake.views import page
from organizations.web import MemberRequest, allowed

Problem = checking.AlreadyHandled | claiming.Held


@require_GET
@allowed("intake.view")
def fax_review(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """One arrival in whatever state it is; opening one that waits claims it for ten minutes."""
    return page.show(request, arrival_id, opening=request.membership.may("intake.review"))


@require_GET
@allowed("intake.view")
def fax_progress(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """For polling while the machine reads: nothing new (204), the pages read since, or draw it all again."""
    arrival = get_object_or_404(Arrival.objects.only("state", "pages_read", "pages_total"), pk=arrival_id)
    seen = request.GET.get("seen", "")
    if arrival.state in Arrival.BEING_READ and str(arrival.pages_read) == seen:
        return HttpResponse(status=204)
    if arrival.state != Arrival.State.READING or not seen.isdecimal() or seen == "0":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(
        request,
        "intake/_progress.html",
        {"arrival": arrival, "numbers": range(int(seen) + 1, arrival.pages_read + 1)},
    )


@require_POST
@allowed("intake.review")
def fax_acceptance(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Make the referral of the paper, or show what is still in the way."""
    arrival = page.locked_or_404(arrival_id)
    paper = page.paper_of(arrival, request.POST.get("reading", ""))
    if paper is not None and paper.handled_at is not None:
        return handled(request, arrival, paper)
    form = AcceptanceForm(request.POST, today=today_of(request), paper=paper, me=request.membership.pk)
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
    except (checking.AlreadyHandled, claiming.Held) as reason:
        return refused(request, arrival, form, reason)
    messages.info(request, f"Accepted as {referral.number}.")
    return _onward(request, arrival, referral.number)


@require_POST
@allowed("intake.review")
def fax_question(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Make the referral although something is missing, and ask its sender for that."""
    arrival = page.locked_or_404(arrival_id)
    paper = page.paper_of(arrival, request.POST.get("reading", ""))
    if paper is not None and paper.handled_at is not None:
        return handled(request, arrival, paper)
    form = QuestionForm(request.POST, today=today_of(request), paper=paper, me=request.membership.pk)
    if not form.is_valid():
        opened = "ask" if "wanted" in form.errors else ""
        return page.show(request, arrival_id, form=form, open_dialog=opened, status=422)
    try:
        referral = asking.ask(
            arrival_id=arrival.pk,
            reading_id=paper.pk if paper else None,
            membership=request.membership,
            values=form.kept,
            patient_id=form.patient.pk if form.patient else None,
            ticked=form.ticked,
            wanted=form.sentence,
        )
    except (checking.AlreadyHandled, claiming.Held) as reason:
        return refused(request, arrival, form, reason)
    messages.info(request, f"Kept as {referral.number}, and the sender is asked: {form.sentence}.")
    return _onward(request, arrival, referral.number)


def refused(
    request: MemberRequest,
    arrival: Arrival,
    form: ReviewForm,
    reason: Problem,
) -> HttpResponse:
    """Why nothing was done, with what was typed."""
    if isinstance(reason, claiming.Held):
        messages.error(request, str(reason))
        return page.show(request, arrival.pk, form=form, status=409)
    messages.warning(request, str(reason))
    return handled(request, arrival, reason.reading)


def handled(request: MemberRequest, arrival: Arrival, paper: Reading | None) -> HttpResponse:
    """The second of two clicks leads where the first one led."""
    if paper is not None and paper.referral is not None:
        messages.info(
            request, f"This was accepted before, as {paper.referral.number}. Nothing was done twice."
        )
        return redirect("referral", paper.referral.number)
    return redirect("fax_review", arrival.pk)


def _onward(request: MemberRequest, arrival: Arrival, number: str) -> HttpResponse:
    """To the next patient on the fax, else to the next fax when that was asked for, else to the referral."""
    if Reading.objects.standing().filter(arrival=arrival, handled_at=None).exists():
        return redirect("fax_review", arrival.pk)
    if request.POST.get("then") != "next":
        return redirect("referral", number)
    placed = inbox.with_place(
        Arrival.objects.filter(pk=arrival.pk), request.membership, timezone.now()
    ).values_list("next_pk", flat=True)
    following = placed.get()
    return redirect("fax_review", following) if following else redirect("fax_inbox")


def today_of(request: MemberRequest) -> date:
    """The clinic's calendar day."""
    return timezone.now().astimezone(request.organization.zone).date()
