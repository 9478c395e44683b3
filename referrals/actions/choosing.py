"""An office is chosen for a referral, and what choosing rests on is set."""

from uuid import UUID

from django.db import transaction

from insurance.models import Plan
from providers.models import Practice, Provider
from referrals.actions.moving import By, lock, make, record
from referrals.lifecycle import IllegalMove, Stage, moves_from
from referrals.models import Referral


def may_choose(referral: Referral) -> bool:
    """Whether another office can be chosen now: before it is sent, and once an office has turned it away."""
    stage = Stage(referral.stage)
    return stage == Stage.DRAFT or (
        "redirect" in moves_from(stage)
        and (referral.direction == Referral.Direction.OUTBOUND or stage == Stage.DECLINED)
    )


@transaction.atomic
def choose(*, referral_id: UUID, office_id: UUID, by: By, why: str = "") -> Referral:
    """Send it there: a draft gets its destination, one that was received or declined is redirected.

    Where one clinician of the office has the specialty, it is theirs. Raises lifecycle.IllegalMove.
    """
    referral = lock(referral_id)
    if not may_choose(referral):
        raise IllegalMove(
            f"The referral is at “{referral.stage_label}”: its office can no longer be changed."
        )
    office: Practice = Practice.objects.get(pk=office_id)
    people = list(
        Provider.objects.filter(practice=office, specialty=referral.specialty_id, is_active=True)[:2]
    )
    chosen = {"receiving_practice": office, "receiving_provider": people[0] if len(people) == 1 else None}
    if referral.stage == Stage.DRAFT:
        record(referral, "destination_chosen", f"To be sent to {office.name}", by=by, note=why, **chosen)
    else:
        make(referral, "redirect", by=by, note=why, title=f"Redirected to {office.name}", **chosen)
    return referral


@transaction.atomic
def set_network(*, plan_id: UUID, network_id: UUID | None) -> None:
    """Say whom a plan pays in full."""
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if plan.network_id != network_id:
        plan.network_id = network_id
        plan.save(update_fields=["network"])
