"""Taking an opening and giving it back. The database has the last word on who was first."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from organizations.models import Organization
from organizations.spoken import short_moment
from patients.models import Patient
from scheduling.models import LIVE, Appointment, AppointmentState, Slot

ONE_LIVE_VISIT = "one_live_visit_per_slot"


class SlotTaken(Exception):
    """The opening cannot be had any more; the text says why and what to do."""


@transaction.atomic
def book(*, slot_id: UUID, patient: Patient, by: str) -> Appointment:
    """Give the patient this opening; `by` is "staff" or "patient". Raises SlotTaken."""
    slot = Slot.objects.select_for_update().filter(pk=slot_id).first()
    if slot is None or slot.withdrawn:
        raise SlotTaken("That time is no longer offered. Pick another.")
    if slot.starts_at <= timezone.now():
        raise SlotTaken("That time has passed. Pick another.")
    if slot.appointments.filter(state__in=LIVE).exists():
        raise SlotTaken("That time was just taken. Pick another.")
    return _take(slot, patient, by)


def _take(slot: Slot, patient: Patient, by: str) -> Appointment:
    try:
        with transaction.atomic():
            return Appointment.objects.create(slot=slot, patient=patient, booked_by=by)
    except IntegrityError as refusal:
        if ONE_LIVE_VISIT not in str(refusal):
            raise
        raise SlotTaken("That time was just taken. Pick another.") from refusal


@transaction.atomic
def cancel(*, appointment_id: UUID | None, reason: str) -> None:
    """Free the opening. Without an appointment nothing happens: the caller's rules say what that means."""
    _end(appointment_id, AppointmentState.CANCELLED, reason)


@transaction.atomic
def complete(*, appointment_id: UUID | None) -> None:
    """The patient was seen."""
    _end(appointment_id, AppointmentState.COMPLETED)


@transaction.atomic
def miss(*, appointment_id: UUID | None) -> None:
    """The patient did not come."""
    _end(appointment_id, AppointmentState.NO_SHOW)


def _end(appointment_id: UUID | None, state: str, reason: str = "") -> None:
    if appointment_id is None:
        return
    appointment = Appointment.objects.select_for_update().get(pk=appointment_id)
    appointment.state, appointment.cancel_reason = state, reason[:120]
    appointment.save(update_fields=["state", "cancel_reason"])


def spoken(appointment: Appointment, organization: Organization) -> str:
    """When it is, for the timeline: "Wed Nov 25, 10:20 AM" in the clinic's zone."""
    with translation.override("en"):
        return short_moment(appointment.slot.starts_at.astimezone(organization.zone))
