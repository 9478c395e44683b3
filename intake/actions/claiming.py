"""One person at a time: a claim on opening, ten minutes long, renewed while the person works."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.models import Arrival
from organizations import words
from organizations.models import Membership


class Held(Exception):
    """A colleague has it open; the text says who, and until when."""


@transaction.atomic
def open_for(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Take an arrival that waits for a person and that nobody else has open; otherwise leave it as it is."""
    arrival = lock(arrival_id)
    now = timezone.now()
    if may_be_opened(arrival, membership, now):
        _give(arrival, membership, now)
    return arrival


def may_be_opened(arrival: Arrival, membership: Membership, now: datetime) -> bool:
    """Whether opening it would claim it: looking again does not renew a claim, and leaves no history row."""
    waits = arrival.state in Arrival.WAITING
    return (
        waits
        and not arrival.is_claimed_by_another(membership, now)
        and not _is_held(arrival, membership, now)
    )


@transaction.atomic
def take_over(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Take a colleague's arrival whose claim has lapsed; raises Held while it has not."""
    arrival = lock(arrival_id)
    now = timezone.now()
    refuse_if_held(arrival, membership, now)
    _give(arrival, membership, now)
    return arrival


@transaction.atomic
def keep(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """The person is at work on it: ten more minutes, or theirs again if nobody took it; raises Held.

    Leaves no history row: who had it open each minute is no fact to look up later.
    """
    arrival: Any = lock(arrival_id)
    now = timezone.now()
    if arrival.state in Arrival.WAITING:
        refuse_if_held(arrival, membership, now)
        arrival.claimed_by, arrival.claimed_at = membership, now
        arrival.save_without_historical_record(update_fields=["claimed_by", "claimed_at"])
    return arrival


@transaction.atomic
def release(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Put it back for everybody. Another's claim is left alone."""
    arrival = lock(arrival_id)
    if arrival.claimed_by_id == membership.pk:
        arrival.claimed_by, arrival.claimed_at = None, None
        arrival.save(update_fields=["claimed_by", "claimed_at"])
    return arrival


def lock(arrival_id: UUID) -> Arrival:
    """The arrival, held until the transaction ends."""
    return (
        Arrival.objects.select_for_update(of=("self",))
        .select_related("organization", "document", "unlocked", "sender", "claimed_by__user", "referral")
        .get(pk=arrival_id)
    )


def refuse_if_held(arrival: Arrival, membership: Membership, now: datetime) -> None:
    """Raise Held when a colleague's claim is alive."""
    holder, until = arrival.claimed_by, arrival.claimed_until
    if holder is None or until is None or not arrival.is_claimed_by_another(membership, now):
        return
    free_at = words.clock_time(until.astimezone(arrival.organization.zone))
    raise Held(f"{holder.user.full_name} has this open until {free_at}. Nothing was changed.")


def renew(arrival: Arrival, membership: Membership, now: datetime) -> None:
    """Make a locked arrival this person's for another ten minutes; raises Held."""
    refuse_if_held(arrival, membership, now)
    _give(arrival, membership, now)


def _is_held(arrival: Arrival, membership: Membership, now: datetime) -> bool:
    """By this person already."""
    until = arrival.claimed_until
    return arrival.claimed_by_id == membership.pk and until is not None and now < until


def _give(arrival: Arrival, membership: Membership, now: datetime) -> None:
    arrival.claimed_by, arrival.claimed_at = membership, now
    arrival.save(update_fields=["claimed_by", "claimed_at"])
