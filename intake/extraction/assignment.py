"""Who plays which role in one paper: best first, one value for a role, one role for a place and value."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.extraction.bidding import Bid
from intake.extraction.text import squashed

LEAST = {"reason": 0.2, "ref_npi": 0.7}
LEAST_ELSE = 0.25
SEVERAL = ("icd10", "cpt")  # roles with more than one value
LEAST_OF_SEVERAL = {"icd10": 0.25, "cpt": 0.3}
# A wrong NPI files the referral under another clinician: with a rival this close, a person decides.
TOO_CLOSE = {"ref_npi": 0.15}
AGREEMENT = 0.04  # what each further page with the same value adds
# Roles among which one value is one thing: a number is the patient's or the office's.
EXCLUSIVE = (
    {"patient_phone", "ref_phone", "ref_fax"},
    {"patient_dob", "referral_date"},
    {"ref_provider", "to_provider"},
    {"member_id", "group_no"},
)


@dataclass(frozen=True, slots=True)
class Award:
    """The bids that won a role (several for codes), and the best score among other values."""

    role: str
    bids: tuple[Bid, ...]
    runner_up: float


def assign(bids: Sequence[Bid]) -> dict[str, Award]:
    """Give each role its value."""
    awards = {role: award for role in SEVERAL if (award := _several(role, bids))}
    taken = {_place(bid) for award in awards.values() for bid in award.bids}
    for bid in sorted(_agreed(bids), key=lambda bid: -bid.score):
        if bid.role in awards or bid.role in SEVERAL or bid.score < LEAST.get(bid.role, LEAST_ELSE):
            continue
        if _place(bid) in taken or _value(bid) in _values_excluded(bid.role, awards):
            continue
        runner_up = max(
            (o.score for o in bids if o.role == bid.role and _value(o) != _value(bid)), default=0.0
        )
        if runner_up <= TOO_CLOSE.get(bid.role, 1.0) * bid.score:
            awards[bid.role] = Award(bid.role, (bid,), runner_up)
            taken.add(_place(bid))
    return awards


def _values_excluded(role: str, awards: Mapping[str, Award]) -> set[str]:
    """Values that already play a role beside which the same value cannot play this one."""
    others = next((group - {role} for group in EXCLUSIVE if role in group), set())
    return {_value(bid) for other in others if other in awards for bid in awards[other].bids}


def _agreed(bids: Sequence[Bid]) -> list[Bid]:
    """Each bid with a little more for every other page that says the same."""
    pages: dict[tuple[str, str], set[int]] = defaultdict(set)
    for bid in bids:
        pages[bid.role, _value(bid)].add(bid.page)
    return [
        replace(bid, score=bid.score * (1 + AGREEMENT * (len(pages[bid.role, _value(bid)]) - 1)))
        for bid in bids
    ]


def _several(role: str, bids: Sequence[Bid]) -> Award | None:
    """The codes of the page that has the strongest one; a later page's list is history, not this request."""
    good = [bid for bid in bids if bid.role == role and bid.score >= LEAST_OF_SEVERAL[role]]
    if not good:
        return None
    page = max(good, key=lambda bid: bid.score).page
    best: dict[str, Bid] = {}
    for bid in sorted((bid for bid in good if bid.page == page), key=lambda bid: bid.score):
        best[_value(bid)] = bid
    return Award(
        role, tuple(sorted(best.values(), key=lambda bid: (bid.candidate.line, bid.candidate.start))), 0.0
    )


def _value(bid: Bid) -> str:
    return squashed(bid.candidate.value)


def _place(bid: Bid) -> tuple[int, int, int]:
    return bid.page, bid.candidate.left, bid.candidate.top
