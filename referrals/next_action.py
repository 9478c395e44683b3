"""The one next action of a referral: a sentence, who owes it, and when. Pure.

Computed from stage, facets and clocks in the same transaction as the change that caused it. Where no date can
be known none is given: a made-up deadline gets chased.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from referrals.due import Calendar, after_working_days
from referrals.facets import (
    AuthorizationState,
    Contact,
    Eligibility,
    Identity,
    Loop,
    Records,
    is_ready_to_schedule,
)
from referrals.lifecycle import Stage, is_ended


class Priority(StrEnum):
    """How soon care is needed."""

    STAT = "stat"
    URGENT = "urgent"
    ROUTINE = "routine"


class OwedBy(StrEnum):
    """Whose turn it is."""

    US = "us"
    THEM = "them"
    PATIENT = "patient"
    PAYER = "payer"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Situation:
    """What the decision needs to know. Times are aware."""

    direction: str
    stage: str
    priority: str
    records: str
    identity: str
    eligibility: str
    authorization: str
    contact: str
    loop: str
    entered_stage_at: datetime
    changed_at: datetime
    visit_at: datetime | None = None
    seen_at: datetime | None = None
    hold_until: datetime | None = None
    has_coverage: bool = True
    outreach_attempts: int = 0


@dataclass(frozen=True)
class NextAction:
    """What happens next, for a person to read. `code` names the button that does it."""

    code: str
    text: str
    owed_by: OwedBy
    due_at: datetime | None
    starts_at: datetime | None


Span = timedelta | float  # wall-clock time, or working days
HOUR = timedelta(hours=1)

# Defaults by priority (S, U, R): stat runs on the wall clock, the others in working days. lifecycle.md §2.2.
CLOCKS: dict[str, dict[str, Span]] = {
    "accept": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 2.0},
    "await_information": {"stat": 24 * HOUR, "urgent": 2.0, "routine": 5.0},
    "acknowledge": {"stat": 4 * HOUR, "urgent": 4 * HOUR, "routine": 1.0},
    "check_eligibility": {"stat": HOUR, "urgent": 0.25, "routine": 0.5},
    "start_authorization": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 1.0},
    "await_payer": {"stat": 72 * HOUR, "urgent": 72 * HOUR, "routine": 5.0},
    "text_patient": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 3.0},
    "call_patient": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 3.0},
    "await_patient": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 3.0},
    "reroute": {"stat": 4 * HOUR, "urgent": 1.0, "routine": 2.0},
    "send_report": {"stat": 24 * HOUR, "urgent": 3.0, "routine": 7.0},
    "await_acknowledgement": {"stat": 24 * HOUR, "urgent": 3.0, "routine": 7.0},
    "record_visit": {"stat": 4 * HOUR, "urgent": 0.5, "routine": 1.0},
}
WITH_PAYER = {AuthorizationState.SUBMITTED, AuthorizationState.PENDED, AuthorizationState.APPEALED}
DEFAULT_CLOCK: dict[str, Span] = {"stat": 4 * HOUR, "urgent": 1.0, "routine": 2.0}


def decide(situation: Situation, calendar: Calendar) -> NextAction:
    """The next action. Total: every stage and facet gives exactly one."""
    if is_ended(situation.stage):
        return NextAction("none", "Nothing more to do", OwedBy.NOBODY, None, None)
    if situation.hold_until is not None:
        return NextAction("resume", "On hold", OwedBy.NOBODY, situation.hold_until, None)
    code, text, owed_by, since = _BY_STAGE[Stage(situation.stage)](situation)
    return NextAction(code, text, owed_by, _due(code, situation.priority, since, calendar), since)


Decision = tuple[str, str, OwedBy, datetime]


def _draft(s: Situation) -> Decision:
    return "send", "Finish and send", OwedBy.US, s.entered_stage_at


def _sent(s: Situation) -> Decision:
    return "acknowledge", "Waiting for their receipt", OwedBy.THEM, s.entered_stage_at


def _received(s: Situation) -> Decision:
    if s.direction == "outbound":
        return "await_decision", "Waiting for their decision", OwedBy.THEM, s.entered_stage_at
    return "accept", "Accept, ask or decline", OwedBy.US, s.entered_stage_at


def _info_requested(s: Situation) -> Decision:
    owed_by = OwedBy.US if s.direction == "outbound" else OwedBy.THEM
    text = "Send the missing information" if owed_by == OwedBy.US else "Waiting for missing information"
    return "await_information", text, owed_by, s.entered_stage_at


def _accepted(s: Situation) -> Decision:
    if s.direction == "outbound":
        return "await_booking", "Waiting for their booking", OwedBy.THEM, s.entered_stage_at
    if is_ready_to_schedule(
        records=s.records, identity=s.identity, eligibility=s.eligibility, authorization=s.authorization
    ):
        return _reach(s)
    return _clear(s)


def _clear(s: Situation) -> Decision:
    if s.records == Records.REQUESTED:
        return "await_information", "Waiting for missing records", OwedBy.THEM, s.changed_at
    if s.records in {Records.INCOMPLETE, Records.STALE}:
        return "ask_records", "Ask for the missing records", OwedBy.US, s.changed_at
    if s.identity != Identity.MATCHED:
        return "match_patient", "Confirm which patient it is", OwedBy.US, s.changed_at
    if not s.has_coverage:
        return "add_coverage", "Add the patient's coverage", OwedBy.US, s.changed_at
    return _BY_ELIGIBILITY.get(Eligibility(s.eligibility), _authorize)(s)


def _check_eligibility(s: Situation) -> Decision:
    return "check_eligibility", "Verify eligibility", OwedBy.US, s.changed_at


def _payer_asked(s: Situation) -> Decision:
    return "await_payer", "Waiting for the payer's answer", OwedBy.PAYER, s.changed_at


def _payer_down(s: Situation) -> Decision:
    return "check_eligibility", "Check the coverage again", OwedBy.US, s.changed_at


def _correct_coverage(s: Situation) -> Decision:
    return "correct_coverage", "Correct the coverage", OwedBy.US, s.changed_at


def _coverage_ended(s: Situation) -> Decision:
    return "correct_coverage", "Ask for new coverage", OwedBy.US, s.changed_at


def _authorize(s: Situation) -> Decision:
    if s.authorization in WITH_PAYER:
        return "await_payer", "Waiting for the payer's decision", OwedBy.PAYER, s.changed_at
    if s.authorization == AuthorizationState.DENIED:
        return "appeal", "Appeal the denial", OwedBy.US, s.changed_at
    return "start_authorization", "Start prior authorization", OwedBy.US, s.changed_at


def _reach(s: Situation) -> Decision:
    if s.contact == Contact.NOT_STARTED:
        return "text_patient", "Text a booking link", OwedBy.US, s.changed_at
    if s.contact in {Contact.OPTED_OUT, Contact.WRONG_NUMBER, Contact.UNREACHABLE}:
        return "call_patient", "Call the patient", OwedBy.US, s.changed_at
    if s.contact == Contact.DECLINED:
        return "decide_lost", "Tell the referrer", OwedBy.US, s.changed_at
    return "await_patient", "Patient choosing a time", OwedBy.PATIENT, s.changed_at


def _scheduled(s: Situation) -> Decision:
    return "record_visit", "Record the visit", OwedBy.US, s.visit_at or s.entered_stage_at


def _seen(s: Situation) -> Decision:
    if s.direction == "outbound":
        return "await_report", "Waiting for the consult report", OwedBy.THEM, s.seen_at or s.entered_stage_at
    if s.loop == Loop.REPORT_QUEUED:
        return "await_dispatch", "The report is being sent", OwedBy.US, s.changed_at
    return "send_report", "Send the consult report", OwedBy.US, s.seen_at or s.entered_stage_at


def _reported(s: Situation) -> Decision:
    if s.direction == "outbound":
        return "acknowledge_report", "Review the consult report", OwedBy.US, s.entered_stage_at
    return "await_acknowledgement", "Waiting for the referrer to read it", OwedBy.THEM, s.entered_stage_at


def _declined(s: Situation) -> Decision:
    return "reroute", "Find another office", OwedBy.US, s.entered_stage_at


_BY_STAGE = {
    Stage.DRAFT: _draft,
    Stage.SENT: _sent,
    Stage.RECEIVED: _received,
    Stage.INFO_REQUESTED: _info_requested,
    Stage.ACCEPTED: _accepted,
    Stage.SCHEDULED: _scheduled,
    Stage.SEEN: _seen,
    Stage.REPORTED: _reported,
    Stage.DECLINED: _declined,
}
_BY_ELIGIBILITY = {
    Eligibility.NOT_CHECKED: _check_eligibility,
    Eligibility.PENDING: _payer_asked,
    Eligibility.PAYER_DOWN: _payer_down,
    Eligibility.NEEDS_INFO: _correct_coverage,
    Eligibility.INACTIVE: _coverage_ended,
}


def _due(code: str, priority: str, since: datetime, calendar: Calendar) -> datetime:
    span = CLOCKS.get(code, DEFAULT_CLOCK)[priority]
    if priority == Priority.STAT or isinstance(span, timedelta):
        return since + (span if isinstance(span, timedelta) else timedelta(days=span))
    return after_working_days(since, span, calendar)
