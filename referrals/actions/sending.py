"""A referral goes to another office; what that office tells us is recorded by hand."""

from uuid import UUID

from django.db import transaction

from referrals.actions.moving import By, lock, make
from referrals.models import Referral


@transaction.atomic
def record_sent(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """It left by other means: by hand, by mail, by a fax machine of ours."""
    referral = lock(referral_id)
    make(referral, "send", by=by, note=note)
    return referral


@transaction.atomic
def record_receipt(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """The other office has it."""
    referral = lock(referral_id)
    make(referral, "acknowledge", by=by, note=note)
    return referral


@transaction.atomic
def record_failed_delivery(*, referral_id: UUID, by: By, reason: str) -> Referral:
    """It did not arrive, and is a draft again."""
    referral = lock(referral_id)
    make(referral, "bounce", by=by, note=reason)
    return referral


@transaction.atomic
def redirect(*, referral_id: UUID, by: By, reason: str) -> Referral:
    """Another office is better placed; the reason says which and why."""
    referral = lock(referral_id)
    make(referral, "redirect", by=by, note=reason)
    return referral
