"""The moves of a referral that came to the clinic, each with all that it leaves behind."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from referralhub.demo.seeding import arrivals, clearing, reaching, reports, visits, waiting
from referralhub.demo.seeding.phrases import (
    ADVICE,
    ENDINGS,
    FOUND_ANOTHER,
    MISSING,
    REFUSALS,
    SENT_TWICE,
    one_of,
)
from referralhub.demo.seeding.story import Story
from referrals.facets import Contact, Records
from referrals.leak_codes import LEAK_CODES
from referrals.lifecycle import Stage
from referrals.models import InfoRequest

Telling = Callable[[Story, datetime], None]
CALLS_IN_VAIN = (0.3, 0.55, 0.8)  # parts of the way from accepting to giving up
ASKED_AFTER = timedelta(seconds=1)


def _receive(story: Story, at: datetime) -> None:
    story.begin(Stage.RECEIVED, "received", "Fax received, 1 page", at=at, by=story.clinic.by("front_desk"))
    arrivals.of_referral(story, at)


def _ask(story: Story, at: datetime) -> None:
    wanted = one_of(MISSING, story.clinic.rng)
    story.make("ask", at=at, by=story.clinic.by("front_desk"), note=wanted, records=Records.REQUESTED)
    story.clinic.rows.add(InfoRequest(referral=story.referral, wanted=wanted, asked_at=at))


def _answer(story: Story, at: datetime) -> None:
    arrivals.of_records(story, at)
    story.make("answer", at=at, by=story.clinic.by("front_desk"), records=Records.COMPLETE)
    for request in story.clinic.rows.of(InfoRequest):
        if request.referral is story.referral:
            request.answered_at = at


def _accept(story: Story, at: datetime) -> None:
    story.make("accept", at=at, by=story.clinic.by("nurse"))
    if story.is_last:
        waiting.for_clearance(story, at + ASKED_AFTER)
    else:
        clearing.cleared(story, at + ASKED_AFTER)


def _decline(story: Story, at: datetime) -> None:
    story.make("decline", at=at, by=story.clinic.by("nurse"), note=REFUSALS.get(story.plan.code, ""))


def _advise(story: Story, at: datetime) -> None:
    story.make("advise", at=at, by=story.clinic.by("nurse"), note=one_of(ADVICE, story.clinic.rng))


def _resolve(story: Story, at: datetime) -> None:
    reaching.call(story, at - timedelta(minutes=5), reached=True)
    story.make("resolve", at=at, by=story.clinic.by("front_desk"), note=ENDINGS[story.plan.code])


def _cancel(story: Story, at: datetime) -> None:
    note = FOUND_ANOTHER if story.plan.left_at == Stage.DECLINED else ENDINGS[story.plan.code]
    story.make("cancel", at=at, by=story.clinic.by("front_desk"), note=note, **visits.free(story))


def _lose(story: Story, at: datetime) -> None:
    changes: dict[str, Any] = visits.free(story)
    if story.referral.stage == Stage.ACCEPTED:
        changes |= _lost_while_reaching(story, at)
    story.make(
        "lose", at=at, by=story.clinic.by("front_desk"), note=LEAK_CODES[story.plan.code].meaning,
        leak_code=story.plan.code, leaked_at_stage=story.referral.stage, **changes,
    )  # fmt: skip


def _lost_while_reaching(story: Story, at: datetime) -> dict[str, Any]:
    """What had been tried; returns where the contact stood in the end."""
    code, accepted_at = story.plan.code, story.at
    if code in {"L5-UNREACHABLE", "L5-BAD-CONTACT"}:
        if story.person.may_be_texted:
            reaching.text_link(story, story.clinic.clock.between(accepted_at, at, 0.15))
        for part in CALLS_IN_VAIN:
            called_at = story.clinic.clock.between(story.at, at, part)
            reaching.call(story, called_at, reached=False)
        return {"contact": Contact.UNREACHABLE if code == "L5-UNREACHABLE" else Contact.WRONG_NUMBER}
    if code.startswith("L5"):
        reaching.call(story, at - timedelta(minutes=6), reached=True)
        return {"contact": Contact.DECLINED}
    return {}


def _void(story: Story, at: datetime) -> None:
    story.make("void", at=at, by=story.clinic.by("front_desk"), note=SENT_TWICE)


def _no_show(story: Story, at: datetime) -> None:
    visits.miss(story, at)
    if story.is_last:
        waiting.for_patient(story)


TELLINGS: Mapping[str, Telling] = {
    "receive": _receive,
    "ask": _ask,
    "answer": _answer,
    "accept": _accept,
    "decline": _decline,
    "advise": _advise,
    "schedule": visits.book,
    "cancel_appointment": visits.cancel_appointment,
    "no_show": _no_show,
    "record_visit": visits.see,
    "report": reports.send,
    "acknowledge_report": reports.acknowledge,
    "resolve": _resolve,
    "cancel": _cancel,
    "lose": _lose,
    "void": _void,
}
