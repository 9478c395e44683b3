"""The referrals: every plan told as a story, then shared out among the staff."""

from collections.abc import Sequence
from datetime import timedelta

from organizations.ids import uuid7
from referralhub.demo.journeys import ReferralPlan
from referralhub.demo.seeding import clearing, inbound, outbound, owners
from referralhub.demo.seeding.clinic import Clinic
from referralhub.demo.seeding.phrases import NOTES, one_of
from referralhub.demo.seeding.rows import reserve
from referralhub.demo.seeding.story import Story
from referrals.actions.receiving import FIRST_NUMBER
from referrals.lifecycle import Stage
from referrals.models import Note, Step

SHARE_WITH_A_NOTE = 0.3
CAN_STILL_BE_NOTED = (Stage.ACCEPTED, Stage.SCHEDULED)


def referrals(clinic: Clinic, plans: Sequence[ReferralPlan]) -> list[Story]:
    """All of them, numbered as they came."""
    numbers = reserve("referral", len(plans), first=FIRST_NUMBER)
    stories = [_told(clinic, plan, number) for plan, number in zip(plans, numbers, strict=True)]
    owners.share_out(clinic, [story.referral for story in stories])
    clearing.number_questions(clinic.rows)
    _put_steps_in_order(clinic)
    return stories


def _told(clinic: Clinic, plan: ReferralPlan, number: int) -> Story:
    tellings = inbound.TELLINGS if plan.direction == "inbound" else outbound.TELLINGS
    story = Story(clinic, plan, number)
    for place, step in enumerate(plan.steps, 1):
        story.ahead = plan.steps[place:]
        tellings[step.move](story, step.at)
    if story.referral.stage in CAN_STILL_BE_NOTED and clinic.rng.random() < SHARE_WITH_A_NOTE:
        _note(story)
    story.note_overdue()
    return story


def _note(story: Story) -> None:
    clinic, text = story.clinic, one_of(NOTES, story.clinic.rng)
    at = clinic.clock.between(story.at, min(story.at + timedelta(days=1), clinic.now), 0.5)
    story.record("note", "Note", at=at, by=clinic.by("front_desk"), note=text)
    clinic.rows.add(Note(referral=story.referral, text=text, user=clinic.user("front_desk"), at=at))


def _put_steps_in_order(clinic: Clinic) -> None:
    """Ids grow with time, since others read the steps by id."""
    steps = clinic.rows.of(Step)
    steps.sort(key=lambda step: step.at)
    for step in steps:
        step.id = uuid7()
