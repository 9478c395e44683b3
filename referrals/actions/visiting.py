"""The visit happened, or the patient did not come."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from referrals.actions.moving import By, lock, make
from referrals.facets import Contact, Visiting
from referrals.lifecycle import Stage, target_of
from referrals.models import Referral, Visit
from scheduling import actions as scheduling


class NotYet(Exception):
    """A visit was recorded before it could have happened."""


@transaction.atomic
def record_visit(*, referral_id: UUID, by: By, seen_on: date, source: str = "office") -> Referral:
    """The patient was seen. A date in the future, or before the referral, is refused."""
    referral = lock(referral_id)
    target_of("record_visit", Stage(referral.stage))
    today = timezone.now().astimezone(referral.organization.zone).date()
    if seen_on > today:
        raise NotYet("That day has not come yet. Check the date.")
    if seen_on < referral.index_at.astimezone(referral.organization.zone).date():
        raise NotYet("That is before the referral was made. Check the date.")
    appointment = referral.appointment
    make(referral, "record_visit", by=by, visiting=Visiting.COMPLETED)
    if appointment is not None:
        scheduling.complete(appointment_id=appointment.pk)
    Visit.objects.create(
        referral=referral,
        appointment=appointment,
        provider=appointment.slot.schedule.provider if appointment else referral.receiving_provider,
        seen_on=seen_on,
        source=source,
    )
    return referral


@transaction.atomic
def record_no_show(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """The patient did not come: back to being scheduled, one attempt more."""
    referral = lock(referral_id)
    appointment_id = referral.appointment_id
    make(
        referral,
        "no_show",
        by=by,
        note=note,
        appointment=None,
        visiting=Visiting.NO_SHOW,
        contact=Contact.NOT_STARTED,
        outreach_attempts=referral.outreach_attempts + 1,
    )
    if appointment_id:
        scheduling.miss(appointment_id=appointment_id)
    return referral
