"""Accepted and not yet booked: each such referral waits for something else, since a believable moment."""

from collections.abc import Callable
from datetime import datetime, timedelta

from organizations.words import us_date
from referralhub.demo.seeding import clearing, reaching
from referralhub.demo.seeding.clearing import State
from referralhub.demo.seeding.phrases import HOLDS, MISSING, REFUSED_BY_PAYER, one_of
from referralhub.demo.seeding.story import Story
from referrals.facets import AuthorizationState, Contact, Records
from referrals.models import InfoRequest

Situation = Callable[[Story, datetime], None]
AFTER_A_WHILE = timedelta(minutes=20)
ANSWERED_IN = timedelta(seconds=8)
TRIED_FOR = timedelta(seconds=50)
PAUSE = timedelta(days=12)


def for_clearance(story: Story, at: datetime) -> None:
    """Just accepted: the payer answers, or does not, and the referral waits for what the answer asks."""
    check, state = clearing.ask(story, at), clearing.answer_of(story)
    if state == State.PENDING:
        clearing.leave_to_the_worker(story, check)
        return
    clearing.answered(story, check, state, at + ANSWERED_IN)
    if state == State.ACTIVE:
        for_patient(story)


def for_patient(story: Story) -> None:
    """Coverage is known: what stands between the referral and a visit now? Each situation in its turn."""
    if story.referral.authorization == AuthorizationState.REQUIRED:
        situations = AT_THE_PAYERS
    else:
        situations = ABOUT_TO_BOOK if story.person.may_be_texted else BY_TELEPHONE
    turns = story.clinic.turns
    code, situation = situations[turns[situations] % len(situations)]
    turns[situations] += 1
    since = story.clinic.clock.since(code, story.plan.priority)
    situation(story, max(since, story.at + AFTER_A_WHILE))


# ---------------------------------------------------------------- situations


def _papers_came(story: Story, since: datetime) -> None:
    """Records were missing until now: the next thing can be done since then."""
    asked_at = story.at + (since - story.at) * 0.1
    _ask_records(story, asked_at).answered_at = since
    by = story.clinic.by("front_desk")
    story.record("records_came", "Records are complete", at=since, by=by, records=Records.COMPLETE)


def _papers_missing(story: Story, since: datetime) -> None:
    _ask_records(story, since)


def _patient_chooses(story: Story, since: datetime) -> None:
    """A link was sent, sometimes the second one."""
    if story.clinic.rng.random() < 0.4:
        reaching.text_link(story, story.clinic.clock.between(story.at, since, 0.3))
    reaching.text_link(story, since, leads_somewhere=True)


def _call_wanted(story: Story, since: datetime) -> None:
    """No time suited the patient."""
    reaching.text_link(story, story.clinic.clock.between(story.at, since, 0.3))
    title, when = "Patient asks to be called", "After 4 PM"
    story.record("call_asked", title, at=since, by=reaching.PATIENT, note=when, contact=Contact.UNREACHABLE)


def _no_texts(story: Story, since: datetime) -> None:
    reaching.not_reachable(story, since)


def _called_in_vain(story: Story, since: datetime) -> None:
    reaching.not_reachable(story, since)
    reaching.call(story, story.clinic.clock.between(since, story.clinic.now, 0.4), reached=False)


def _patient_refuses(story: Story, since: datetime) -> None:
    reaching.text_link(story, story.clinic.clock.between(story.at, since, 0.3))
    title = "Patient does not want the visit"
    story.record("patient_declined", title, at=since, by=reaching.PATIENT, contact=Contact.DECLINED)


def _payer_silent(story: Story, since: datetime) -> None:
    """Asked again for the new month, and nobody answered."""
    check = clearing.ask(story, since - TRIED_FOR)
    clearing.answered(story, check, State.PAYER_DOWN, since)


def _paused(story: Story, since: datetime) -> None:
    until, why = story.clinic.now + PAUSE, one_of(HOLDS, story.clinic.rng)
    title, by = f"On hold until {us_date(until.date())}", story.clinic.by("front_desk")
    story.record("held", title, at=since, by=by, note=why, hold_until=until, hold_reason=why)


def _with_the_payer(story: Story, since: datetime) -> None:
    title = f"Authorization asked of {story.person.coverage.payer}"
    by = story.clinic.by("insurance")
    state = AuthorizationState.SUBMITTED
    story.record("authorization_submitted", title, at=since, by=by, authorization=state)


def _denied(story: Story, since: datetime) -> None:
    _with_the_payer(story, story.at + (since - story.at) * 0.2)
    title, by = f"Authorization denied by {story.person.coverage.payer}", story.clinic.by("insurance")
    state = AuthorizationState.DENIED
    story.record("authorization_denied", title, at=since, by=by, note=REFUSED_BY_PAYER, authorization=state)


def _ask_records(story: Story, at: datetime) -> InfoRequest:
    wanted, by = one_of(MISSING, story.clinic.rng), story.clinic.by("front_desk")
    story.record("records_asked", "Asked for records", at=at, by=by, note=wanted, records=Records.REQUESTED)
    return story.clinic.rows.add(InfoRequest(referral=story.referral, wanted=wanted, asked_at=at))


# The code of the next action that the situation leads to, and how it came about.
Situations = tuple[tuple[str, Situation], ...]
ABOUT_TO_BOOK: Situations = (
    ("await_patient", _patient_chooses),
    ("text_patient", _papers_came),
    ("call_patient", _call_wanted),
    ("await_information", _papers_missing),
    ("check_eligibility", _payer_silent),
    ("await_patient", _patient_chooses),
    ("decide_lost", _patient_refuses),
    ("text_patient", _papers_came),
    ("resume", _paused),
    ("await_patient", _patient_chooses),
)
BY_TELEPHONE: Situations = (("call_patient", _no_texts), ("call_patient", _called_in_vain))
AT_THE_PAYERS: Situations = (
    ("start_authorization", _papers_came),
    ("await_payer", _with_the_payer),
    ("appeal", _denied),
)
