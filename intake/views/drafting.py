"""What was typed so far, kept on the server: field by field as the person goes, or all of it for later."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from intake import fields
from intake.actions import checking, claiming
from intake.forms import ReviewForm, seen_now
from intake.models import Arrival, Reading
from intake.views import page, review
from organizations.web import MemberRequest, allowed


@dataclass(frozen=True)
class Draft:
    """What came with a form, the paper it was saved to, or why it was not."""

    form: ReviewForm
    paper: Reading | None = None
    problem: review.Problem | None = None


@require_POST
@allowed("intake.review")
def fax_draft(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Keep what was typed, understood or not; a value that a colleague changed too is shown, not replaced."""
    arrival = page.locked_or_404(arrival_id)
    draft = keep(request, arrival)
    if request.POST.get("quietly"):  # the browser's last word as the page is left
        claiming.release(arrival_id=arrival.pk, membership=request.membership)
        return HttpResponse(status=204)
    if request.headers.get("HX-Request"):
        return _by_the_way(request, arrival, draft)
    if draft.problem is not None:
        return review.refused(request, arrival, draft.form, draft.problem)
    if draft.form.clashes:
        draft.form.say_clashes()
        return page.show(request, arrival_id, form=draft.form, status=409)
    if request.POST.get("then") == "stay":
        return redirect("fax_review", arrival.pk)
    messages.info(request, "Saved. It stays yours for 10 minutes.")
    return redirect("fax_inbox")


def keep(request: MemberRequest, arrival: Arrival) -> Draft:
    """Save what a locked arrival's form holds."""
    paper = page.paper_of(arrival, request.POST.get("reading", ""))
    form = ReviewForm(request.POST, today=review.today_of(request), paper=paper, me=request.membership.pk)
    form.is_valid()  # what cannot be understood is kept as typed
    try:
        saved = checking.save(
            arrival_id=arrival.pk,
            reading_id=paper.pk if paper else None,
            membership=request.membership,
            values=form.to_save,
            ticked=form.ticked,
            patient_id=form.patient_to_save,
        )
    except (checking.AlreadyHandled, claiming.Held) as problem:
        return Draft(form, problem=problem)
    return Draft(form, paper=saved)


def _by_the_way(request: MemberRequest, arrival: Arrival, draft: Draft) -> HttpResponse:
    """What stands now, and what a colleague left where both changed one value."""
    if draft.paper is None:
        return HttpResponse(str(draft.problem), status=409, content_type="text/plain")
    paper = page.paper_of(arrival, str(draft.paper.pk))
    notes = [f"{fields.BY_KEY[key].label}: {said}" for key, said in draft.form.clash_notes.items()]
    context = {"seen": seen_now(paper), "paper": paper, "notes": notes, "now": timezone.now()}
    return render(request, "intake/_saved.html", context)
