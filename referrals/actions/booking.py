"""The visit's time: booked by the patient or by staff, moved, cancelled."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from notifications import actions as notifications
from organizations import links
from referrals.actions.moving import By, lock, make
from referrals.actions.outreach import BOOKING
from referrals.facets import Contact, Visiting
from referrals.lifecycle import IllegalMove, Stage, target_of
from referrals.models import Referral
from scheduling import actions as scheduling


@transaction.atomic
def book(*, referral_id: UUID, slot_id: UUID, by: By, by_patient: bool = False, link: str = "") -> Referral:
    """Give the patient this opening; raises scheduling.SlotTaken and lifecycle.IllegalMove.

    Asking twice for the opening one already has changes nothing.
    """
    referral = lock(referral_id)
    moved = referral.stage == Stage.SCHEDULED
    if moved and referral.appointment and referral.appointment.slot_id == slot_id:
        return referral
    move = "reschedule" if moved else "schedule"
    target_of(move, Stage(referral.stage))
    appointment = scheduling.book(
        slot_id=slot_id, patient=referral.patient, by="patient" if by_patient else "staff"
    )
    if referral.appointment_id and moved:
        scheduling.cancel(appointment_id=referral.appointment_id, reason="Moved to another time")
    when = scheduling.spoken(appointment, referral.organization)
    make(
        referral,
        move,
        by=by,
        title=f"Visit {'moved to' if moved else 'booked for'} {when}",
        appointment=appointment,
        visiting=Visiting.BOOKED,
        contact=Contact.REACHED,
    )
    _confirm(referral, link)
    return referral


@transaction.atomic
def record_booked(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """The other office booked the visit; when, if they said so, stands in the note."""
    referral = lock(referral_id)
    if referral.direction != Referral.Direction.OUTBOUND:
        raise IllegalMove("Choose an opening: the visit is with us.")
    make(referral, "schedule", by=by, note=note, visiting=Visiting.BOOKED, contact=Contact.REACHED)
    return referral


@transaction.atomic
def cancel(*, referral_id: UUID, by: By, reason: str) -> Referral:
    """Free the opening; the referral goes back to being scheduled."""
    referral = lock(referral_id)
    appointment_id = referral.appointment_id
    make(referral, "cancel_appointment", by=by, note=reason, appointment=None, visiting=Visiting.CANCELLED)
    if appointment_id:
        scheduling.cancel(appointment_id=appointment_id, reason=reason)
    return referral


def _confirm(referral: Referral, link: str) -> None:
    if referral.appointment is None:
        return
    slot = referral.appointment.slot
    notifications.write_if_possible(
        patient=referral.patient,
        template="booked",
        about_id=referral.pk,
        link=link or _new_link(referral, slot.ends_at),
        when=slot.starts_at,
    )


def _new_link(referral: Referral, expires_at: datetime) -> str:
    token = links.issue(purpose=BOOKING, subject_id=referral.pk, expires_at=expires_at)
    return links.address(f"/p/{token}/")
