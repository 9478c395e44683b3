"""What a list shows of a referral: how far it has come, its clock, the words by the next action. Pure.

Rows come in as they are, with what they point to already loaded; the wall says what time it is and where.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from organizations import shapes
from organizations.languages import LANGUAGES
from organizations.shapes import Clock, Loop
from organizations.words import at_time
from patients.models import Patient
from referrals.facets import Eligibility, Records, is_ready_to_schedule
from referrals.lifecycle import LABELS, Stage, is_ended
from referrals.models import Referral
from referrals.next_action import OwedBy

SHORT = {
    Stage.RECEIVED: "Review",
    Stage.INFO_REQUESTED: "Information",
    Stage.RESOLVED: "Resolved",
    Stage.VOID: "In error",
}
FINISHED = {
    Stage.DRAFT: 0,
    Stage.SENT: 0,
    Stage.RECEIVED: 1,
    Stage.INFO_REQUESTED: 1,
    Stage.DECLINED: 1,
    Stage.ACCEPTED: 2,
    Stage.SCHEDULED: 4,
    Stage.SEEN: 5,
    Stage.REPORTED: 5,
    Stage.CLOSED: 6,
    Stage.RESOLVED: 2,
    Stage.CANCELLED: 1,
    Stage.LOST: 1,
    Stage.VOID: 0,
}
WAITING_ON = {
    OwedBy.THEM: "Waiting on the other office",
    OwedBy.PATIENT: "Waiting on the patient",
    OwedBy.PAYER: "Waiting on the payer",
}


@dataclass(frozen=True)
class Wall:
    """The clock on the clinic's wall."""

    now: datetime
    zone: tzinfo

    def moment(self, at: datetime) -> str:
        """A day and a time: Today 8:12 AM."""
        return at_time(at, now=self.now, zone=self.zone)

    def day(self, at: datetime) -> str:
        """A day alone: 11/20, and the year when it is another."""
        local = at.astimezone(self.zone)
        return f"{local:%m/%d}" if local.year == self.now.astimezone(self.zone).year else f"{local:%m/%d/%Y}"


@dataclass(frozen=True)
class Row:
    """One line of a list of referrals."""

    referral: Referral
    loop: Loop
    clock: Clock
    detail: str


def row(referral: Referral, wall: Wall) -> Row:
    """The referral as a line of the worklist."""
    return Row(referral, loop(referral, wall.now), clock(referral, wall), detail(referral, wall))


# ---------------------------------------------------------------- how far it has come


def loop(referral: Referral, now: datetime) -> Loop:
    """The six segments: stuck when late or refused, waiting when somebody else owes the next action."""
    return shapes.loop(label(referral), finished=finished(referral), state=state(referral, now))


def finished(referral: Referral) -> int:
    """How many of the six steps lie behind. A lost referral stands where it was lost."""
    stage = Stage(referral.leaked_at_stage or referral.stage)
    return FINISHED[stage] + (stage == Stage.ACCEPTED and is_ready(referral))


def is_ready(referral: Referral) -> bool:
    """Whether nothing but the appointment is missing."""
    return is_ready_to_schedule(
        records=referral.records,
        identity=referral.identity,
        eligibility=referral.eligibility,
        authorization=referral.authorization,
    )


def label(referral: Referral) -> str:
    """Where it is, in a word or two."""
    stage = Stage(referral.stage)
    if stage != Stage.ACCEPTED:
        return SHORT.get(stage, LABELS[stage])
    if referral.direction == Referral.Direction.OUTBOUND:
        return "Accepted"
    if referral.records in {Records.INCOMPLETE, Records.REQUESTED, Records.STALE}:
        return "Records"
    return "Scheduling" if is_ready(referral) else "Insurance"


def state(referral: Referral, now: datetime) -> str:
    """Nothing special, `wait` (on somebody else) or `stuck` (late, refused, or ended short of the goal)."""
    if referral.stage == Stage.CLOSED:
        return ""
    if is_ended(referral.stage) or referral.stage == Stage.DECLINED or is_overdue(referral, now):
        return "stuck"
    return "wait" if referral.owed_by in WAITING_ON else ""


# ---------------------------------------------------------------- how much time is left


