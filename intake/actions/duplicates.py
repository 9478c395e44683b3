"""What a person says of two faxes that look the same: sent twice, or not the same after all."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.actions import claiming
from intake.models import Arrival, Reading
from organizations import words
from organizations.models import Membership


class NotOpen(Exception):
    """There is nothing left to decide; the text says why."""


@transaction.atomic
def say_sent_twice(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Finish it as another sending of the one it looks like. Raises NotOpen and claiming.Held."""
    arrival, first = _in_question(arrival_id, membership)
    came = first.received_at.astimezone(arrival.organization.zone)
    arrival.state, arrival.duplicate_of = Arrival.State.DUPLICATE, first
    arrival.sentence = f"The same pages came {words.us_date(came.date())} at {words.clock_time(came)}."
    arrival.finished_at, arrival.finished_by = timezone.now(), membership
    arrival.claimed_by, arrival.claimed_at = None, None
    arrival.save()
    return arrival


@transaction.atomic
def say_not_the_same(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Go on with it as with any other fax. Raises NotOpen and claiming.Held."""
    arrival, _ = _in_question(arrival_id, membership)
    arrival.looks_like = None
    arrival.save()
    return arrival


@transaction.atomic
def take_back(*, arrival_id: UUID) -> Arrival:
    """It was not sent twice: it waits again, with all that was read and typed. Raises NotOpen."""
    arrival = claiming.lock(arrival_id)
    if arrival.state != Arrival.State.DUPLICATE or arrival.ready_at is None:
        raise NotOpen("It does not stand as sent twice any more.")
    arrival.state, arrival.duplicate_of, arrival.sentence = Arrival.State.READY, None, ""
    arrival.finished_at, arrival.finished_by = None, None
    arrival.save()
    return arrival


def _in_question(arrival_id: UUID, membership: Membership) -> tuple[Arrival, Arrival]:
    arrival = claiming.lock(arrival_id)
    if arrival.looks_like is None or arrival.state not in Arrival.WAITING:
        raise NotOpen("Somebody has decided about it before. Nothing was changed.")
    if Reading.objects.standing().filter(arrival=arrival).exclude(handled_at=None).exists():
        raise NotOpen("A part of this fax is in a referral already. Finish the rest of it by hand.")
    claiming.renew(arrival, membership, timezone.now())
    return arrival, arrival.looks_like
