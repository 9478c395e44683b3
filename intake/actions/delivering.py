"""A fax service tells of a fax: written down first, taken in once its file is here, and never twice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.actions import arriving
from intake.lines import ASKED
from intake.models import Arrival, Delivery, FaxLine
from jobs.actions import later
from jobs.models import Job

FETCH, MARK, ASK = "intake.fetch_fax", "intake.mark_fax_viewed", "intake.ask_fax_line"
SETTLED_FOR = timedelta(days=1)
State = Delivery.State


@transaction.atomic
def write_down(
    *,
    line: FaxLine,
    vendor_id: str,
    from_number: str = "",
    to_number: str = "",
    pages: int | None = None,
    media: str = "",
    content: bytes = b"",
) -> Delivery:
    """Keep what the service told, and take in the file if it came along; else ask for it to be fetched.

    The same fax told twice is one delivery. Raises storing.GatewayUnavailable when a file that came along
    cannot be stored: nothing is kept then, and the service must be told to call again.
    """
    delivery, is_new = Delivery.objects.get_or_create(
        line=line,
        vendor_id=vendor_id,
        defaults={
            "from_number": from_number[:20],
            "to_number": (to_number or line.number)[:20],
            "pages": pages,
            "media": media,
        },
    )
    if content:
        take(delivery_id=delivery.pk, stream=content)
    elif is_new:
        later(FETCH, delivery.pk, dedupe_key=str(delivery.pk))
    return delivery


@transaction.atomic
def take(*, delivery_id: UUID, stream: Any) -> Arrival:
    """The file is here: it arrives, once. `stream` is a seekable file or bytes.

    The arrival is named by the delivery, not by the service's own id: two services may count from one.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("line").get(pk=delivery_id)
    if delivery.arrival_id is not None:
        return Arrival.objects.get(pk=delivery.arrival_id)
    arrival = arriving.receive(
        stream,
        source="fax",
        vendor_id=str(delivery.pk),
        from_number=delivery.from_number,
        to_number=delivery.to_number,
        received_at=delivery.told_at,
    )
    delivery.arrival, delivery.state, delivery.sentence = arrival, State.TAKEN, ""
    delivery.save(update_fields=["arrival", "state", "sentence"])
    if delivery.line.vendor in ASKED:
        later(MARK, delivery.pk, dedupe_key=str(delivery.pk))
    return arrival


@transaction.atomic
def note_failure(*, delivery_id: UUID, reason: str, is_final: bool) -> None:
    """The file could not be fetched: say why, and whether a person must see to it."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    if delivery.state == State.TAKEN:
        return
    delivery.sentence = reason[:200]
    if is_final:
        delivery.state = State.FAILED
    delivery.save(update_fields=["sentence", "state"])


@transaction.atomic
def record_answer(*, line_id: UUID, faxes: list[dict[str, Any]], asked_at: datetime) -> None:
    """A service that is asked gave its list; what is known already stays as it is."""
    line = FaxLine.objects.get(pk=line_id)
    for fax in faxes:
        write_down(line=line, **fax)
    line.polled_to = asked_at
    hear(line=line, at=asked_at)


@transaction.atomic
def hear(*, line: Any, at: datetime) -> None:
    """The service was heard, so the line works. A heartbeat leaves no history, the end of trouble does."""
    had_trouble, line.heard_at, line.trouble = bool(line.trouble), at, ""
    changed = ["heard_at", "polled_to", "trouble"]
    if had_trouble:
        line.save(update_fields=changed)
    else:
        line.save_without_historical_record(update_fields=changed)


@transaction.atomic
def note_trouble(*, line: FaxLine, trouble: str) -> None:
    """Say on the settings page why a line does not work."""
    if line.trouble != trouble[:200]:
        line.trouble = trouble[:200]
        line.save(update_fields=["trouble"])


@transaction.atomic
def note_silence(*, line_id: UUID, trouble: str) -> None:
    """A service did not answer: say so, and put it on "Needs attention", once, with tries of its own."""
    line = FaxLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    note_trouble(line=line, trouble=trouble)
    unsettled = Q(settled_at=None) | Q(settled_at__gt=timezone.now() - SETTLED_FOR)
    if not Job.objects.filter(unsettled, name=ASK, ids=[str(line.pk)], done_at=None).exists():
        later(ASK, line.pk)
