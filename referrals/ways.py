"""Every way a page offers to act on a referral: its address, its words, its key, and what it asks.

The moves of `lifecycle.MOVES` and, beside them, what changes a facet or the owner. Which of them a person
sees follows from the stage, the next action and the role; what is not offered here is refused when posted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms

from organizations.models import Membership
from referrals import forms as asks
from referrals.lifecycle import MOVES, Stage, moves_from
from referrals.models import Referral
from referrals.next_action import OwedBy
from referrals.presenting import Wall, has_not_begun


@dataclass(frozen=True)
class Way:
    """One thing to do. `address` is a URL name that takes the referral's number."""

    name: str
    address: str
    label: str
    done: str
    permission: str
    asks: type[forms.Form] = asks.PlainForm
    key: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Offer:
    """A way together with its form, as a page draws it: behind a button, or unfolded."""

    way: Way
    form: forms.Form
    is_unfolded: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a button alone will do."""
        return not self.form.fields


@dataclass(frozen=True)
class Offers:
    """What a person may do now: the one primary thing, what goes beside it, and all the rest."""

    primary: Offer | None
    beside: list[Offer]
    more: list[Offer]


def _of_move(
    name: str, address: str, form: type[forms.Form], *, label: str = "", danger: bool = False
) -> Way:
    rule = MOVES[name]
    done = "Report filed" if name == "report" else rule.done  # the stage says "sent" once the fax has left
    return Way(name, address, label or rule.label, done, rule.permission, form, danger=danger)


def _beside(
    name: str,
    address: str,
    label: str,
    done: str,
    *,
    needs: str,
    form: type[forms.Form] = asks.PlainForm,
    key: str = "",
) -> Way:
    return Way(name, address, label, done, needs, form, key)


_WAYS = [
    _of_move("send", "dispatch", asks.RemarkForm, label="Record as sent"),
    _of_move("discard", "discarding", asks.PlainForm, danger=True),
    _of_move("bounce", "failed_delivery", asks.ReasonForm),
    _of_move("acknowledge", "receipt", asks.RemarkForm),
    _of_move("accept", "acceptance", asks.PlainForm),
    _of_move("ask", "information_request", asks.WantedForm),
    _of_move("answer", "information", asks.PlainForm),
    _of_move("decline", "refusal", asks.ReasonForm, danger=True),
    _of_move("redirect", "redirection", asks.NewOfficeForm),
    _of_move("advise", "advice", asks.AdviceForm),
    _of_move("schedule", "appointment", asks.RemarkForm, label="Record the booking"),
    _of_move("reschedule", "appointment", asks.SlotForm),
    _of_move("cancel_appointment", "appointment_cancellation", asks.ShortReasonForm),
    _of_move("no_show", "no_show", asks.RemarkForm),
    _of_move("record_visit", "visit", asks.VisitForm),
    _of_move("report", "report", asks.ReportForm, label="Send the report"),
    _of_move("report_lost", "report_loss", asks.RemarkForm, label="Report did not arrive"),
    _of_move("acknowledge_report", "report_acknowledgement", asks.PlainForm),
    _of_move("resolve", "resolution", asks.ReasonForm),
    _of_move("cancel", "cancellation", asks.ReasonForm, danger=True),
    _of_move("lose", "loss", asks.LossForm, danger=True),
    _of_move("void", "error", asks.ReasonForm, danger=True),
    _of_move("reopen", "reopening", asks.RemarkForm),
    _of_move("recover", "recovery", asks.RemarkForm),
    _beside("check", "eligibility_check", "Check eligibility", "Asked the payer", needs="insurance.check"),
    _beside(
        "cover",
        "coverage",
        "Save and ask the payer",
        "Saved, and asked the payer",
        needs="insurance.check",
        form=asks.CoverageForm,
    ),
    _beside(
        "self_pay", "self_pay", "Patient pays", "Patient pays without insurance", needs="insurance.check"
    ),
    _beside(
        "waive",
        "authorization_waiver",
        "Mark not required",
        "No authorization required",
        needs="insurance.check",
        form=asks.WaiverForm,
    ),
    _beside(
        "want",
        "information_request",
        "Ask for records",
        "Asked for records",
        needs="referrals.write",
        form=asks.WantedForm,
    ),
    _beside(
        "complete", "information", "Records are complete", "Records are complete", needs="referrals.write"
    ),
    _beside(
        "text",
        "booking_link",
        "Text a booking link",
        "Booking link sent",
        needs="notifications.send",
        key="t",
    ),
    _beside(
        "call", "call", "Log a call", "Call logged", needs="referrals.write", form=asks.CallForm, key="c"
    ),
    _beside("resend", "report_resending", "Send it again", "Sending it again", needs="referrals.send"),
    _beside("hold", "hold", "Put on hold", "On hold", needs="referrals.write", form=asks.HoldForm),
    _beside("resume", "resumption", "Take off hold", "Taken off hold", needs="referrals.write"),
    _beside("note", "notes", "Save note", "Note saved", needs="referrals.write", form=asks.NoteForm),
    _beside("own", "owner", "Assign", "Owner changed", needs="referrals.write", form=asks.OwnerForm, key="a"),
    _beside("book", "appointment", "Book", "Visit booked", needs="referrals.schedule", form=asks.SlotForm),
    _beside("file", "documents", "Add", "Document added", needs="documents.add", form=asks.DocumentForm),
]
WAYS = {way.name: way for way in _WAYS}

# What does the next action, by its code; then what goes beside it.
NEXT: dict[str, tuple[str, ...]] = {
    "send": ("send",),
    "acknowledge": ("acknowledge",),
    "accept": ("accept", "ask", "decline"),
    "check_eligibility": ("check", "self_pay"),
    "add_coverage": ("cover", "self_pay"),
    "correct_coverage": ("cover", "check", "self_pay"),
    "start_authorization": ("waive",),
    "ask_records": ("want", "complete"),
    "text_patient": ("text", "call"),
    "call_patient": ("call",),
    "decide_lost": ("lose",),
    "record_visit": ("record_visit", "no_show"),
    "send_report": ("report", "resend"),
    "acknowledge_report": ("acknowledge_report",),
    "reroute": ("redirect",),
    "resume": ("resume",),
}
# While somebody else owes the next action there is no primary button, only what may be worth doing meanwhile.
MEANWHILE: dict[str, tuple[str, ...]] = {
    "await_information": ("answer", "complete"),
    "await_decision": ("accept", "decline"),
    "await_booking": ("schedule",),
    "await_payer": ("self_pay",),
    "await_patient": ("text", "call"),
    "await_report": ("report",),
    "await_acknowledgement": ("acknowledge_report",),
    "none": ("reopen", "recover"),
}
IN_CARDS = {"reschedule", "cancel_appointment"}  # drawn beside the visit they change
IN_OUR_WORDS = {"answer": "Information sent", "report": "Record the report", "record_visit": "Record as seen"}


def offers(referral: Referral, membership: Membership, wall: Wall) -> Offers:
    """What the page draws for this person now."""
    meanwhile = MEANWHILE.get(referral.next_code, ())
    does_it = NEXT.get(referral.next_code, meanwhile if referral.owed_by == OwedBy.US else ())
    doing = _open(does_it, referral, membership)
    waiting = [way for way in _open(meanwhile, referral, membership) if way not in doing]
    first, beside = doing[:1], doing[1:] + waiting
    if is_early := has_not_begun(
        referral, wall.now
    ):  # people come early; nobody stays away from what lies ahead
        first, beside = [], first
    drawn = {way.name for way in (*doing, *beside)}
    rest = [name for name in moves_from(Stage(referral.stage)) if name not in drawn | IN_CARDS]
    return Offers(
        primary=offer(first[0], referral, wall) if first else None,
        beside=[replace(offer(way, referral, wall), is_unfolded=is_early) for way in beside],
        more=[offer(way, referral, wall) for way in _open([*rest, "hold"], referral, membership)],
    )


def offer(way: Way, referral: Referral, wall: Wall) -> Offer:
    """The way with a form of its own, whose fields have ids of their own."""
    if referral.direction == Referral.Direction.OUTBOUND:
        way = replace(way, label=IN_OUR_WORDS.get(way.name, way.label))
    if way.name == "text" and referral.outreach_attempts:
        way = replace(way, label="Text the link again")
    return Offer(way, way.asks(auto_id=f"{way.name}-%s", **given(way.asks, referral, wall)))


def may(way: Way, referral: Referral, membership: Membership) -> bool:
    """Whether the role grants it and the referral is where it starts."""
    return starts_at(way.name, referral) and membership.may(way.permission) and _fits(way.name, referral)


def starts_at(name: str, referral: Referral) -> bool:
    """Whether the stage allows it: a move where the table says so, anything else while it is open."""
    return name in moves_from(Stage(referral.stage)) if name in MOVES else referral.is_open


def _open(names: Iterable[str], referral: Referral, membership: Membership) -> list[Way]:
    return [WAYS[name] for name in names if may(WAYS[name], referral, membership)]


def _fits(name: str, referral: Referral) -> bool:
    return {
        "schedule": referral.direction == Referral.Direction.OUTBOUND,
        "resend": referral.stage == Stage.SEEN and getattr(referral, "was_reported", False),
        "complete": referral.stage == Stage.ACCEPTED,
        "hold": referral.hold_until is None,
        "resume": referral.hold_until is not None,
    }.get(name, True)


def given(form: type[forms.Form], referral: Referral, wall: Wall) -> dict[str, Any]:
    """What a form must know of the referral, and what stands in it already."""
    today = wall.now.astimezone(wall.zone).date()
    if form is asks.LossForm:
        return {"stage": Stage(referral.stage)}
    if form is asks.HoldForm:
        opens = partial(datetime.combine, time=referral.organization.opens_at, tzinfo=wall.zone)
        return {"today": today, "opens": opens, "initial": {"until": today + timedelta(days=7)}}
    if form is asks.VisitForm:
        visit = referral.visit_at
        return {"initial": {"seen_on": min(visit.astimezone(wall.zone).date(), today) if visit else today}}
    if form is asks.CoverageForm and referral.coverage:
        return {"initial": asks.CoverageForm.as_it_is(referral.coverage)}
    return {}
