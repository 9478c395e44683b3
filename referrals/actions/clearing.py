"""What must be green before booking: coverage now, authorization in a later part."""

from uuid import UUID

from django.db import transaction

from insurance import actions as insurance
from insurance.models import Coverage, EligibilityCheck, Payer
from jobs.actions import later
from referrals.actions.moving import SYSTEM, By, lock, lock_open, record
from referrals.facets import AuthorizationState, Eligibility
from referrals.models import Referral

AUTHORIZATION = {
    "yes": AuthorizationState.REQUIRED,
    "no": AuthorizationState.NOT_REQUIRED,
    "unknown": AuthorizationState.UNKNOWN,
}


class NoCoverage(Exception):
    """The payer cannot be asked; the text says what to add."""


@transaction.atomic
def check_coverage(*, referral_id: UUID, by: By) -> EligibilityCheck:
    """Ask the payer whether the patient's coverage is active. The answer comes by a job.

    A question on its way is not asked twice. Raises NoCoverage and, when it has ended, lifecycle.IllegalMove.
    """
    referral = lock_open(referral_id)
    if referral.eligibility == Eligibility.PENDING and (asked := _on_its_way(referral)):
        return asked
    return ask_payer(referral, by=by)


def ask_payer(referral: Referral, *, by: By) -> EligibilityCheck:
    """Put the question for a locked referral."""
    if referral.coverage_id is None:
        raise NoCoverage("Add the patient's coverage first.")
    check = insurance.open_check(coverage_id=referral.coverage_id, about_id=referral.pk)
    title = "Asked the payer about coverage"
    record(referral, "eligibility_asked", title, by=by, eligibility=Eligibility.PENDING)
    later("referrals.ask_payer", referral.pk, check.pk, dedupe_key=str(check.pk))
    return check


@transaction.atomic
def take_answer(*, referral_id: UUID | str, check: EligibilityCheck) -> Referral:
    """The payer answered: the facet follows, and with it the next action.

    An answer that a newer question overtook is only written down.
    """
    referral = lock(referral_id)
    changes: dict[str, str] = {}
    if not EligibilityCheck.objects.filter(about_id=referral.pk, asked_at__gt=check.asked_at).exists():
        changes["eligibility"] = Eligibility(check.state)
        if check.state == EligibilityCheck.State.ACTIVE and referral.authorization in AUTHORIZATION.values():
            changes["authorization"] = AUTHORIZATION[check.auth_required]
    record(referral, f"eligibility_{check.state}", f"Coverage: {check.sentence}"[:160], by=SYSTEM, **changes)
    return referral


@transaction.atomic
def set_coverage(
    *, referral_id: UUID, payer: Payer, member_id: str, group_number: str = "", by: By
) -> EligibilityCheck:
    """Add the patient's coverage, or correct it, and ask the payer about it at once."""
    referral = lock_open(referral_id)
    corrected = referral.coverage_id is not None
    coverage = (
        Coverage.objects.get(pk=referral.coverage_id) if corrected else Coverage(patient=referral.patient)
    )
    if corrected and coverage.payer_id != payer.pk:
        coverage.plan = None
    coverage.payer, coverage.member_id, coverage.group_number = payer, member_id, group_number
    coverage.save()
    title = "Coverage corrected" if corrected else f"Coverage added: {payer}"
    record(referral, "coverage", title, by=by, coverage=coverage, eligibility=Eligibility.NOT_CHECKED)
    return ask_payer(referral, by=by)


@transaction.atomic
def accept_self_pay(*, referral_id: UUID, by: By) -> Referral:
    """The patient will pay: eligibility no longer stands in the way."""
    referral = lock_open(referral_id)
    record(
        referral,
        "self_pay",
        "Patient pays without insurance",
        by=by,
        eligibility=Eligibility.SELF_PAY,
        authorization=AuthorizationState.NOT_REQUIRED,
    )
    return referral


@transaction.atomic
def mark_authorization_not_required(*, referral_id: UUID, by: By, reason: str) -> Referral:
    """The payer said so by telephone or on its list."""
    referral = lock_open(referral_id)
    record(
        referral,
        "authorization_not_required",
        "No authorization required",
        by=by,
        note=reason,
        authorization=AuthorizationState.NOT_REQUIRED,
    )
    return referral


def _on_its_way(referral: Referral) -> EligibilityCheck | None:
    pending = EligibilityCheck.objects.filter(about_id=referral.pk, state=EligibilityCheck.State.PENDING)
    return pending.order_by("-asked_at").first()
