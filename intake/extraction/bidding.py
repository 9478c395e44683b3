"""One page's candidates as bids for roles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from intake.extraction import boxes, candidates, scoring, surroundings
from intake.extraction.candidate import Candidate
from intake.extraction.evidence import NAME
from intake.extraction.labels import Labels
from intake.extraction.sections import Sections
from intake.extraction.surroundings import Surroundings
from intake.extraction.tagging import Tags
from intake.extraction.text import plain

DAYS_AHEAD = 2  # clocks of senders run ahead by no more than this
YEARS_BACK = 3  # a referral is no older
LEAST = 0.02  # a score below which a candidate is not even a rival
NAME_PARTS = ("patient_first", "patient_last")


@dataclass(frozen=True, slots=True)
class Bid:
    """A candidate for a role, with its score (weighted by its page once its paper is known)."""

    role: str
    candidate: Candidate
    around: Surroundings
    page: int
    score: float


def on_page(labels: Labels, tags: Tags, picture: bytes, today: date) -> Iterator[Bid]:
    """Every bid of a page. `picture` (PNG) is looked at for ticked boxes."""
    sections = Sections(labels)
    found = boxes.settle(candidates.find(labels, tags, latest=today), picture)
    placed = [(candidate, surroundings.of(candidate, labels, sections)) for candidate in found]
    for candidate, around, role, score in scoring.role_scores(placed, tags, labels.layout):
        if score > LEAST and (candidate.kind != "date" or _is_possible(role, candidate.value, today)):
            bid = Bid(role, candidate, around, labels.layout.number, score)
            yield from _parts(bid) if role == NAME else (bid,)


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
