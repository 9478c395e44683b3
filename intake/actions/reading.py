"""The machine's turn: an arrival is claimed, its pages are written down, then what was read on them."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import resent, summary
from intake.actions import writing
from intake.extraction import Extraction, PageText, ReadDocument
from intake.fingerprints import fingerprint
from intake.models import Arrival, FieldReading, Page
from referrals import storing
from referrals.models import Document

NOTHING_ON_IT = "Nothing is written on it. The sender may have put it in face down: ask for it again."
STUCK = "The machine could not finish reading this. Type from the page, or have it read again."


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
        fingerprint=fingerprint(page.image),
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
    if arrival.state == Arrival.State.READY:
        arrival.looks_like = resent.earlier_like(arrival)
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
        any(r.handled_at or r.made_by_id for r in earlier)
        or FieldReading.objects.filter(reading__in=earlier).exclude(checked_by=None).exists()
    ):
        return
    earlier.delete()
    papers = [writing.write(arrival, document)[1] for document in documents]
    if documents:
        arrival.doc_class = documents[0].doc_class
        arrival.summary = summary.two_lines(
            [(d.doc_class, values) for d, values in zip(documents, papers, strict=True)]
        )


@transaction.atomic
def give_up(arrival_id: UUID) -> Arrival:
    """Nobody is reading it any more: show it to a person."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)
    arrival.state, arrival.sentence, arrival.ready_at = Arrival.State.UNREADABLE, STUCK, timezone.now()
    arrival.save(update_fields=["state", "sentence", "ready_at"])
    return arrival
