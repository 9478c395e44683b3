"""Where a referral stands, for those without an account: a patient, and the office that referred. Pure.

Patients read it in their language; the words of staff pages are in `stepping`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from organizations.spoken import month_day, time_of_day
from referrals.facets import Contact
from referrals.lifecycle import Stage
from referrals.models import Referral, Step
from referrals.presenting import Wall, finished, is_ready
from referrals.stepping import DONE

Steps = Mapping[str, Step]


class Place(StrEnum):
    """What a patient can do now."""

    PICK = "pick"
    BOOKED = "booked"
    DECLINED = "declined"
    NOT_READY = "not_ready"
    DONE = "done"
    ENDED = "ended"


BEFORE = {Stage.DRAFT, Stage.SENT, Stage.RECEIVED, Stage.INFO_REQUESTED}
AFTER = {Stage.SEEN, Stage.REPORTED, Stage.CLOSED}
MAY_PICK = {
    Place.PICK,
    Place.BOOKED,
    Place.DECLINED,
}  # moving the visit and changing one's mind are picking too


def place_of(referral: Referral, now: datetime) -> Place:
    """Where the patient stands. A visit whose time has come can be neither moved nor cancelled here."""
    stage = Stage(referral.stage)
    if stage == Stage.SCHEDULED:
        return Place.BOOKED if referral.visit_at and referral.visit_at > now else Place.DONE
    if stage in BEFORE or (stage == Stage.ACCEPTED and (referral.hold_until or not is_ready(referral))):
        return Place.NOT_READY
    if stage == Stage.ACCEPTED:
        return Place.DECLINED if referral.contact == Contact.DECLINED else Place.PICK
    return Place.DONE if stage in AFTER else Place.ENDED


@dataclass(frozen=True)
class Standing:
    """One line of the way a referral goes: done, now, or todo."""

    label: str
    state: str
    sub: str = ""


def _lines(labels: list[str], subs: list[str], reached: int) -> list[Standing]:
    states = ["done" if n < reached else "now" if n == reached else "todo" for n in range(len(labels))]
    return [Standing(*line) for line in zip(labels, states, subs, strict=True)]


# ---------------------------------------------------------------- for the patient


def for_patient(referral: Referral) -> list[Standing]:
    """Four lines in plain words."""
    zone = referral.organization.zone
    visit_at = referral.visit_at.astimezone(zone) if referral.visit_at else None
    is_seen = Stage(referral.stage) in AFTER
    reached = _reached_by_patient(referral, is_seen=is_seen)
    labels = [
        _("Your doctor sent the referral"),
        _("Insurance checked") if reached > 1 else _("We check your insurance"),
        _("You were seen") if is_seen else _("Visit booked") if visit_at else _("You pick a time"),
        _("We send results to your doctor"),
    ]
    visit = f"{month_day(visit_at)}, {time_of_day(visit_at)}" if visit_at else ""
    subs = [month_day(referral.index_at.astimezone(zone)), "", visit, ""]
    return _lines(labels, subs, reached)


def _reached_by_patient(referral: Referral, *, is_seen: bool) -> int:
    if referral.stage in {Stage.REPORTED, Stage.CLOSED}:
        return 4
    if is_seen:
        return 3
    return 2 if referral.stage == Stage.SCHEDULED or is_ready(referral) else 1


# ---------------------------------------------------------------- for the office that referred

WAITS = {
    "accept": "We are reviewing it",
    "await_information": "We wait for information from you",
    "check_eligibility": "We are checking coverage",
    "await_payer": "We wait for the payer",
    "add_coverage": "We need the patient's coverage",
    "correct_coverage": "We are correcting the coverage with the patient",
    "start_authorization": "We are preparing the authorization",
    "appeal": "The payer denied authorization. We are on it",
    "text_patient": "We are reaching the patient",
    "await_patient": "The patient is choosing a time",
    "call_patient": "We are calling the patient",
    "decide_lost": "The patient does not want the visit",
    "record_visit": "The visit is near",
    "send_report": "We are writing the report",
    "await_acknowledgement": "The report is here. Tell us when it is read",
    "reroute": "We cannot see the patient. Call us",
    "resume": "On hold",
}
OFFICE_LABELS = ("Received", "Reviewed and accepted", "Insurance", "Scheduled", "Seen", "Report read")
SEEN = 4


def for_office(referral: Referral, steps: Steps, wall: Wall) -> list[Standing]:
    """Six lines; `steps` holds the latest step of each name in stepping.MILESTONES."""
    labels, reached = list(OFFICE_LABELS), finished(referral)
    if referral.receiving_provider is not None:
        labels[SEEN] = f"Seen by {referral.receiving_provider.short_name}"
    said = [DONE[n](referral, steps, wall) if n < reached else "" for n in range(len(labels))]
    said[0] = wall.moment(referral.index_at)
    if reached < len(labels):
        said[reached] = WAITS.get(referral.next_code, "") if referral.is_open else referral.stage_label
    return _lines(labels, said, reached)
