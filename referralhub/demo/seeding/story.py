"""One referral's story: the past tense of `referrals.actions.moving`, with the time of each event given.

The law decides here too: an impossible move raises, and the next action follows from each event as it does
when people click.
"""

from datetime import datetime, timedelta
from typing import Any

from organizations.ids import READABLE
from organizations.scope import current_scope
from providers.models import Provider
from referralhub.demo.journeys import PlannedStep, ReferralPlan
from referralhub.demo.seeding.clinic import Clinic
from referrals.actions.moving import SYSTEM, By, settle
from referrals.lifecycle import ENDED, MOVES, Stage, target_of
from referrals.models import Referral, Step

CODE_LENGTH = 8
NOTICED = timedelta(seconds=41)  # the watch on the clocks looks once a minute


class Story:
    """A referral being told, event by event. `ahead` are the moves that still come after the present one."""

    def __init__(self, clinic: Clinic, plan: ReferralPlan, number: int) -> None:
        self.clinic, self.plan = clinic, plan
        self.person = clinic.people[plan.patient]
        self.referral = clinic.rows.add(_referral(clinic, plan, number))
        self.at = plan.created_at
        self.ahead: tuple[PlannedStep, ...] = plan.steps

    @property
    def specialist(self) -> Provider:
        """The clinician whom the patient is to see."""
        return self.clinic.directory.clinicians[self.plan.specialist.npi]

    @property
    def until(self) -> datetime:
        """When the next planned move is made; now, when none is."""
        return self.ahead[0].at if self.ahead else self.clinic.now

    @property
    def is_last(self) -> bool:
        """Whether the present move is the plan's last."""
        return not self.ahead

    def begin(self, stage: Stage, name: str, title: str, *, at: datetime, by: By) -> None:
        """The first step."""
        self.referral.stage, self.referral.entered_stage_at = stage, at
        self._write(name, "", title, "", at, by, {})

    def make(
        self, move: str, *, at: datetime, by: By, note: str = "", title: str = "", **changes: Any
    ) -> None:
        """A move that was made then; raises lifecycle.IllegalMove for one that could not have been."""
        referral = self.referral
        came_from = Stage(referral.stage)
        referral.stage = target_of(move, came_from)
        if referral.stage != came_from:
            referral.entered_stage_at = at
        referral.closed_at = at if referral.stage in ENDED else None
        self._write(move, came_from, title or MOVES[move].done, note, at, by, changes)

    def record(
        self, event: str, title: str, *, at: datetime, by: By = SYSTEM, note: str = "", **changes: Any
    ) -> None:
        """Something that happened then without moving it."""
        self._write(event, self.referral.stage, title, note, at, by, changes)

    def _write(
        self, name: str, came_from: str, title: str, note: str, at: datetime, by: By, changes: dict[str, Any]
    ) -> None:
        for field, value in changes.items():
            setattr(self.referral, field, value)
        settle(self.referral, at)
        self.at = at
        self.clinic.rows.add(
            Step(
                referral=self.referral,
                name=name,
                from_stage=came_from,
                to_stage=self.referral.stage,
                title=title[:160],
                note=note,
                actor=current_scope().actor,
                user=by.user,
                actor_label=by.name,
                at=at,
            )
        )

    def note_overdue(self) -> None:
        """What the watch on the clocks wrote when the due time passed."""
        referral = self.referral
        if referral.is_open and referral.due_at is not None and referral.due_at < self.clinic.now:
            at = min(referral.due_at + NOTICED, self.clinic.now)
            title = f"Overdue: {referral.next_action}"
            self.record("overdue", title, at=at, overdue_noted_for=referral.due_at)


def _referral(clinic: Clinic, plan: ReferralPlan, number: int) -> Referral:
    directory, person = clinic.directory, clinic.people[plan.patient]
    return Referral(
        organization=clinic.organization,
        number=f"R-{number}",
        status_code="".join(clinic.rng.choices(READABLE, k=CODE_LENGTH)),
        direction=plan.direction,
        priority=plan.priority,
        patient=person.patient,
        coverage=person.coverage,
        specialty=directory.specialties[plan.specialty.code],
        reason=plan.reason.text,
        diagnoses=[code.code for code in plan.reason.diagnoses],
        procedures=[code.code for code in plan.reason.services],
        referring_provider=directory.clinicians[plan.referrer.npi],
        referring_practice=directory.offices[plan.referrer.practice.npi],
        receiving_provider=directory.clinicians[plan.specialist.npi],
        receiving_practice=directory.offices[plan.specialist.practice.npi],
        source="fax" if plan.direction == "inbound" else "manual",
        index_at=plan.created_at,
    )
