"""The year's referrals of both organizations: what goes from one to the other is on the books of both."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from referralhub.demo.hours import ZONE, Diary
from referralhub.demo.journeys import PlannedStep, ReferralPlan, referral_plans
from referralhub.demo.people import patients
from referralhub.demo.practices import LAKESIDE, PRAIRIE, PRAIRIE_PRACTICE, REFERRERS, SPECIALTY_BY_CODE
from referralhub.demo.seeding.timing import Clock, freshened, with_visit_near
from referralhub.demo.world import Code, Reason

SEED = 20_260
COUNT = 300  # about 400 rows, since a quarter is on both books
VOID_ONES = 3
MORE_ACCEPTED = 10
OPEN = ("draft", "sent", "received", "info_requested", "accepted", "seen", "reported", "declined")
TO_PRIMARY_CARE = (
    Reason("Establish primary care after moving to Decatur", (Code("Z76.89", "New to the practice"),)),
    Reason("Clearance before knee replacement", (Code("Z01.818", "Examination before surgery"),)),
    Reason("Blood pressure check after urgent care", (Code("I10", "High blood pressure"),)),
)
OF_ADULTS = tuple(r for r in REFERRERS if r.practice is not PRAIRIE_PRACTICE and r.specialty != "pediatrics")
_ACCEPTED = ("receive", "accept")
_CLOSED = (*_ACCEPTED, "schedule", "record_visit", "report", "acknowledge_report")
WAYS_TO_PRIMARY_CARE = (
    ("received", ("receive",)),
    ("received", ("receive",)),
    ("accepted", _ACCEPTED),
    ("scheduled", (*_ACCEPTED, "schedule")),
    ("closed", _CLOSED),
    ("closed", _CLOSED),
)


def plans_of_the_year(clock: Clock) -> dict[str, list[ReferralPlan]]:
    """Plans by the organization's slug, oldest first."""
    rng = Random(SEED)
    told = _endings_settled(referral_plans(rng, COUNT, clock.diary.today), clock.diary)
    told = [freshened(plan, clock, rng) if plan.stage in OPEN else plan for plan in told]
    told = _with_visits_near(told, clock.diary)
    everything = [*told, *_other_books(told), *_to_primary_care(rng, clock)]
    everything.sort(key=lambda plan: plan.created_at)
    return {
        slug: [plan for plan in everything if plan.organization == slug]
        for slug in (LAKESIDE.slug, PRAIRIE.slug)
    }


# ---------------------------------------------------------------- endings that the world does not have


