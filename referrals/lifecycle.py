"""Where a referral can be, and every way it may move. Nothing else decides this.

Buttons, permission checks, refusals, the timeline's words and the state diagram are all read from MOVES.
Stage is what both parties have been told; what runs beside it is a facet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """External truth: what both offices have been told."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    INFO_REQUESTED = "info_requested"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    SEEN = "seen"
    REPORTED = "reported"
    CLOSED = "closed"
    DECLINED = "declined"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"
    LOST = "lost"
    VOID = "void"


LABELS = {
    Stage.DRAFT: "Draft",
    Stage.SENT: "Sent",
    Stage.RECEIVED: "Received",
    Stage.INFO_REQUESTED: "Information requested",
    Stage.ACCEPTED: "Accepted",
    Stage.SCHEDULED: "Scheduled",
    Stage.SEEN: "Seen",
    Stage.REPORTED: "Report sent",
    Stage.CLOSED: "Loop closed",
    Stage.DECLINED: "Declined",
    Stage.RESOLVED: "Resolved without a visit",
    Stage.CANCELLED: "Cancelled",
    Stage.LOST: "Lost",
    Stage.VOID: "Raised in error",
}
ENDED = frozenset({Stage.CLOSED, Stage.RESOLVED, Stage.CANCELLED, Stage.LOST, Stage.VOID})
OPEN = frozenset(Stage) - ENDED
STAGE_CHOICES = [(stage.value, label) for stage, label in LABELS.items()]


@dataclass(frozen=True)
class Move:
    """One way to move: from where, to where, who may, and the words for it."""

    sources: frozenset[Stage]
    target: Stage | None  # None: the stage stays
    permission: str
    label: str
    done: str
    needs_reason: bool = False


def _move(*sources: Stage, to: Stage | None, needs: str, label: str, done: str, reason: bool = False) -> Move:
    return Move(frozenset(sources), to, needs, label, done, reason)


S = Stage
BEFORE_VISIT = (S.SENT, S.RECEIVED, S.INFO_REQUESTED, S.ACCEPTED, S.SCHEDULED, S.DECLINED)

MOVES: dict[str, Move] = {
    "send": _move(S.DRAFT, to=S.SENT, needs="referrals.send", label="Send", done="Sent"),
    "discard": _move(
        S.DRAFT, to=S.VOID, needs="referrals.write", label="Discard draft", done="Draft discarded"
    ),
    "bounce": _move(
        S.SENT,
        to=S.DRAFT,
        needs="referrals.send",
        label="Record failed delivery",
        done="Delivery failed",
        reason=True,
    ),
    "acknowledge": _move(
        S.SENT, to=S.RECEIVED, needs="referrals.send", label="Record receipt", done="Receipt acknowledged"
    ),
    "accept": _move(S.RECEIVED, to=S.ACCEPTED, needs="referrals.accept", label="Accept", done="Accepted"),
    "ask": _move(
        S.RECEIVED,
        to=S.INFO_REQUESTED,
        needs="referrals.write",
        label="Ask for information",
        done="Asked for information",
        reason=True,
    ),
    "answer": _move(
        S.INFO_REQUESTED,
        to=S.RECEIVED,
        needs="referrals.write",
        label="Information came",
        done="Information came",
    ),
    "decline": _move(
        S.RECEIVED,
        S.INFO_REQUESTED,
        S.ACCEPTED,
        to=S.DECLINED,
        needs="referrals.accept",
        label="Decline",
        done="Declined",
        reason=True,
    ),
    "redirect": _move(
        S.RECEIVED,
        S.DECLINED,
        to=S.SENT,
        needs="referrals.send",
        label="Redirect",
        done="Redirected to another office",
        reason=True,
    ),
    "advise": _move(
        S.RECEIVED,
        to=S.RESOLVED,
        needs="referrals.accept",
        label="Give advice instead",
        done="Advice given, no visit needed",
        reason=True,
    ),
    "schedule": _move(
        S.ACCEPTED, to=S.SCHEDULED, needs="referrals.schedule", label="Book", done="Visit booked"
    ),
    "reschedule": _move(
        S.SCHEDULED, to=None, needs="referrals.schedule", label="Change the time", done="Visit moved"
    ),
    "cancel_appointment": _move(
        S.SCHEDULED,
        to=S.ACCEPTED,
        needs="referrals.schedule",
        label="Cancel the visit",
        done="Visit cancelled",
        reason=True,
    ),
    "no_show": _move(
        S.SCHEDULED,
        to=S.ACCEPTED,
        needs="referrals.schedule",
        label="Did not come",
        done="Patient did not come",
    ),
    "record_visit": _move(
        S.SCHEDULED, to=S.SEEN, needs="referrals.schedule", label="Record the visit", done="Patient seen"
    ),
    "report": _move(
        S.SEEN,
        to=S.REPORTED,
        needs="referrals.send",
        label="Record that the report was sent",
        done="Report sent",
    ),
    "report_lost": _move(
        S.REPORTED,
        to=S.SEEN,
        needs="referrals.send",
        label="Record that the report did not arrive",
        done="Report did not arrive",
    ),
    "acknowledge_report": _move(
        S.REPORTED,
        to=S.CLOSED,
        needs="referrals.acknowledge",
        label="Acknowledge the report",
        done="Report acknowledged, loop closed",
    ),
    "resolve": _move(
        S.ACCEPTED,
        to=S.RESOLVED,
        needs="referrals.close",
        label="Resolve without a visit",
        done="Resolved without a visit",
        reason=True,
    ),
    "cancel": _move(
        *BEFORE_VISIT,
        to=S.CANCELLED,
        needs="referrals.close",
        label="Cancel the referral",
        done="Referral cancelled",
        reason=True,
    ),
    "lose": _move(
        *BEFORE_VISIT,
        to=S.LOST,
        needs="referrals.close",
        label="Close as lost",
        done="Closed as lost",
        reason=True,
    ),
    "void": _move(
        S.RECEIVED,
        S.INFO_REQUESTED,
        S.ACCEPTED,
        to=S.VOID,
        needs="referrals.close",
        label="Raised in error",
        done="Marked as raised in error",
        reason=True,
    ),
    "reopen": _move(
        S.CLOSED,
        S.RESOLVED,
        S.CANCELLED,
        to=S.ACCEPTED,
        needs="referrals.close",
        label="Reopen",
        done="Reopened",
    ),
    "recover": _move(S.LOST, to=S.ACCEPTED, needs="referrals.close", label="Recover", done="Recovered"),
}


class IllegalMove(Exception):
    """The referral cannot do this now; the text says so to a person."""


class NotFromHere(IllegalMove):
    """The referral is not where this move starts: somebody was faster, or the page is old."""


def target_of(name: str, stage: Stage) -> Stage:
    """Where the move leads from here; raises NotFromHere."""
    move = MOVES[name]
    if stage not in move.sources:
        raise NotFromHere(f"“{move.label}” is not possible now: the referral is at “{LABELS[stage]}”.")
    return move.target or stage


def moves_from(stage: Stage) -> list[str]:
    """Every move that starts here, in the table's order."""
    return [name for name, move in MOVES.items() if stage in move.sources]


def is_ended(stage: str) -> bool:
    """Whether nothing more is expected."""
    return stage in ENDED


def reachable(start: Iterable[Stage] = (Stage.DRAFT, Stage.RECEIVED)) -> set[Stage]:
    """Every stage that some sequence of moves leads to."""
    reached = set(start)
    while more := {target_of(n, s) for s in reached for n in moves_from(s)} - reached:
        reached |= more
    return reached
