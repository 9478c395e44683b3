"""Somebody says that an entry is wrong; somebody else sees to it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organizations.models import Membership
from providers.actions import reaching
from providers.models import DirectoryReport


class Settled(Exception):
    """The report was settled already; the text says by whom."""


@transaction.atomic
def report(
    *, office_id: UUID, what: str, by: Membership, endpoint_id: UUID | None = None, note: str = ""
) -> DirectoryReport:
    """Put it on the list of what to look into. The same thing said twice is one report."""
    about = {"practice_id": office_id, "endpoint_id": endpoint_id, "what": what}
    known: DirectoryReport | None = DirectoryReport.objects.filter(**about, settled_at=None).first()
    if known is None:
        return DirectoryReport.objects.create(**about, note=note, reported_by=by)
    if note and note not in known.note:
        known.note = f"{known.note} {note}".strip()[:200]
        known.save(update_fields=["note"])
    return known


@transaction.atomic
def settle(*, report_id: UUID, outcome: str, by: Membership, closes: bool = False) -> DirectoryReport:
    """Say what was found; the number or address that it is about may be closed with it. Raises Settled."""
    found: DirectoryReport = DirectoryReport.objects.select_for_update().get(pk=report_id)
    if found.settled_at is not None:
        raise Settled(
            f"{found.settled_by.user.full_name if found.settled_by else 'Somebody'} settled it already."
        )
    found.settled_by, found.settled_at, found.outcome = by, timezone.now(), outcome
    found.save(update_fields=["settled_by", "settled_at", "outcome"])
    if closes and found.endpoint_id:
        reaching.close(endpoint_id=found.endpoint_id)
    return found