def _endings_settled(plans: tuple[ReferralPlan, ...], diary: Diary) -> list[ReferralPlan]:
    closed = [plan for plan in plans if plan.stage == "closed"]
    declined = [plan for plan in plans if plan.stage == "declined"]
    changed = {
        **{plan: _still_accepted(plan) for plan in closed[:: len(closed) // MORE_ACCEPTED]},
        **{plan: _ended(plan, diary) for plan in declined if declined.index(plan) % 3},
        **{plan: _raised_in_error(plan) for plan in closed[-VOID_ONES:]},
    }
    return [changed.get(plan, plan) for plan in plans]


def _still_accepted(plan: ReferralPlan) -> ReferralPlan:
    """Clearing and reaching patients is most of the day's work, so more are made to be there."""
    until = next(place for place, step in enumerate(plan.steps) if step.move == "accept") + 1
    return replace(plan, stage="accepted", steps=plan.steps[:until], visit_at=None)


def _raised_in_error(plan: ReferralPlan) -> ReferralPlan:
    """What was sent twice: it is voided when somebody first looks at it."""
    looked = 1 + next(n for n, step in enumerate(plan.steps) if step.move in {"receive", "acknowledge"})
    steps = (*plan.steps[:looked], PlannedStep("void", plan.steps[looked].at))
    return replace(plan, stage="void", steps=steps, visit_at=None)


def _ended(plan: ReferralPlan, diary: Diary) -> ReferralPlan:
    """Most that were declined wait for no other office any more: the referrer was told the next day."""
    declined_at = plan.steps[-1].at
    next_day = diary.days[bisect_right(diary.days, declined_at.date())]
    if next_day >= diary.today:
        return plan
    told = PlannedStep("cancel", datetime.combine(next_day, declined_at.timetz()))
    return replace(plan, stage="cancelled", left_at="declined", steps=(*plan.steps, told))


# ---------------------------------------------------------------- in time


def _with_visits_near(plans: list[ReferralPlan], diary: Diary) -> list[ReferralPlan]:
    scheduled = [plan for plan in plans if plan.stage == "scheduled"]
    near = {plan: with_visit_near(plan, place, diary) for place, plan in enumerate(scheduled)}
    return [near.get(plan, plan) for plan in plans]


# ---------------------------------------------------------------- the other side's books


def _other_books(plans: Iterable[ReferralPlan]) -> list[ReferralPlan]:
    ours = [_as_received(plan) for plan in plans if plan.direction == "outbound" and plan.received_at]
    theirs = [
        _as_sent(plan)
        for plan in plans
        if plan.direction == "inbound" and plan.referrer.practice is PRAIRIE_PRACTICE
    ]
    return ours + theirs


def _as_received(plan: ReferralPlan) -> ReferralPlan:
    """What Prairie sent, as Lakeside has it: from the moment it came."""
    came = next(place for place, step in enumerate(plan.steps) if step.move == "acknowledge")
    steps = (PlannedStep("receive", plan.steps[came].at), *plan.steps[came + 1 :])
    return replace(plan, organization=LAKESIDE.slug, direction="inbound", steps=steps)


def _as_sent(plan: ReferralPlan) -> ReferralPlan:
    """What Lakeside received from Prairie, as Prairie has it: written and sent shortly before."""
    came = plan.steps[0].at
    written = PlannedStep("create", came - timedelta(minutes=31))
    sent = PlannedStep("send", came - timedelta(minutes=9))
    steps = (written, sent, PlannedStep("acknowledge", came), *plan.steps[1:])
    return replace(plan, organization=PRAIRIE.slug, direction="outbound", steps=steps)


# ---------------------------------------------------------------- what comes to Prairie


def _to_primary_care(rng: Random, clock: Clock) -> list[ReferralPlan]:
    """A few referrals to Prairie: it is mostly, but not only, on the sending side."""
    people = [person for person in patients(Random(SEED + 1), 60) if person.age(clock.diary.today) >= 18]
    doctors = [referrer for referrer in REFERRERS if referrer.practice is PRAIRIE_PRACTICE]
    return [
        ReferralPlan(
            organization=PRAIRIE.slug,
            direction="inbound",
            stage=stage,
            priority="routine",
            patient=people[-1 - place],
            specialty=SPECIALTY_BY_CODE["family"],
            reason=TO_PRIMARY_CARE[place % len(TO_PRIMARY_CARE)],
            referrer=rng.choice(OF_ADULTS),
            specialist=rng.choice(doctors),
            steps=_steps_back(moves, clock, rng),
            visit_at=_visit_at(stage, clock, rng),
        )
        for place, (stage, moves) in enumerate(WAYS_TO_PRIMARY_CARE)
    ]


def _steps_back(moves: tuple[str, ...], clock: Clock, rng: Random) -> tuple[PlannedStep, ...]:
    hours = 0.0
    steps = []
    for move in reversed(moves):
        hours += rng.uniform(3, 9) if move in _ACCEPTED else rng.uniform(18, 40)
        steps.append(PlannedStep(move, clock.ago(timedelta(hours=hours))))
    return tuple(reversed(steps))


def _visit_at(stage: str, clock: Clock, rng: Random) -> datetime | None:
    if stage != "scheduled":
        return None
    return datetime.combine(clock.diary.ahead(rng.randint(2, 9)), time(10, 0), ZONE)
