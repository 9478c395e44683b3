"""An artefact comes through the door: stored first, then looked at."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake import admission, pdfs
from intake.models import READ, Arrival
from jobs.actions import later
from organizations import words
from organizations.ids import uuid7
from organizations.models import Organization, User
from organizations.scope import current_organization_id
from providers.actions import reaching
from providers.models import Practice
from referrals import storing
from referrals.calendars import calendar_of
from referrals.due import after_working_time
from referrals.models import Document

TRIAGE_TIME = timedelta(hours=4)  # of opening hours, lifecycle row 0: routine
SENT_TWICE_WITHIN = timedelta(days=30)


class CannotRead(Exception):
    """Reading it again would not help; the text says why."""


@transaction.atomic
def receive(
    stream: Any,
    *,
    source: str,
    file_name: str = "",
    from_number: str = "",
    to_number: str = "",
    vendor_id: str = "",
    added_by: User | None = None,
    received_at: datetime | None = None,
) -> Arrival:
    """Keep what came and ask for it to be read. Numbers are E.164; `stream` is a seekable file or bytes.

    Whatever it is becomes an arrival in a visible state. The same delivery told twice (`vendor_id`) is one
    arrival. Raises storing.GatewayUnavailable when it cannot be stored:
    nothing is kept then, and the sender must know.
    """
    if known := _told_before(source, vendor_id):
        return known
    delivery = {"source": source, "vendor_id": vendor_id, "received_at": received_at or timezone.now()}
    numbers = {"from_number": from_number[:20], "to_number": to_number[:20]}
    try:
        with transaction.atomic():
            document = storing.keep(
                stream, kind=Document.Kind.FAX, title="Fax as received", added_by=added_by
            )
            return _look_at(Arrival(document=document, file_name=file_name[-120:], **delivery, **numbers))
    except IntegrityError:  # told twice at the same moment: the other one was faster
        if known := _told_before(source, vendor_id):
            return known
        raise


def _told_before(source: str, vendor_id: str) -> Arrival | None:
    return Arrival.objects.filter(source=source, vendor_id=vendor_id).first() if vendor_id else None


def _look_at(arrival: Arrival) -> Arrival:
    """Say what it is, who sent it and until when somebody should look; then keep it."""
    now = timezone.now()
    organization = Organization.objects.get(pk=current_organization_id())
    arrival.sender = _practice_at(arrival.from_number)
    reaching.note_use(
        kind="fax",
        address=arrival.from_number,
        worked=True,
        detail="A fax came from there",
        at=arrival.received_at,
    )
    arrival.due_at = after_working_time(arrival.received_at, TRIAGE_TIME, calendar_of(organization))
    if trouble := _why_not_read(arrival.document):
        arrival.state, arrival.sentence, arrival.ready_at = Arrival.State.UNREADABLE, trouble, now
        arrival.save()
    elif first := _first_of_the_same(arrival.document, now):
        came = first.received_at.astimezone(organization.zone)
        arrival.state, arrival.duplicate_of, arrival.finished_at = Arrival.State.DUPLICATE, first, now
        arrival.sentence = f"The same file came {words.us_date(came.date())} at {words.clock_time(came)}."
        arrival.save()
    else:
        _ask_for_reading(arrival, now)
    return arrival


def _practice_at(number: str) -> Practice | None:
    return Practice.objects.filter(fax=number, is_ours=False).first() if number else None


def _why_not_read(document: Document) -> str:
    return admission.why_not_read(
        media_type=document.media_type, size=document.size, limit=settings.UPLOAD_LIMIT_BYTES
    )


def _first_of_the_same(document: Document, now: datetime) -> Arrival | None:
    return (
        Arrival.objects.filter(document__sha256=document.sha256, received_at__gte=now - SENT_TWICE_WITHIN)
        .exclude(state=Arrival.State.DUPLICATE)
        .order_by("received_at")
        .first()
    )


def _ask_for_reading(arrival: Arrival, now: datetime) -> None:
    arrival.state, arrival.sentence = Arrival.State.RECEIVED, ""
    arrival.read_key, arrival.read_asked_at = str(uuid7()), now
    arrival.save()
    later(READ, arrival.pk, dedupe_key=arrival.read_key)


@transaction.atomic
def read_again(*, arrival_id: UUID) -> Arrival:
    """A person asks for another reading, or says that a duplicate is none. Raises CannotRead."""
    arrival = Arrival.objects.select_for_update(of=("self",)).select_related("document").get(pk=arrival_id)
    if arrival.state not in {Arrival.State.UNREADABLE, Arrival.State.DUPLICATE}:
        raise CannotRead("It has been read already.")
    if trouble := _why_not_read(arrival.readable):
        raise CannotRead(trouble)
    arrival.duplicate_of, arrival.finished_at = None, None
    _ask_for_reading(arrival, timezone.now())
    return arrival


@transaction.atomic
def unlock(*, arrival_id: UUID, password: str) -> Arrival:
    """Open a locked PDF with the password a person typed, and have the open copy read.

    The password is used once and kept nowhere. Raises pdfs.WrongPassword, pdfs.Damaged and CannotRead.
    """
    arrival = Arrival.objects.select_for_update(of=("self",)).select_related("document").get(pk=arrival_id)
    if arrival.state != Arrival.State.PASSWORD_NEEDED:
        raise CannotRead("It needs no password any more.")
    opened = pdfs.unlocked(storing.read(arrival.document), password)
    arrival.unlocked = storing.keep(opened, kind=Document.Kind.FAX, title="Fax as received, unlocked")
    _ask_for_reading(arrival, timezone.now())
    return arrival
