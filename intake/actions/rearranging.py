"""Pages cut otherwise than the machine did: a paper split in two, or two joined, and taken back again.

Nothing is thrown away. The readings that a change replaces are put aside and come back when it is undone;
what a person had checked goes along to the paper on whose page it stands.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import queries, summary
from intake.actions import checking, learning, writing
from intake.extraction import Extraction, ReadDocument, extract
from intake.models import Arrival, FieldReading, Reading, Rearrangement
from organizations.models import Membership

Kind = Rearrangement.Kind
Span = tuple[int, int]  # first and last page
EMPTY = ("blank", "junk")


class CannotRearrange(Exception):
    """The papers do not stand as the person saw them; the text says why."""


@transaction.atomic
def split(*, arrival_id: UUID, at_page: int, membership: Membership) -> Rearrangement:
    """Begin another paper at this page. Raises CannotRearrange, claiming.Held and checking.AlreadyHandled."""
    arrival = checking.open_arrival(arrival_id=arrival_id, membership=membership)
    papers = _open(arrival) or [writing.by_hand(arrival)]
    paper = next((one for one in papers if one.first_page < at_page <= one.last_page), None)
    if paper is None:
        raise CannotRearrange(f"Page {at_page} does not stand inside an open paper. Nothing was split.")
    pieces = [(paper.first_page, at_page - 1), (at_page, paper.last_page)]
    return _replace(arrival, Kind.SPLIT, at_page, membership, old=[paper], pieces=pieces)


@transaction.atomic
def join(*, arrival_id: UUID, at_page: int, membership: Membership) -> Rearrangement:
    """Put the paper that begins at this page to the one before it; raises as `split` does."""
    arrival = checking.open_arrival(arrival_id=arrival_id, membership=membership)
    papers = _open(arrival)
    before = next((one for one in papers if one.last_page == at_page - 1), None)
    after = next((one for one in papers if one.first_page == at_page), None)
    if before is None or after is None:
        raise CannotRearrange(f"No two open papers meet at page {at_page}. Nothing was joined.")
    whole = (before.first_page, after.last_page)
    return _replace(arrival, Kind.JOIN, at_page, membership, old=[before, after], pieces=[whole])


@transaction.atomic
def undo(*, arrival_id: UUID, membership: Membership) -> Rearrangement:
    """Bring back the papers as they stood before the last change; raises as `split` does."""
    arrival = checking.open_arrival(arrival_id=arrival_id, membership=membership)
    change = arrival.rearrangements.filter(undone_at=None).last()
    if change is None:
        raise CannotRearrange("There is nothing to undo.")
    if change.made.exclude(handled_at=None).exists():
        raise CannotRearrange("One of these papers has been decided about, so this cannot be undone.")
    made, before = list(change.made.all()), list(change.put_aside.all())
    _put_aside(made, change)
    _put_aside(before, None)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    _summarise(arrival)
    return change


def _open(arrival: Arrival) -> list[Reading]:
    return list(Reading.objects.standing().filter(arrival=arrival, handled_at=None))


def _replace(
    arrival: Arrival,
    kind: str,
    at_page: int,
    membership: Membership,
    *,
    old: Sequence[Reading],
    pieces: Sequence[Span],
) -> Rearrangement:
    change = Rearrangement.objects.create(arrival=arrival, kind=kind, at_page=at_page, made_by=membership)
    _put_aside(old, change)
    new = [writing.write(arrival, _read(arrival, span), made_by=change)[0] for span in pieces]
    for paper in old:
        _carry(paper, new)
    _summarise(arrival)
    return change


def _put_aside(papers: Sequence[Reading], change: Rearrangement | None) -> None:
    for paper in papers:
        paper.put_aside_by = change
        paper.save(update_fields=["put_aside_by"])


def _read(arrival: Arrival, span: Span) -> ReadDocument:
    first, last = span
    came_on = arrival.received_at.astimezone(arrival.organization.zone).date()
    pages = queries.pages_of(arrival, first=first, last=last)
    return one_paper(extract(pages, today=came_on, taught=learning.taught_by(arrival.from_number)), span)


def one_paper(extraction: Extraction, span: Span) -> ReadDocument:
    """What was read on these pages as one paper, although the machine may see several.

    The first that says anything leads; the others fill its gaps, for the person said they belong together.
    """
    documents = sorted(extraction.documents, key=lambda one: one.doc_class in EMPTY)
    fields = {read.key: read for one in reversed(documents) for read in one.fields}
    return ReadDocument(documents[0].doc_class if documents else "blank", *span, tuple(fields.values()))


def _carry(paper: Reading, new: Sequence[Reading]) -> None:
    rows = list(paper.fields.all())
    for row in rows:
        if row.checked_by_id is not None:
            _hand_on(row, _home(new, row.page or paper.first_page))
    named_on = next((row.page for row in rows if row.key == "patient_last" and row.page), paper.first_page)
    heir = _home(new, named_on)
    if heir.matched_patient_id is None and paper.matched_patient_id is not None:
        heir.matched_patient_id = paper.matched_patient_id
        heir.save(update_fields=["matched_patient"])


def _home(papers: Sequence[Reading], page: int) -> Reading:
    return next((one for one in papers if one.first_page <= page <= one.last_page), papers[0])


def _hand_on(checked: FieldReading, paper: Reading) -> None:
    """A person's word on a value. Where two were joined, the earlier paper's stands."""
    row = paper.fields.get(key=checked.key)
    if row.checked_by_id is not None:
        return
    row.checked_by_id = checked.checked_by_id
    row.checked_value = None if checked.final_value == row.value else checked.final_value
    if row.page is None:
        row.page, row.x, row.y = checked.page, checked.x, checked.y
        row.width, row.height = checked.width, checked.height
    row.save()


def _summarise(arrival: Arrival) -> None:
    papers = list(Reading.objects.standing().filter(arrival=arrival).prefetch_related("fields"))
    values = [(one.doc_class, {row.key: row.final_value for row in one.fields.all()}) for one in papers]
    arrival.doc_class, arrival.summary = papers[0].doc_class, summary.two_lines(values)
    arrival.save(update_fields=["doc_class", "summary"])
