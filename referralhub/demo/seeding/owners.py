"""Whose referral it is: each desk has its own kind of work, and some are nobody's yet."""

from collections.abc import Sequence
from datetime import datetime

from organizations.models import Membership
from referralhub.demo.seeding.clinic import Clinic
from referrals.models import Referral
from referrals.next_action import OwedBy

FRONT_DESK = "front_desk"
FRONT_DESK_HAS = 18
NOBODY = ""
# Who does it, in turn.
DESKS = {
    "accept": ("nurse", NOBODY, NOBODY),
    "await_information": (NOBODY, FRONT_DESK),
    "start_authorization": ("insurance",),
    "correct_coverage": ("insurance",),
    "check_eligibility": ("insurance",),
    "await_payer": ("insurance",),
    "appeal": ("insurance",),
    "send_report": ("nurse", FRONT_DESK),
    "reroute": ("nurse", FRONT_DESK),
    "acknowledge_report": ("physician",),
}
ANY_DESK = (FRONT_DESK, "nurse", "manager")
INSTEAD = ("manager", NOBODY, "nurse")  # when the front desk has enough


def share_out(clinic: Clinic, referrals: Sequence[Referral]) -> None:
    """Give the open ones to the desks, what can be done now first; ended ones keep some owner."""
    at_the_front = 0
    for referral in sorted(referrals, key=lambda referral: _by_due(referral, clinic.now)):
        desk = _in_turn(clinic, referral.next_code, DESKS.get(referral.next_code, (FRONT_DESK,)))
        if not referral.is_open:
            desk = clinic.rng.choice(ANY_DESK)
        elif desk == FRONT_DESK and at_the_front == FRONT_DESK_HAS:
            desk = _in_turn(clinic, "instead", INSTEAD)
        at_the_front += desk == FRONT_DESK and referral.is_open
        referral.owner = _colleague(clinic, desk)


def _by_due(referral: Referral, now: datetime) -> tuple[bool, str]:
    begun = referral.clock_from is None or referral.clock_from <= now
    due = referral.due_at.isoformat() if referral.due_at else ""
    return referral.owed_by != OwedBy.US or not begun, f"{due} {referral.number}"


def _in_turn(clinic: Clinic, what: str, desks: Sequence[str]) -> str:
    clinic.turns[what] += 1
    return desks[clinic.turns[what] % len(desks)]


def _colleague(clinic: Clinic, desk: str) -> Membership | None:
    return clinic.colleague(desk) if desk else None
