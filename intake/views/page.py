"""Drawing the review page, for whichever view answers with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from audit.actions import looked_at
from intake import confirmations, cutting, heading, inbox, kinds, proposals, reviewing
from intake.actions import claiming
from intake.forms import WANTED, ReviewForm, seen_now
from intake.handling_forms import LIKELY_REFUSALS, AttachmentForm, PasswordForm, RefusalForm
from intake.models import Arrival, Page, Reading
from organizations.web import MemberRequest

State = Arrival.State
RELATED = (
    "organization",
    "document",
    "unlocked",
    "sender",
    "claimed_by__user",
    "finished_by__user",
    "referral__patient",
    "duplicate_of__referral",
    "looks_like__referral",
)


def arrival_or_404(arrival_id: UUID) -> Arrival:
    """The arrival with what the page says about it."""
    return get_object_or_404(Arrival.objects.select_related(*RELATED), pk=arrival_id)


def locked_or_404(arrival_id: UUID) -> Arrival:
    """The arrival, held until the answer is made: what a person decides rests on what stands now."""
    try:
        return claiming.lock(arrival_id)
    except Arrival.DoesNotExist as missing:
        raise Http404 from missing


def paper_of(arrival: Arrival, reading_id: str) -> Reading | None:
    """The paper that came with a form, with its values, and who checked each."""
    papers = Reading.objects.select_related("referral", "matched_patient", "put_aside_by")
    wanted = uuid_or_none(reading_id)
    found: Reading | None = (
        papers.prefetch_related("fields__checked_by__user").filter(arrival=arrival, pk=wanted).first()
    )
    return found


def show(
    request: MemberRequest,
    arrival_id: UUID,
    *,
    form: ReviewForm | None = None,
    status: int = 200,
    opening: bool = False,
    **forms: Any,
) -> HttpResponse:
    """The page as it stands now; `form` and `forms` are those that came back with errors."""
    now = timezone.now()
    placed = inbox.with_place(Arrival.objects.select_related(*RELATED), request.membership, now)
    arrival = get_object_or_404(placed, pk=arrival_id)
    if opening and claiming.may_be_opened(arrival, request.membership, now):
        claimed = claiming.open_for(arrival_id=arrival.pk, membership=request.membership)
        arrival.claimed_by, arrival.claimed_at = claimed.claimed_by, claimed.claimed_at
    look = _Look(request, arrival, form, now)
    looked_at(request, arrival, patients=look.patients, detail=arrival.get_state_display())
    context = look.context
    answer = render(request, "intake/review.html", {**context, **look.empty_forms, **forms}, status=status)
    if context["page"] is not None:  # browsers look for pictures in SVG late
        answer.headers["Link"] = f"<{context['page'].url}>; rel=preload; as=image"
    return answer


@dataclass
class _Look:
    """One look at an arrival: which paper, which page, and all that is drawn of them."""

    request: MemberRequest
    arrival: Arrival
    form: ReviewForm | None
    now: datetime

    def __post_init__(self) -> None:
        self.papers = list(
            Reading.objects.standing()
            .filter(arrival=self.arrival)
            .select_related("referral", "matched_patient", "made_by")
            .prefetch_related("fields")
        )
        pages = list(Page.objects.filter(arrival=self.arrival).defer("words"))
        total = max(len(pages), self.arrival.pages_total or 0)
        self.pictures = {one.number: reviewing.picture_of(one, total) for one in pages}
        self.paper = self._paper()
        self.kind = kinds.of(self.paper.doc_class) if self.paper else None
        rows = list(self.paper.fields.all()) if self.paper else []
        self.sheet = reviewing.sheet_of(self.paper, rows, self.pictures, self.form)
        self.mode = _mode(self.request, self.arrival, self.now)
        is_open = self.mode == "open"
        self.answer = proposals.answer_of(self.arrival, self.paper) if is_open else None
        self.closing = (
            proposals.closing_of(self.arrival, self.paper, self.request.membership) if is_open else None
        )

    @property
    def patients(self) -> list[UUID]:
        """Everybody whom the page may be about, for the access log."""
        matched = [paper.matched_patient_id for paper in self.papers if paper.matched_patient_id]
        known = [self.arrival.referral.patient_id] if self.arrival.referral else []
        offered = self.closing.patient_ids if self.closing else []
        asked = [self.answer.request.referral.patient_id] if self.answer else []
        return [*self.sheet.choice.patient_ids, *matched, *known, *offered, *asked]

    def _paper(self) -> Reading | None:
        """The one that was posted, else the open one that holds the page asked for, else the first open."""
        posted = self.request.POST.get("reading", "")
        asked = _number(self.request.GET.get("page", ""))
        still_open = [one for one in self.papers if one.handled_at is None]
        wanted = [one for one in self.papers if str(one.pk) == posted]
        wanted += [one for one in still_open if one.first_page <= asked <= one.last_page]
        return next(iter([*wanted, *still_open, *self.papers]), None)

    @property
    def context(self) -> dict[str, Any]:
        """What the templates name."""
        first = reviewing.first_page_to_show(self.sheet, self.pictures)
        page = self.pictures.get(_number(self.request.GET.get("page", ""))) or self.pictures.get(first)
        arrival, shown = self.arrival, page.number if page else 0
        return {
            "arrival": arrival,
            "mode": self.mode,
            "papers": self.papers,
            "paper_number": self.papers.index(self.paper) + 1 if self.paper else 0,
            "kind": self.kind,
            "confirmed": confirmations.fax_confirmed_by(arrival)
            if self.kind and self.kind.is_filed_away
            else None,
            "pictures": list(self.pictures.values()),
            "leaves": cutting.leaves(self.papers, list(self.pictures.values()), shown, self.paper),
            "cut": cutting.cut_at(self.papers, shown) if self.mode == "open" else None,
            "undoable": cutting.undoable(self.papers) if self.mode == "open" else None,
            "page": page,
            "boxes": reviewing.boxes_on(self.sheet, shown),
            "sheet": self.sheet,
            "form": self.form,
            "seen": seen_now(self.paper),
            "closing": self.closing,
            "answer": self.answer,
            "questions": _questions(self.sheet),
            "title": heading.title_of(arrival),
            "where_from": heading.where_from(arrival, now=self.now, zone=self.request.organization.zone),
            "clock": heading.clock_of(arrival, self.now),
            "presence_stamp": heading.presence_stamp(arrival, is_held=self.mode == "held"),
            "place": arrival.state in Arrival.WAITING,
        }

    @property
    def empty_forms(self) -> dict[str, Any]:
        """The dialogs, before anybody has filled one in."""
        initial = {"reading": self.paper.pk if self.paper else None}
        reason = LIKELY_REFUSALS.get(self.paper.doc_class if self.paper else "", "")
        return {
            "refusal": RefusalForm(initial={**initial, "reason": reason}),
            "attachment": AttachmentForm(initial=initial),
            "password": PasswordForm(),
        }


def _mode(request: MemberRequest, arrival: Arrival, now: datetime) -> str:
    """Which of its faces the page shows."""
    if arrival.state in Arrival.BEING_READ:
        return "reading"
    if arrival.state == State.DUPLICATE:
        return "duplicate"
    if arrival.is_finished:
        return "finished"
    if arrival.is_claimed_by_another(request.membership, now):
        return "held"
    return "locked" if arrival.state == State.PASSWORD_NEEDED else "open"


def _questions(sheet: reviewing.Sheet) -> list[dict[str, Any]]:
    """What the sender can be asked for: (key, label, whether a referral cannot be without it)."""
    blank = {row.key: row.doubtful for row in sheet.rows if not row.value}
    others = {key for key, _ in WANTED} - {row.key for row in sheet.rows}
    return [
        {"key": key, "label": label, "needed": blank.get(key, False)}
        for key, label in WANTED
        if key in blank or key in others
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len(str(10**6)) else 0


def uuid_or_none(text: str) -> UUID | None:
    """A key that came with a form, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
