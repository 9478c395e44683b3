"""A year of referrals: for each, who, why, and every move it made, with the time of each.

Times are aware, in the clinic's zone, within its hours, and before `today`; only the appointment of a
referral that is still scheduled lies ahead.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from referralhub.demo.funnel import ENDINGS, Ending, waits
from referralhub.demo.hours import Diary, moment, slot
from referralhub.demo.people import patients
from referralhub.demo.practices import (
    LAKESIDE,
    PRAIRIE,
    PRAIRIE_PRACTICE,
    REFERRERS,
    SPECIALTY_BY_CODE,
    specialists_in,
)
from referralhub.demo.reasons import reasons_for
from referralhub.demo.world import Patient, Provider, Reason, Specialty

PRIORITIES, PRIORITY_WEIGHTS = ("routine", "urgent", "stat"), (72, 23, 5)
SPECIALTY_WEIGHTS = {
    "cardiology": 18,
    "orthopedics": 15,
    "gastroenterology": 13,
    "pulmonology": 7,
    "dermatology": 9,
    "neurology": 7,
    "obgyn": 12,
    "nephrology": 5,
    "endocrinology": 7,
    "urology": 5,
    "rheumatology": 4,
    "allergy": 4,
}
PATIENTS_PER_REFERRAL = 0.85  # some are referred twice in a year
OUTBOUND_SHARE = 0.16
ADULT_FROM = 16  # years; younger patients are referred by pediatricians
AT_A_VISIT = ("record_visit", "no_show")
BOOKED_AHEAD = 22  # working days


@dataclass(frozen=True)
class PlannedStep:
    """One move of the lifecycle (or `create`, `receive`, which begin a referral) and when it was made."""

    move: str
    at: datetime


@dataclass(frozen=True)
class ReferralPlan:
    """One referral. `code` says why it was declined, resolved, cancelled or lost; `left_at` where it was."""

    organization: str
    direction: str
    stage: str
    priority: str
    patient: Patient
    specialty: Specialty
    reason: Reason
    referrer: Provider
    specialist: Provider
    steps: tuple[PlannedStep, ...]
    visit_at: datetime | None
    code: str = ""
    left_at: str = ""

    def last(self, *moves: str) -> datetime | None:
        """When one of these moves was made last; None when never."""
        return max((step.at for step in self.steps if step.move in moves), default=None)

    @property
    def created_at(self) -> datetime:
        """When the row began."""
        return self.steps[0].at

    @property
    def sent_at(self) -> datetime | None:
        """When Prairie sent it; None for what Lakeside received."""
        return self.last("send")

    @property
    def received_at(self) -> datetime | None:
        """When it was first in the receiver's hands."""
        return self.last("receive", "acknowledge")

    @property
    def accepted_at(self) -> datetime | None:
        """When the receiver agreed to see the patient."""
        return self.last("accept")

    @property
    def scheduled_at(self) -> datetime | None:
        """When the present appointment was made (not when it takes place: `visit_at`)."""
        return self.last("schedule")

    @property
    def report_at(self) -> datetime | None:
        """When the consult report reached the referrer."""
        return self.last("report")

    @property
    def closed_at(self) -> datetime | None:
        """When the referrer acknowledged the report."""
        return self.last("acknowledge_report")

    @property
    def leak_code(self) -> str:
        """The leak code of a lost referral; empty for all others."""
        return self.code if self.stage == "lost" else ""


def referral_plans(rng: Random, n: int, today: date) -> tuple[ReferralPlan, ...]:
    """Plans of n referrals begun in the twelve months before `today`, oldest first.

    Every stage is among them when n is 50 or more.
    """
    people = patients(rng, max(1, round(n * PATIENTS_PER_REFERRAL)))
    diary = Diary(today)
    plans = [_plan(rng, diary, ending, people) for ending in _endings(n)]
    return tuple(sorted(plans, key=lambda plan: plan.created_at))


def _endings(n: int) -> list[Ending]:
    """One of each ending, so that no stage is missing, and the rest in exact proportion to their weights."""
    rest = max(0, n - len(ENDINGS))
    sums = list(accumulate(ending.weight for ending in ENDINGS))
    chosen = [ENDINGS[bisect_right(sums, (place + 0.5) * sums[-1] / rest)] for place in range(rest)]
    return [*ENDINGS, *chosen][:n]


def _plan(rng: Random, diary: Diary, ending: Ending, people: tuple[Patient, ...]) -> ReferralPlan:
    outbound = ending.only_sender or rng.random() < OUTBOUND_SHARE
    priority = rng.choices(PRIORITIES, PRIORITY_WEIGHTS)[0]
    patient, specialty, reason = _need(rng, diary.today, people)
    steps, visit_at = _walk(rng, diary, ending, outbound=outbound, hurry=priority != "routine")
    return ReferralPlan(
        organization=PRAIRIE.slug if outbound else LAKESIDE.slug,
        direction="outbound" if outbound else "inbound",
        stage=ending.stage,
        priority=priority,
        patient=patient,
        specialty=specialty,
        reason=reason,
        referrer=_referrer(rng, patient.age(diary.today), outbound=outbound),
        specialist=rng.choice(specialists_in(specialty.code)),
        steps=steps,
        visit_at=visit_at,
        code=ending.code,
        left_at=ending.left_at,
    )


def _need(rng: Random, today: date, people: tuple[Patient, ...]) -> tuple[Patient, Specialty, Reason]:
    """A patient, and a reason that fits them."""
    patient = rng.choice(people)
    fitting = reasons_for(patient.sex, patient.age(today))
    open_to_them = sorted({code for code, _ in fitting})
    code = rng.choices(open_to_them, [SPECIALTY_WEIGHTS[code] for code in open_to_them])[0]
    reason = rng.choice([reason for specialty, reason in fitting if specialty == code])
    return patient, SPECIALTY_BY_CODE[code], reason


def _referrer(rng: Random, age: int, *, outbound: bool) -> Provider:
    if outbound:
        return rng.choice([referrer for referrer in REFERRERS if referrer.practice is PRAIRIE_PRACTICE])
    child = age < ADULT_FROM
    return rng.choice([referrer for referrer in REFERRERS if (referrer.specialty == "pediatrics") is child])


def _walk(
    rng: Random, diary: Diary, ending: Ending, *, outbound: bool, hurry: bool
) -> tuple[tuple[PlannedStep, ...], datetime | None]:
    """The moves with their times, and the time of the last visit or of the one that is booked."""
    moves = ending.moves(outbound=outbound)
    days = diary.days_for(waits(rng, moves, hurry=hurry), ago=rng.randint(ending.latest, ending.earliest))
    steps: list[PlannedStep] = []
    visit_at = None
    for move, day in zip(moves, days, strict=True):
        if move in AT_A_VISIT:
            visit_at = slot(rng, day)
            at = visit_at + timedelta(minutes=rng.randint(20, 50))
        else:
            at = moment(rng, day, after=steps[-1].at if steps else None)
        steps.append(PlannedStep(move, at))
    if ending.stage == "scheduled":
        visit_at = slot(rng, diary.ahead(rng.randint(1, BOOKED_AHEAD)))
    return tuple(steps), visit_at