def clock(referral: Referral, wall: Wall) -> Clock:
    """The clock of the next action; it stands still on hold, before a visit, and once all is over."""
    if is_ended(referral.stage):
        text = f"Ended {wall.day(referral.closed_at or referral.entered_stage_at)}"
        return shapes.done(text) if referral.stage == Stage.CLOSED else shapes.paused(text)
    if referral.hold_until is not None:
        return shapes.paused(f"Until {wall.day(referral.hold_until)}")
    if referral.due_at is None:
        return shapes.paused("No date")
    if has_not_begun(referral, wall.now):
        return Clock("ok", "On track")
    started = referral.clock_from or referral.entered_stage_at
    return shapes.clock(due=referral.due_at, now=wall.now, started=started)


def is_overdue(referral: Referral, now: datetime) -> bool:
    """Whether the next action is late."""
    return referral.is_open and referral.due_at is not None and referral.due_at < now


def has_not_begun(referral: Referral, now: datetime) -> bool:
    """Whether the next action cannot be done yet: the visit lies ahead."""
    return referral.clock_from is not None and referral.clock_from > now


def due_words(referral: Referral, wall: Wall) -> str:
    """When it is due, in front of the time left: "Due today 12:00 PM,"."""
    stands_still = referral.hold_until is not None or has_not_begun(referral, wall.now)
    if referral.due_at is None or stands_still or not referral.is_open:
        return ""
    moment = wall.moment(referral.due_at)
    return f"Due {moment[0].lower()}{moment[1:]},"


# ---------------------------------------------------------------- the words under the next action


def detail(referral: Referral, wall: Wall) -> str:
    """What one wants to know beside the next action, in a few words."""
    if referral.hold_until is not None:
        return referral.hold_reason
    say = DETAILS.get(referral.next_code)
    return (say(referral, wall) if say else "") or WAITING_ON.get(OwedBy(referral.owed_by), "")


def speaks(patient: Patient) -> str:
    """The language when it is not English, and whether an interpreter is needed: "Spanish, interpreter"."""
    language = "" if patient.language == "en" else LANGUAGES.get(patient.language, patient.language)
    return ", ".join(filter(None, [language, "interpreter" if patient.interpreter_needed else ""]))


def source(referral: Referral) -> str:
    """How it reached us."""
    return {"hl7": "HL7", "manual": "By hand"}.get(referral.source, referral.source.capitalize())


def _arrived(referral: Referral, wall: Wall) -> str:
    return f"{source(referral)} {wall.moment(referral.index_at)}"


def _attempts(referral: Referral, wall: Wall) -> str:
    count = referral.outreach_attempts
    return f"{count} attempt{'' if count == 1 else 's'} so far" if count else ""


def _payer(referral: Referral, wall: Wall) -> str:
    return referral.coverage.payer.name if referral.coverage else "No coverage on file"


def _trouble(referral: Referral, wall: Wall) -> str:
    said = {
        Eligibility.PAYER_DOWN: "did not answer",
        Eligibility.NEEDS_INFO: "does not know this member",
        Eligibility.INACTIVE: "says not active",
    }.get(Eligibility(referral.eligibility), "")
    return f"{_payer(referral, wall)} {said}".strip()


def _unwilling(referral: Referral, wall: Wall) -> str:
    return "Patient does not want the visit"


def _visit(referral: Referral, wall: Wall) -> str:
    return f"Visit {wall.moment(referral.visit_at)}" if referral.visit_at else ""


Say = Callable[[Referral, Wall], str]


def _since(word: str) -> Say:
    return lambda referral, wall: f"{word} {wall.moment(referral.entered_stage_at)}"


DETAILS: dict[str, Say] = {
    "accept": _arrived,
    "await_information": _since("Asked"),
    "check_eligibility": _trouble,
    "await_payer": _payer,
    "correct_coverage": _trouble,
    "start_authorization": _payer,
    "text_patient": _attempts,
    "await_patient": _attempts,
    "call_patient": _attempts,
    "decide_lost": _unwilling,
    "record_visit": _visit,
    "send_report": _since("Seen"),
    "await_report": _since("Seen"),
    "await_acknowledgement": _since("Sent"),
    "acknowledge_report": _since("Came"),
    "acknowledge": _since("Sent"),
    "await_decision": _since("With them since"),
    "await_booking": _since("Accepted"),
    "reroute": _since("Declined"),
}
