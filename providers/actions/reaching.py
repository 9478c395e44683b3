"""Ways into an office are added, chosen and closed, and each try leaves its mark.

One truth: the office's own fax, phone and e-mail are the preferred ways of their kinds (`Practice.save` keeps
them so). To prefer another way is to write it on the entry.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from providers.models import Endpoint, EndpointUse, Practice


@transaction.atomic
def add(*, office_id: UUID, kind: str, address: str) -> Endpoint:
    """One more way in. The first of its kind is preferred; one that was closed is open again."""
    way, _ = Endpoint.objects.get_or_create(practice_id=office_id, kind=kind, address=address)
    if way.closed_at:
        way.closed_at = None
        way.save(update_fields=["closed_at"])
    if not Endpoint.objects.open().filter(practice=office_id, kind=kind, is_preferred=True).exists():
        prefer(endpoint_id=way.pk)
    return way.refresh()


@transaction.atomic
def prefer(*, endpoint_id: UUID) -> Endpoint:
    """Use this way before the others of its kind; a closed one is open again."""
    way = _locked(endpoint_id)
    if way.kind in Endpoint.ON_THE_ENTRY:
        _write_on_entry(way.practice, way.kind, way.address)
        return way.refresh()
    for other in Endpoint.objects.filter(practice=way.practice, kind=way.kind, is_preferred=True):
        other.is_preferred = False
        other.save(update_fields=["is_preferred"])
    way.is_preferred, way.closed_at = True, None
    way.save(update_fields=["is_preferred", "closed_at"])
    return way


@transaction.atomic
def close(*, endpoint_id: UUID) -> Endpoint:
    """It is known to be wrong: nothing is sent there any more, and the next open way takes its place."""
    way = _locked(endpoint_id)
    was_preferred = way.is_preferred
    way.closed_at, way.is_preferred = timezone.now(), False
    way.save(update_fields=["closed_at", "is_preferred"])
    if was_preferred:
        _put_next_in_place(way)
    return way


def _put_next_in_place(way: Endpoint) -> None:
    others = Endpoint.objects.open().filter(practice=way.practice_id, kind=way.kind).order_by("pk")
    following = others.first()
    if way.kind in Endpoint.ON_THE_ENTRY:
        _write_on_entry(way.practice, way.kind, following.address if following else "")
    elif following:
        prefer(endpoint_id=following.pk)


@transaction.atomic
def reopen(*, endpoint_id: UUID) -> Endpoint:
    """It is right after all."""
    way = _locked(endpoint_id)
    return add(office_id=way.practice_id, kind=way.kind, address=way.address)


@transaction.atomic
def note_use(*, kind: str, address: str, worked: bool, detail: str = "", at: datetime | None = None) -> None:
    """Something was sent there, or came from there. Offices that share a number share its luck."""
    moment = at or timezone.now()
    EndpointUse.objects.bulk_create(
        EndpointUse(endpoint=way, at=moment, worked=worked, detail=detail[:120])
        for way in Endpoint.objects.filter(kind=kind, address=address)
    )


def is_known_wrong(*, office_id: UUID, kind: str, address: str) -> bool:
    """Whether somebody has closed this way: a paper that still names it must not bring it back."""
    closed = Endpoint.objects.exclude(closed_at=None)
    return bool(closed.filter(practice=office_id, kind=kind, address=address).exists())


def _locked(endpoint_id: UUID) -> Endpoint:
    way: Endpoint = (
        Endpoint.objects.select_for_update(of=("self",)).select_related("practice").get(pk=endpoint_id)
    )
    return way


def _write_on_entry(office: Practice, kind: str, address: str) -> None:
    setattr(office, kind, address)
    office.save(update_fields=[kind])
