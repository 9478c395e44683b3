"""Drawing the review page, for whichever view answers with it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from audit.actions import looked_at
from intake import heading, inbox, reviewing
from intake.forms import AttachmentForm, PasswordForm, RefusalForm, ReviewForm
from intake.models import Arrival, Page, Reading
from organizations.web import MemberRequest

State = Arrival.State


def arrival_or_404(arrival_id: UUID) -> Arrival:
    """The arrival with what the page says about it."""
    related = Arrival.objects.select_related(
        "document",
        "unlocked",
        "sender",
        "claimed_by__user",
        "finished_by__user",
        "referral__patient",
        "duplicate_of",
    )
    return get_object_or_404(related, pk=arrival_id)


def show(
    request: MemberRequest,
    arrival_id: UUID,
    *,
    form: ReviewForm | None = None,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The page as it stands now; `form` and `forms` are those that came back with errors."""
    arrival = arrival_or_404(arrival_id)
    context = _context(request, arrival, form)
    patients = [*context["sheet"].choice.patient_ids, *inbox.patients_on([arrival])]
    looked_at(request, arrival, patients=patients, detail=arrival.get_state_display())
    return render(request, "intake/review.html", {**context, **_empty_forms(context), **forms}, status=status)


def _context(request: MemberRequest, arrival: Arrival, form: ReviewForm | None) -> dict[str, Any]:
    now, membership = timezone.now(), request.membership
    papers = list(arrival.readings.select_related("referral", "matched_patient").prefetch_related("fields"))
    paper = next((one for one in papers if one.handled_at is None), papers[0] if papers else None)
    pages = list(Page.objects.filter(arrival=arrival).defer("words"))
    total = max(len(pages), arrival.pages_total or 0)
    pictures = {one.number: reviewing.picture_of(one, total) for one in pages}
    rows = list(paper.fields.all()) if paper else []
    sheet = reviewing.sheet_of(paper, rows, pictures, form)
    shown = pictures.get(_number(request.GET.get("page", ""), reviewing.first_page_to_show(sheet, pictures)))
    return {
        "arrival": arrival,
        "mode": _mode(request, arrival),
        "papers": papers,
        "paper_number": papers.index(paper) + 1 if paper else 0,
        "pictures": list(pictures.values()),
        "page": shown,
        "boxes": reviewing.boxes_on(sheet, shown.number) if shown else [],
        "sheet": sheet,
        "form": form,
        "title": heading.title_of(arrival),
        "where_from": heading.where_from(arrival, now=now, zone=request.organization.zone),
        "clock": heading.clock_of(arrival, now),
        "place": inbox.place_of(arrival) if arrival.state in Arrival.WAITING else None,
        "next_fax": inbox.next_waiting(membership, now, after=arrival),
    }


def _mode(request: MemberRequest, arrival: Arrival) -> str:
    """Which of its faces the page shows."""
    if arrival.state in Arrival.BEING_READ:
        return "reading"
    if arrival.state == State.DUPLICATE:
        return "duplicate"
    if arrival.is_finished:
        return "finished"
    if arrival.is_claimed_by_another(request.membership, timezone.now()):
        return "held"
    return "locked" if arrival.state == State.PASSWORD_NEEDED else "open"


def _empty_forms(context: dict[str, Any]) -> dict[str, Any]:
    paper: Reading | None = context["sheet"].paper
    initial = {"reading": paper.pk if paper else None}
    return {
        "refusal": RefusalForm(initial=initial),
        "attachment": AttachmentForm(initial=initial),
        "password": PasswordForm(),
    }


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def uuid_or_none(text: str) -> UUID | None:
    """A key that came with a form, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
