"""The moves of a referral that left the clinic: what the other office told, written down by hand."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from organizations.words import us_date
from referralhub.demo.seeding.phrases import (
    ADVICE,
    ENDINGS,
    FOUND_ANOTHER,
    MISSING,
    REFUSALS,
    SENT_TWICE,
    one_of,
)
from referralhub.demo.seeding.reports import is_kept, keep_report
from referralhub.demo.seeding.story import Story
from referralhub.demo.seeding.visits import visit_near
from referrals.facets import Contact, Loop, Records, Visiting
from referrals.leak_codes import LEAK_CODES
from referrals.lifecycle import Stage
from referrals.models import Visit

Telling = Callable[[Story, datetime], None]


def _create(story: Story, at: datetime) -> None:
    story.begin(Stage.DRAFT, "created", "Referral written", at=at, by=story.clinic.by("physician"))


def _send(story: Story, at: datetime) -> None:
    note = f"By fax to {story.referral.receiving_practice}"
    story.make("send", at=at, by=story.clinic.by("front_desk"), note=note)


def _plain(move: str) -> Telling:
    return lambda story, at: story.make(move, at=at, by=story.clinic.by("front_desk"))


def _ask(story: Story, at: datetime) -> None:
    note = one_of(MISSING, story.clinic.rng)
    story.make("ask", at=at, by=story.clinic.by("front_desk"), note=note, records=Records.REQUESTED)


def _answer(story: Story, at: datetime) -> None:
    story.make("answer", at=at, by=story.clinic.by("front_desk"), records=Records.COMPLETE)


def _schedule(story: Story, at: datetime) -> None:
    note, by = f"Their visit: {us_date(visit_near(story, at).date())}", story.clinic.by("front_desk")
    story.make("schedule", at=at, by=by, note=note, visiting=Visiting.BOOKED, contact=Contact.REACHED)


def _cancel_appointment(story: Story, at: datetime) -> None:
    note = "They will call the patient with another time."
    by = story.clinic.by("front_desk")
    story.make("cancel_appointment", at=at, by=by, note=note, visiting=Visiting.CANCELLED)


def _no_show(story: Story, at: datetime) -> None:
    story.make("no_show", at=at, by=story.clinic.by("front_desk"), visiting=Visiting.NO_SHOW)


def _record_visit(story: Story, at: datetime) -> None:
    story.make("record_visit", at=at, by=story.clinic.by("front_desk"), visiting=Visiting.COMPLETED)
    seen_by = story.referral.receiving_provider
    story.clinic.rows.add(Visit(referral=story.referral, provider=seen_by, seen_on=at.date()))


def _report(story: Story, at: datetime) -> None:
    came_at, by = at + timedelta(minutes=4), story.clinic.by("front_desk")
    title = f"Report came from {story.referral.receiving_practice}"
    story.make("report", at=came_at, by=by, title=title, loop=Loop.REPORT_RECEIVED)
    if is_kept(story, came_at):
        document = keep_report(story, came_at)
        filed_at = came_at + timedelta(seconds=30)
        story.record("document_added", f"Document added: {document.title}", at=filed_at, by=by)


def _acknowledge_report(story: Story, at: datetime) -> None:
    story.make("acknowledge_report", at=at, by=story.clinic.by("physician"), loop=Loop.REPORT_REVIEWED)


def _ending(move: str, notes: Mapping[str, str]) -> Telling:
    def tell(story: Story, at: datetime) -> None:
        note = FOUND_ANOTHER if story.plan.left_at == Stage.DECLINED else notes.get(story.plan.code, "")
        freed = {} if story.referral.stage != Stage.SCHEDULED else {"visiting": Visiting.CANCELLED}
        story.make(move, at=at, by=story.clinic.by("front_desk"), note=note, **freed)

    return tell


def _lose(story: Story, at: datetime) -> None:
    code = story.plan.code
    story.make(
        "lose", at=at, by=story.clinic.by("front_desk"), note=LEAK_CODES[code].meaning, leak_code=code,
        leaked_at_stage=story.referral.stage,
    )  # fmt: skip


TELLINGS: Mapping[str, Telling] = {
    "create": _create,
    "send": _send,
    "acknowledge": _plain("acknowledge"),
    "ask": _ask,
    "answer": _answer,
    "accept": _plain("accept"),
    "decline": _ending("decline", REFUSALS),
    "advise": _ending("advise", {"L3-ADVICE": ADVICE[0]}),
    "schedule": _schedule,
    "cancel_appointment": _cancel_appointment,
    "no_show": _no_show,
    "record_visit": _record_visit,
    "report": _report,
    "acknowledge_report": _acknowledge_report,
    "resolve": _ending("resolve", ENDINGS),
    "cancel": _ending("cancel", ENDINGS),
    "lose": _lose,
    "void": _ending("void", {"": SENT_TWICE}),
}
