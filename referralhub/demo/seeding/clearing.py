"""What payers said: each accepted referral's question and answer, and the benefits in it."""

from datetime import datetime, timedelta
from decimal import Decimal

from insurance.models import Benefit, EligibilityCheck
from jobs.actions import later
from organizations.ids import uuid7
from referralhub.demo.payers import AUTHORIZATION_RULES
from referralhub.demo.seeding.phrases import REFUSED_BY_PAYER
from referralhub.demo.seeding.rows import Rows, reserve
from referralhub.demo.seeding.story import Story
from referralhub.demo.world import AuthorizationRule
from referrals.actions.moving import By
from referrals.facets import AuthorizationState, Eligibility

State = EligibilityCheck.State
# By the end of the member id, as the sandbox payer decides; all others are active.
ANSWERS = {"0": State.INACTIVE, "8": State.NEEDS_INFO, "9": State.PENDING}
SENTENCES = {
    State.INACTIVE: "The payer says this coverage is not active.",
    State.NEEDS_INFO: "The payer does not know this member number.",
    State.PAYER_DOWN: "The payer has not answered. Call them, or wait.",
}
# Dollars; other kinds of plan have none.
COPAYS = {"PPO": 40, "HMO": 30, "EPO": 45, "POS": 35, "Medicare Advantage": 25}
DEDUCTIBLES = {"PPO": 1500, "HMO": 500, "EPO": 2000, "POS": 1000, "Medicare": 257}
DENIED = "L4-AUTH-DENIED"
PAYER = By(label="ReferralHub")
OFFICE_VISIT, WHOLE_PLAN = "98", "30"  # X12 service types


def answer_of(story: Story) -> State:
    """What the sandbox payer would say about this patient today."""
    return ANSWERS.get(story.person.member_id[-1], State.ACTIVE)


def wants_authorization(story: Story) -> bool:
    """Whether the most specific of the payer's rules asks for one, or it was denied here."""
    rules = [rule for rule in AUTHORIZATION_RULES if _applies(rule, story)]
    return story.plan.code == DENIED or (bool(rules) and max(rules, key=_specific).required)


def _applies(rule: AuthorizationRule, story: Story) -> bool:
    plan = story.plan
    return (
        rule.payer_id == plan.patient.payer_id
        and rule.plan_kind in {"", plan.patient.plan.kind}
        and rule.specialty in {"", plan.specialty.code}
        and rule.cpt in {"", *(service.code for service in plan.reason.services)}
    )


def _specific(rule: AuthorizationRule) -> int:
    return sum(map(bool, (rule.plan_kind, rule.specialty, rule.cpt)))


def ask(story: Story, at: datetime) -> EligibilityCheck:
    """Coverage is asked about, as accepting does."""
    check = EligibilityCheck(
        coverage=story.person.coverage,
        about_id=story.referral.pk,
        service_on=at.date(),
        trace=uuid7().hex[:30],
        asked_at=at,
    )
    story.clinic.rows.add(check)
    by, title = story.clinic.by("nurse"), "Asked the payer about coverage"
    story.record("eligibility_asked", title, at=at, by=by, eligibility=Eligibility.PENDING)
    return check


def answered(story: Story, check: EligibilityCheck, state: State, at: datetime) -> None:
    """The payer's answer, with what it says of money."""
    check.state, check.answered_at = state, None if state == State.PAYER_DOWN else at
    check.sentence = SENTENCES.get(state) or _active(story, check)
    changes: dict[str, str] = {"eligibility": Eligibility(state)}
    if state == State.ACTIVE:
        wanted = wants_authorization(story)
        check.auth_required = "yes" if wanted else "no"
        changes["authorization"] = AuthorizationState.REQUIRED if wanted else AuthorizationState.NOT_REQUIRED
    story.record(f"eligibility_{state}", f"Coverage: {check.sentence}", at=at, by=PAYER, **changes)


def leave_to_the_worker(story: Story, check: EligibilityCheck) -> None:
    """A question on its way is really asked, by a job, once a worker runs."""
    later("referrals.ask_payer", story.referral.pk, check.pk, dedupe_key=str(check.pk))


def cleared(story: Story, at: datetime) -> None:
    """Coverage of a referral that goes on: whatever stood in the way was put right the same day."""
    first, by = answer_of(story), story.clinic.by("insurance")
    check = ask(story, at)
    answered(story, check, State.ACTIVE if first == State.PENDING else first, at + timedelta(seconds=9))
    if first == State.INACTIVE:
        story.record(
            "self_pay", "Patient pays without insurance", at=at + timedelta(minutes=48), by=by,
            eligibility=Eligibility.SELF_PAY, authorization=AuthorizationState.NOT_REQUIRED,
        )  # fmt: skip
    elif first == State.NEEDS_INFO:
        title, corrected_at = "Coverage corrected", at + timedelta(minutes=35)
        story.record("coverage", title, at=corrected_at, by=by, eligibility=Eligibility.NOT_CHECKED)
        again = ask(story, corrected_at + timedelta(seconds=1))
        answered(story, again, State.ACTIVE, corrected_at + timedelta(seconds=9))
    if story.referral.authorization == AuthorizationState.REQUIRED:
        _authorized(story, at)


def _authorized(story: Story, at: datetime) -> None:
    denied = story.plan.code == DENIED
    decided_at = story.clinic.clock.between(at + timedelta(hours=1), story.until, 0.3)
    name = story.person.coverage.payer.name
    if denied:
        title, state = f"Authorization denied by {name}", AuthorizationState.DENIED
    else:
        title, state = f"Authorization approved by {name}", AuthorizationState.APPROVED
    note = REFUSED_BY_PAYER if denied else ""
    by = story.clinic.by("insurance")
    story.record(f"authorization_{state}", title, at=decided_at, by=by, note=note, authorization=state)


def _active(story: Story, check: EligibilityCheck) -> str:
    plan = story.person.coverage.plan
    kind = plan.kind if plan else ""
    copay, deductible = COPAYS.get(kind, 0), DEDUCTIBLES.get(kind, 0)
    check.plan_name = str(plan or "")
    rows = story.clinic.rows
    rows.add(_benefit(check, "copay", copay, service_type=OFFICE_VISIT, period="visit"))
    if deductible:
        left = deductible * story.clinic.rng.randrange(11) // 10
        rows.add(_benefit(check, "deductible", deductible, service_type=WHOLE_PLAN, period="calendar_year"))
        rows.add(_benefit(check, "deductible", left, service_type=WHOLE_PLAN, period="remaining"))
    return f"Active with {plan}" + (f", copay ${copay}." if copay else ".")


def _benefit(check: EligibilityCheck, kind: str, dollars: int, *, service_type: str, period: str) -> Benefit:
    return Benefit(
        check_made=check,
        kind=kind,
        service_type=service_type,
        network="in",
        period=period,
        amount=Decimal(dollars),
        is_remaining=period == "remaining",
    )


def number_questions(rows: Rows) -> None:
    """Interchange numbers, in the order in which the questions were put."""
    checks = sorted(rows.of(EligibilityCheck), key=lambda check: check.asked_at)
    for check, number in zip(checks, reserve("interchange", len(checks)), strict=True):
        check.control_number = number
