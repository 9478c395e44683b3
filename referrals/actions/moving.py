"""The one funnel: every change of a referral makes its Step and recomputes its next action, together."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organizations.models import User
from organizations.scope import current_scope
from referrals.calendars import calendar_of
from referrals.lifecycle import ENDED, LABELS, MOVES, IllegalMove, Stage, target_of
from referrals.models import Referral, Step
from referrals.next_action import NextAction, Situation, decide


@dataclass(frozen=True)
class By:
    """Who did it: a person with an account, or somebody named in words."""

    user: User | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """For the timeline."""
        return str(self.user) if self.user else self.label


SYSTEM = By(label="ReferralHub")


def lock(referral_id: UUID | str | None) -> Referral:
    """The referral, held until the transaction ends."""
    return (
        Referral.objects.select_for_update(of=("self",))
        .select_related("organization", "patient", "appointment__slot")
        .get(pk=referral_id)
    )


def lock_open(referral_id: UUID) -> Referral:
    """The referral, held until the transaction ends; raises lifecycle.IllegalMove when it has ended."""
    referral = lock(referral_id)
    if not referral.is_open:
        stage = LABELS[Stage(referral.stage)]
        raise IllegalMove(f"The referral has ended (“{stage}”). Reopen it first.")
    return referral


@transaction.atomic
def make(referral: Referral, move: str, *, by: By, note: str = "", title: str = "", **changes: Any) -> Step:
    """Make a named move of a locked referral; raises lifecycle.IllegalMove and writes nothing then."""
    came_from = Stage(referral.stage)
    referral.stage = target_of(move, came_from)
    now = timezone.now()
    if referral.stage != came_from:
        referral.entered_stage_at = now
    if referral.stage in ENDED:
        referral.closed_at, referral.hold_until, referral.hold_reason = now, None, ""
    else:
        referral.closed_at = None
    return _write(referral, move, came_from, title or MOVES[move].done, by, note, now, changes)


@transaction.atomic
def record(referral: Referral, event: str, title: str, *, by: By, note: str = "", **changes: Any) -> Step:
    """Write down something that happened to a locked referral without moving it."""
    return _write(referral, event, Stage(referral.stage), title, by, note, timezone.now(), changes)


def _write(
    referral: Referral,
    name: str,
    came_from: Stage,
    title: str,
    by: By,
    note: str,
    now: datetime,
    changes: dict[str, Any],
) -> Step:
    for field, value in changes.items():
        setattr(referral, field, value)
    settle(referral, now)
    referral.save()
    return Step.objects.create(
        referral=referral,
        name=name,
        from_stage=came_from,
        to_stage=referral.stage,
        title=title,
        note=note,
        actor=current_scope().actor,
        user=by.user,
        actor_label=by.name,
        at=now,
    )


def settle(referral: Referral, now: datetime) -> None:
    """Set the next action, whose turn it is and when, from what is true now. Does not save."""
    calendar = calendar_of(referral.organization)
    situation = situation_of(referral)
    answer = decide(situation, calendar)
    if answer.code != referral.next_code:
        referral.changed_at = now
        answer = decide(replace(situation, changed_at=now), calendar)
    _take(referral, answer)


def _take(referral: Referral, answer: NextAction) -> None:
    referral.next_code = answer.code
    referral.next_action = answer.text
    referral.owed_by = answer.owed_by
    referral.due_at = answer.due_at
    referral.clock_from = answer.starts_at


def situation_of(referral: Referral) -> Situation:
    """What the decision looks at."""
    visit_at = referral.visit_at
    return Situation(
        direction=referral.direction,
        stage=referral.stage,
        priority=referral.priority,
        records=referral.records,
        identity=referral.identity,
        eligibility=referral.eligibility,
        authorization=referral.authorization,
        contact=referral.contact,
        loop=referral.loop,
        entered_stage_at=referral.entered_stage_at,
        changed_at=referral.changed_at,
        visit_at=visit_at,
        seen_at=referral.entered_stage_at if referral.stage == Stage.SEEN else visit_at,
        hold_until=referral.hold_until,
        has_coverage=referral.coverage_id is not None,
        outreach_attempts=referral.outreach_attempts,
    )
