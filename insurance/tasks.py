"""Putting a question to a payer: X12 270 out, 271 back, as values."""

from django.conf import settings

from gateways import GatewayUnavailable, gateway
from gateways.clearinghouse import Reply as WireReply
from gateways.clearinghouse.x12.eligibility import (
    EligibilityAnswer,
    EligibilityQuestion,
    build_270,
    read_271,
)
from gateways.clearinghouse.x12.eligibility.answer import Benefit as WireBenefit
from insurance.models import EligibilityCheck
from insurance.questions import BenefitLine, Question, Reply

State = EligibilityCheck.State
STATES = {
    "active": State.ACTIVE,
    "active_pending": State.ACTIVE,
    "inactive": State.INACTIVE,
    "inactive_pending": State.INACTIVE,
    "error": State.NEEDS_INFO,
    "unknown": State.NEEDS_INFO,
}
READABLE = {"271", "999", "TA1"}  # the last two refuse the question itself
KEPT_KINDS = {"copay", "coinsurance", "deductible", "out_of_pocket", "limitation", "primary_care", "excluded"}


class NotAnsweredYet(GatewayUnavailable):
    """The payer took the question and will answer later: ask for the answer again."""


def put_question(question: Question) -> Reply:
    """Ask the payer and wait. Raises GatewayUnavailable when it is worth asking again later."""
    text = build_270(_as_x12(question))
    clearinghouse = gateway("clearinghouse")
    wire = clearinghouse.poll(trace=question.trace) or clearinghouse.exchange(
        transaction="270", payload=text, trace=question.trace
    )
    if wire.kind == "pending":
        raise NotAnsweredYet("The payer has the question and has not answered yet.")
    return _understood(text, wire, question.trace)


def _understood(text: str, wire: WireReply, trace: str) -> Reply:
    if wire.kind != "271":
        return Reply(
            State.PAYER_DOWN, "The payer sent something that could not be read. Call them.", text, wire.text
        )
    answer = read_271(wire.text)
    if answer.status == "pending":
        raise NotAnsweredYet("The payer has the question and has not answered yet.")
    return Reply(
        state=STATES[answer.status],
        sentence=_sentence(answer),
        question_text=text,
        answer_text=wire.text,
        plan_name=answer.plan_name,
        auth_required=answer.auth_required,
        rejections=tuple(f"{r.code}: {r.meaning}" for r in answer.rejections),
        benefits=tuple(_line(b) for b in answer.benefits if b.kind in KEPT_KINDS),
    )


def _sentence(answer: EligibilityAnswer) -> str:
    if answer.rejections:
        return answer.rejections[0].meaning
    if answer.status.startswith("active"):
        copay = answer.find("copay")
        plan = answer.plan_name or "the plan"
        return f"Active with {plan}" + (f", copay ${copay.amount:,.0f}." if copay and copay.amount else ".")
    if answer.status.startswith("inactive"):
        return "The payer says this coverage is not active."
    return "The payer answered without saying whether coverage is active. Call them."


def _line(benefit: WireBenefit) -> BenefitLine:
    return BenefitLine(
        kind=benefit.kind,
        service_type=benefit.service_type,
        network=benefit.network,
        period=benefit.period,
        amount=benefit.amount,
        percent=benefit.percent,
        is_remaining=benefit.remaining,
        message=benefit.message,
    )


def _as_x12(question: Question) -> EligibilityQuestion:
    return EligibilityQuestion(
        payer_name=question.payer_name,
        payer_id=question.payer_id,
        provider_name=question.provider_name,
        provider_npi=question.provider_npi,
        member_id=question.member_id,
        given_name=question.given_name,
        family_name=question.family_name,
        birth_date=question.birth_date,
        sex=question.sex,
        service_on=question.service_on,
        service_types=("30", "98"),
        trace=question.trace,
        control_number=question.control_number,
        sender_id=question.provider_npi,
        receiver_id=question.payer_id,
        production=not settings.SANDBOX,
    )
