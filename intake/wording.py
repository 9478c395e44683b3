"""How each state of an arrival is said: the row's tag, its button, and what a person can do about it."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.urls import reverse

from intake import heading
from intake.models import Arrival
from organizations import shapes, words
from organizations.models import Membership

State = Arrival.State
METER = 72  # units of the progress bar's width


@dataclass(frozen=True)
class Tag:
    """A state in words, with its tone and icon."""

    text: str
    icon: str
    tone: str = ""


TAGS = {
    State.RECEIVED: Tag("Waiting to be read", icon="clock"),
    State.READING: Tag("Being read", icon="clock"),
    State.READY: Tag("Ready", icon="check", tone="info"),
    State.PASSWORD_NEEDED: Tag("Needs password", icon="lock", tone="warn"),
    State.UNREADABLE: Tag("Unreadable", icon="triangle-alert", tone="bad"),
    State.ACCEPTED: Tag("Accepted", icon="check", tone="ok"),
    State.ATTACHED: Tag("Attached", icon="paperclip", tone="ok"),
    State.NOT_REFERRAL: Tag("Not a referral", icon="x"),
    State.DUPLICATE: Tag("Sent twice", icon="copy", tone="warn"),
}
ACTIONS = {State.READY: "Review", State.PASSWORD_NEEDED: "Type password", State.UNREADABLE: "Type it in"}
NAMELESS = {
    State.PASSWORD_NEEDED: ("Locked PDF", "Cannot be read until somebody types the password"),
    State.UNREADABLE: ("Not readable", ""),
    State.RECEIVED: ("Not read yet", ""),
    State.READING: ("Not read yet", ""),
}


@dataclass(frozen=True)
class Row:
    """One line of the inbox."""

    arrival: Arrival
    sender: str
    detail: str
    who: str
    what: str
    pages: str
    tag: Tag
    read_of: tuple[int, int, float] | None  # pages read, of, and how far the bar goes
    held_by: str
    held_for: str
    clock: shapes.Clock | None
    action: str
    thumb: str


def row_of(arrival: Arrival, *, membership: Membership, now: datetime, zone: tzinfo) -> Row:
    """An arrival as the inbox shows it."""
    who, what = _about(arrival)
    held_by = _holder(arrival, membership, now)
    return Row(
        arrival=arrival,
        sender=_sender(arrival),
        detail=_detail(arrival, now, zone),
        who=who,
        what=what,
        pages=str(arrival.pages_total or arrival.pages_read or "?"),
        tag=_tag(arrival),
        read_of=_progress(arrival),
        held_by=held_by,
        held_for=words.span((now - arrival.claimed_at).total_seconds())
        if held_by and arrival.claimed_at
        else "",
        clock=heading.clock_of(arrival, now),
        action=ACTIONS.get(State(arrival.state), "Look"),
        thumb=reverse("fax_thumb", args=[arrival.pk, 1]) if arrival.pages_read else "",
    )


def _sender(arrival: Arrival) -> str:
    if arrival.sender is not None:
        return arrival.sender.name
    if arrival.source == "upload":
        by = arrival.document.added_by
        return f"Upload by {by.full_name}" if by else "Upload"
    return "Watched folder" if arrival.source == "folder" else "Unknown sender"


def _detail(arrival: Arrival, now: datetime, zone: tzinfo) -> str:
    called = words.phone(arrival.from_number) if arrival.source == "fax" else arrival.file_name
    came = words.at_time(arrival.received_at, now=now, zone=zone).removeprefix("Today ")
    return " · ".join(part for part in (called, came) if part)


def _about(arrival: Arrival) -> tuple[str, str]:
    if arrival.who:
        return arrival.who, arrival.what
    if arrival.duplicate_of is not None and arrival.duplicate_of.who:
        return arrival.duplicate_of.who, arrival.sentence
    who, what = NAMELESS.get(State(arrival.state), ("Nothing read", ""))
    return who, what or arrival.sentence


def _tag(arrival: Arrival) -> Tag:
    papers, doubts = getattr(arrival, "papers", 0), getattr(arrival, "doubts", 0)
    plain = TAGS[State(arrival.state)]
    if arrival.state == State.READY and papers > 1:
        return Tag(f"Looks like {papers} patients", icon="users", tone="warn")
    if arrival.state == State.READY and doubts:
        return Tag(f"{doubts} field{'' if doubts == 1 else 's'} to check", icon="pen-line", tone="info")
    if arrival.referral is not None:
        by_rule = arrival.state == State.ACCEPTED and arrival.finished_by is None
        plain = replace(plain, text="Accepted by rule", tone="info") if by_rule else plain
        return replace(plain, text=f"{plain.text}, {arrival.referral.number}")
    return plain


def _progress(arrival: Arrival) -> tuple[int, int, float] | None:
    total = arrival.pages_total
    if arrival.state != State.READING or not total:
        return None
    return arrival.pages_read, total, round(METER * min(1.0, arrival.pages_read / total), 1)


def _holder(arrival: Arrival, membership: Membership, now: datetime) -> str:
    """The colleague who has it open; one's own claim needs no telling."""
    if arrival.claimed_by is None or not arrival.is_claimed_by_another(membership, now):
        return ""
    return arrival.claimed_by.user.full_name
