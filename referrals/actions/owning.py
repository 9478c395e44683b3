"""One owner, notes between colleagues, and pauses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from organizations import links
from organizations.models import Membership
from referrals.actions.moving import By, lock, lock_open, make, record
from referrals.actions.outreach import BOOKING
from referrals.facets import Contact, Loop, Visiting
from referrals.lifecycle import IllegalMove
from referrals.models import Note, Referral
from scheduling import actions as scheduling


@transaction.atomic
def assign(*, referral_id: UUID, owner: Membership | None, by: By) -> Referral:
    """Give the referral to a colleague, or to nobody. Giving it to its owner changes nothing."""
    referral = lock_open(referral_id)
    if referral.owner_id == (owner.pk if owner else None):
        return referral
    title = f"Given to {owner.user.full_name}" if owner else "Given back to the team"
    record(referral, "assigned", title, by=by, owner=owner)
    return referral


@transaction.atomic
def add_note(*, referral_id: UUID, text: str, by: By) -> Note:
    """Leave a note for colleagues."""
    referral = lock_open(referral_id)
    record(referral, "note", "Note", by=by, note=text)
    return Note.objects.create(referral=referral, text=text, user=by.user)


@transaction.atomic
def hold(*, referral_id: UUID, until: datetime, reason: str, by: By) -> Referral:
    """Pause the clock until a day; the pause is on the timeline."""
    referral = lock_open(referral_id)
    title = f"On hold until {until.astimezone(referral.organization.zone):%m/%d/%Y}"
    record(referral, "held", title, by=by, note=reason, hold_until=until, hold_reason=reason)
    return referral


@transaction.atomic
def resume(*, referral_id: UUID, by: By) -> Referral:
    """Start the clock again."""
    referral = lock_open(referral_id)
    if referral.hold_until is None:
        raise IllegalMove("The referral is not on hold.")
    record(referral, "resumed", "Taken off hold", by=by, hold_until=None, hold_reason="")
    return referral


@transaction.atomic
def end(*, referral_id: UUID, move: str, reason: str, by: By, leak_code: str = "") -> Referral:
    """Cancel, resolve, void or close as lost, with the reason; a leak keeps its code and stage.

    A booked opening is freed and the patient's booking link is closed.
    """
    referral = lock(referral_id)
    changes: dict[str, Any] = {}
    if leak_code:
        changes |= {"leak_code": leak_code, "leaked_at_stage": referral.stage}
    appointment_id = referral.appointment_id
    if appointment_id:
        changes |= {"appointment": None, "visiting": Visiting.CANCELLED}
    make(referral, move, by=by, note=reason, **changes)
    if appointment_id:
        scheduling.cancel(appointment_id=appointment_id, reason="The referral has ended")
    links.revoke(purpose=BOOKING, subject_id=referral.pk)
    return referral


@transaction.atomic
def bring_back(*, referral_id: UUID, move: str, by: By, note: str = "") -> Referral:
    """Reopen or recover an ended referral: outreach, visit and report begin again."""
    referral = lock(referral_id)
    make(
        referral,
        move,
        by=by,
        note=note,
        leak_code="",
        leaked_at_stage="",
        appointment=None,
        visiting=Visiting.NONE,
        contact=Contact.NOT_STARTED,
        outreach_attempts=0,
        loop=Loop.NONE,
    )
    return referral
