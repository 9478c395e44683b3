"""A referral that lacks something is taken in all the same, and its sender is asked for the rest."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from intake.actions import accepting
from organizations.models import Membership
from referrals.actions import receiving
from referrals.actions.moving import By
from referrals.models import Referral


@transaction.atomic
def ask(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    values: Mapping[str, str],
    patient_id: UUID | None,
    wanted: str,
    ticked: Collection[str] = (),
) -> Referral:
    """Make the referral as `accepting.accept` does, and ask its sender for `wanted`; raises the same."""
    referral = accepting.accept(
        arrival_id=arrival_id,
        reading_id=reading_id,
        membership=membership,
        values=values,
        patient_id=patient_id,
        ticked=ticked,
    )
    return receiving.ask(referral_id=referral.pk, by=By(user=membership.user), wanted=wanted)
