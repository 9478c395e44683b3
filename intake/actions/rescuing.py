"""A reading that nobody is at work on: asked for once more, then a person's turn."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from intake.actions import reading
from intake.models import READ, Arrival
from jobs.actions import later, retry
from jobs.models import Job
from organizations.ids import uuid7

SECOND_TRY = "The first reading did not come to its end. It is being read once more."


@transaction.atomic
def rescue(*, arrival_id: UUID, now: datetime) -> Arrival:
    """Ask for a second reading of a stuck arrival, or give it up after that. Done twice, it is done once."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)
    if not Arrival.objects.stuck(now).filter(pk=arrival.pk).exists():
        return arrival
    if arrival.sentence == SECOND_TRY:
        return reading.give_up(arrival.pk)
    dead = Job.objects.stuck().filter(name=READ, dedupe_key=arrival.read_key).first()
    if dead is None:
        arrival.read_key = str(uuid7())
        later(READ, arrival.pk, dedupe_key=arrival.read_key)
    else:
        retry(dead.pk)
    arrival.sentence, arrival.read_asked_at = SECOND_TRY, now
    arrival.save(update_fields=["read_key", "sentence", "read_asked_at"])
    return arrival
