"""The machine's turn: an arrival is claimed, its pages are written down, then what was read on them."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from intake import fields, matching, naming, summary
from intake.extraction import Extraction, PageText, ReadDocument, ReadField
from intake.models import Arrival, FieldReading, Page, Reading
from intake.queries import patients_like
from referrals import storing
from referrals.models import Document

NOTHING_ON_IT = "Nothing is written on it. The sender may have put it in face down: ask for it again."
STUCK = "The machine could not finish reading this. Type from the page, or have it read again."
NAMES = {"patient_first", "patient_last"}


class PageSeen(PageText, Protocol):
    """One page as read, upright."""

    @property
    def turned(self) -> int:
        """How far it stood clockwise from upright, in degrees."""


@transaction.atomic
def begin(arrival_id: UUID | str, *, read_key: str) -> Arrival | None:
    """Take the arrival for reading; None when a person has dealt with it or asked for a newer reading."""
    arrival = (
        Arrival.objects.select_for_update(of=("self",))
        .select_related("document", "unlocked")
        .get(pk=arrival_id)
    )
    if arrival.read_key != read_key or arrival.state not in {*Arrival.BEING_READ, Arrival.State.UNREADABLE}:
        return None
    arrival.state, arrival.reading_since = Arrival.State.READING, timezone.now()
    arrival.save(update_fields=["state", "reading_since"])
    return arrival


@transaction.atomic
def expect_pages(arrival_id: UUID | str, total: int) -> None:
    """The file says how many pages it has."""
    arrival = Arrival.objects.get(pk=arrival_id)
    if arrival.pages_total != total:
        arrival.pages_total = total
        arrival.save_without_historical_record(update_fields=["pages_total"])


@transaction.atomic
def record_page(arrival_id: UUID | str, page: PageSeen) -> None:
    """Write down one page. A page that an earlier, interrupted try wrote down stays as it is."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)
    if arrival.pages.filter(number=page.number).exists():
        return
    picture = storing.keep(
        page.image, kind=Document.Kind.OTHER, title=f"Page {page.number}", media_type="image/png", pages=1
    )
    Page.objects.create(
        arrival=arrival,
        number=page.number,
        picture=picture,
        width=page.width,
        height=page.height,
        turned=page.turned,
        words=[[w.text, w.x, w.y, w.width, w.height, round(w.confidence, 3)] for w in page.words],
    )
    arrival.pages_read = arrival.pages.count()
    arrival.save_without_historical_record(
        update_fields=["pages_read"]
    )  # progress is no fact to look up later


@transaction.atomic
def finish(
    arrival_id: UUID | str,
    extraction: Extraction,
    *,
    trouble: str = "",
    locked: bool = False,
    usable: bool = True,
) -> Arrival:
    """Write down what was read and hand the arrival to a person.

    `trouble` is the sentence of what went wrong; `locked` says that a password is what is missing, `usable`
    that the pages are good enough to be checked all the same.
    """
    arrival = (
        Arrival.objects.select_for_update(of=("self",)).select_related("organization").get(pk=arrival_id)
    )
    blank = all(document.doc_class == "blank" for document in extraction.documents)
    _replace_readings(arrival, [d for d in extraction.documents if d.doc_class != "blank"])
    arrival.pages_total = arrival.pages_read or arrival.pages_total
    arrival.sentence = (trouble or (NOTHING_ON_IT if blank else ""))[:200]
    arrival.state = _state_after(locked=locked, readable=usable and not blank)
    arrival.ready_at = timezone.now()
    arrival.save()
    return arrival


def _state_after(*, locked: bool, readable: bool) -> str:
    if locked:
        return Arrival.State.PASSWORD_NEEDED
    return Arrival.State.READY if readable else Arrival.State.UNREADABLE


def _replace_readings(arrival: Arrival, documents: Sequence[ReadDocument]) -> None:
    """Write the papers found, unless a person has begun to work on those of an earlier reading."""
    earlier = arrival.readings.all()
    if (
        any(r.handled_at for r in earlier)
        or FieldReading.objects.filter(reading__in=earlier).exclude(checked_by=None).exists()
    ):
        return
    earlier.delete()
    papers = [_write(arrival, document) for document in documents]
    if documents:
        arrival.doc_class = documents[0].doc_class
        arrival.summary = summary.two_lines(
            [(d.doc_class, values) for d, values in zip(documents, papers, strict=True)]
        )


def _write(arrival: Arrival, document: ReadDocument) -> dict[str, str]:
    reading = Reading.objects.create(
        arrival=arrival,
        doc_class=document.doc_class,
        first_page=document.page_from,
        last_page=document.page_to,
    )
    values = {
        found.key: _normal(found.key, found.value) for found in document.fields if found.key in fields.BY_KEY
    }
    bulk_create_with_history(_rows(reading, document, values), FieldReading)
    if match := matching.sure(patients_like(values)):
        reading.matched_patient_id = match.patient_id
        reading.save(update_fields=["matched_patient"])
    return values


def _normal(key: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return naming.as_written(text) if key in NAMES else text


def _rows(reading: Reading, document: ReadDocument, values: dict[str, str]) -> list[FieldReading]:
    found = {read.key: read for read in document.fields}
    return [_row(reading, field.key, found.get(field.key), values) for field in fields.FIELDS]


def _row(reading: Reading, key: str, read: ReadField | None, values: dict[str, str]) -> FieldReading:
    value, confidence = values.get(key, ""), float(getattr(read, "confidence", 0.0))
    row = FieldReading(
        reading=reading,
        key=key,
        value=value,
        confidence=confidence,
        why=fields.why_check(
            key, value, why=getattr(read, "why", ""), confidence=confidence, all_values=values
        )[:120],
        page=getattr(read, "page", None),
    )
    if (box := getattr(read, "box", None)) is not None:
        row.x, row.y, row.width, row.height = box.x, box.y, box.width, box.height
    return row


@transaction.atomic
def open_by_hand(arrival: Arrival) -> Reading:
    """An empty reading for an arrival in which nothing was found: a person types from the page."""
    last = max(arrival.pages_read, 1)
    reading = Reading.objects.create(arrival=arrival, doc_class="referral", first_page=1, last_page=last)
    bulk_create_with_history([_row(reading, field.key, None, {}) for field in fields.FIELDS], FieldReading)
    return reading


@transaction.atomic
def give_up(arrival_id: UUID) -> Arrival:
    """Nobody is reading it any more: show it to a person."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)
    arrival.state, arrival.sentence, arrival.ready_at = Arrival.State.UNREADABLE, STUCK, timezone.now()
    arrival.save(update_fields=["state", "sentence", "ready_at"])
    return arrival
