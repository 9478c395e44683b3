"""One page's candidates as bids for roles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from intake.extraction import boxes, candidates, scoring, surroundings
from intake.extraction.candidate import Candidate
from intake.extraction.labels import Labels
from intake.extraction.sections import Sections
from intake.extraction.surroundings import Surroundings
from intake.extraction.text import plain

DAYS_AHEAD = 2  # clocks of senders run ahead by no more than this
YEARS_BACK = 3  # a referral is no older
NAME_PARTS = ("patient_first", "patient_last")


@dataclass(frozen=True, slots=True)
class Bid:
    """A candidate for a role, with its score (weighted by its page once its paper is known)."""

    role: str
    candidate: Candidate
    around: Surroundings
    page: int
    score: float


def on_page(labels: Labels, picture: bytes, page_role: str, today: date) -> Iterator[Bid]:
    """Every bid of a page. `picture` (PNG) is looked at for ticked boxes."""
    sections = Sections(labels)
    for candidate in boxes.settle(candidates.find(labels, latest=today), picture):
        around = surroundings.of(candidate, labels, sections, page_role)
        for role, score in scoring.role_scores(candidate, around).items():
            if score > 0 and (candidate.kind != "date" or _is_possible(role, candidate.value, today)):
                bid = Bid(role, candidate, around, labels.layout.number, score)
                yield from _parts(bid) if role == "patient_name" else (bid,)


def _parts(bid: Bid) -> Iterator[Bid]:
    """A patient's name as first and last name, each with its own words, so that each has its own box."""
    person = bid.candidate
    for role, value in zip(NAME_PARTS, person.parts or (), strict=True):
        wanted = set(plain(value).split())
        tokens = tuple(token for token in person.tokens if wanted & set(plain(token.text).split()))
        part = replace(person, value=value, display=value, tokens=tokens or person.tokens)
        yield replace(bid, role=role, candidate=part)


def _is_possible(role: str, iso: str, today: date) -> bool:
    """Nobody is born after today, or refers long before it."""
    on = date.fromisoformat(iso)
    if role == "patient_dob":
        return on <= today
    return on.year >= today.year - YEARS_BACK and (on - today).days <= DAYS_AHEAD
