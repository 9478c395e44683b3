"""Reaching the patient: a text or e-mail with a link, or a call."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notifications import actions as notifications
from notifications.models import Message
from organizations import links
from referrals.actions.moving import By, lock, lock_open, record
from referrals.facets import Contact
from referrals.models import Referral

BOOKING = "booking"
LINK_LIFE = timedelta(days=7)


class NotReachable(Exception):
    """No way to write to the patient; the text says what to do instead."""


class NotReady(Exception):
    """The referral cannot be booked yet; the text says what is missing."""


def text_booking_link(*, referral_id: UUID, by: By) -> Referral:
    """Send the patient a link to pick a time, by text, else by e-mail; raises NotReady and NotReachable.

    That the patient cannot be written to is kept, also when it is raised: a person must call.
    """
    referral, obstacle = _text_booking_link(referral_id, by)
    if obstacle:
        raise NotReachable(obstacle)
    return referral


@transaction.atomic
def _text_booking_link(referral_id: UUID, by: By) -> tuple[Referral, str]:
    referral = lock(referral_id)
    if referral.next_code not in {"text_patient", "await_patient", "call_patient"}:
        raise NotReady(f"Not ready to book. Next: {referral.next_action}.")
    try:
        message = _write(referral)
    except notifications.NoAddress as nobody:
        contact = Contact.OPTED_OUT if nobody.opted_out else Contact.UNREACHABLE
        title = "Patient could not be written to"
        record(referral, "not_reachable", title, by=by, note=str(nobody), contact=contact)
        return referral, str(nobody)
    record(
        referral,
        "link_sent",
        f"Booking link sent by {message.get_channel_display().lower()}",
        by=by,
        contact=Contact.ATTEMPTING,
        outreach_attempts=referral.outreach_attempts + 1,
    )
    return referral, ""


@transaction.atomic
def _write(referral: Referral) -> Message:
    token = links.issue(purpose=BOOKING, subject_id=referral.pk, expires_at=timezone.now() + LINK_LIFE)
    return notifications.write(
        patient=referral.patient,
        template="booking_reminder" if referral.outreach_attempts else "booking_link",
        about_id=referral.pk,
        link=links.address(f"/p/{token}/"),
    )


@transaction.atomic
def log_call(*, referral_id: UUID, by: By, reached: bool, note: str = "") -> Referral:
    """Somebody called the patient. Without an answer the next action stays what it was."""
    referral = lock_open(referral_id)
    attempts = referral.outreach_attempts + 1
    title = "Called the patient" if reached else "Called the patient, no answer"
    contact = Contact.REACHED if reached else referral.contact
    record(referral, "call", title, by=by, note=note, contact=contact, outreach_attempts=attempts)
    return referral


@transaction.atomic
def take_refusal(*, referral_id: UUID, by: By, reason: str = "") -> Referral:
    """The patient does not want the visit; a person tells the referrer."""
    referral = lock(referral_id)
    title = "Patient does not want the visit"
    record(referral, "patient_declined", title, by=by, note=reason, contact=Contact.DECLINED)
    return referral


@transaction.atomic
def ask_for_call(*, referral_id: UUID, by: By, when: str) -> Referral:
    """The patient found no time that suits and asks to be called."""
    referral = lock(referral_id)
    record(referral, "call_asked", "Patient asks to be called", by=by, note=when, contact=Contact.UNREACHABLE)
    return referral
