"""Asking a payer about coverage: the question as a row, the reply recorded with it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from insurance.models import Benefit, Coverage, EligibilityCheck
from insurance.questions import Question, Reply
from organizations.ids import uuid7
from organizations.numbers import next_number


@transaction.atomic
def open_check(*, coverage_id: UUID, about_id: UUID | None = None) -> EligibilityCheck:
    """A question not yet asked, for a visit today: payers answer for the day they are asked on."""
    coverage = Coverage.objects.select_related("organization").get(pk=coverage_id)
    today = timezone.now().astimezone(coverage.organization.zone).date()
    return EligibilityCheck.objects.create(
        coverage=coverage,
        about_id=about_id,
        service_on=today,
        trace=uuid7().hex[:30],
        control_number=next_number("interchange"),
    )


def question_of(check_id: UUID | str) -> Question:
    """Everything the payer is told, read from the rows."""
    check = EligibilityCheck.objects.select_related(
        "coverage__patient", "coverage__payer", "organization"
    ).get(pk=check_id)
    coverage, patient = check.coverage, check.coverage.patient
    return Question(
        payer_name=coverage.payer.name,
        payer_id=coverage.payer.payer_id,
        provider_name=check.organization.name,
        provider_npi=check.organization.npi,
        member_id=coverage.member_id or "",
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        service_on=check.service_on,
        trace=check.trace,
        control_number=check.control_number,
    )


@transaction.atomic
def record_reply(check_id: UUID | str, reply: Reply) -> EligibilityCheck:
    """Write the payer's reply beside the question. Both X12 texts are kept, sealed."""
    check = EligibilityCheck.objects.select_for_update().get(pk=check_id)
    check.state, check.sentence = reply.state, reply.sentence[:300]
    check.question, check.answer = reply.question_text, reply.answer_text
    check.plan_name, check.auth_required = reply.plan_name[:120], reply.auth_required
    check.rejections, check.answered_at = list(reply.rejections), timezone.now()
    check.save()
    for line in reply.benefits:
        Benefit.objects.create(
            check_made=check,
            kind=line.kind[:20],
            service_type=line.service_type[:60],
            network=line.network[:8],
            period=line.period[:20],
            amount=line.amount,
            percent=line.percent,
            is_remaining=line.is_remaining,
            message=line.message,
        )
    return check


@transaction.atomic
def record_silence(check_id: UUID | str) -> EligibilityCheck:
    """The payer has not answered for a while; asking goes on."""
    check = EligibilityCheck.objects.select_for_update().get(pk=check_id)
    check.state, check.sentence = (
        EligibilityCheck.State.PAYER_DOWN,
        "The payer has not answered. Call them, or wait.",
    )
    check.save()
    return check
