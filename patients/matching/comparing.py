"""Two people, one answer, and why: what a clerk is shown before saying yes or no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from patients.matching.evidence import grade
from patients.matching.fields import FIELDS, MISSING, ORDER
from patients.matching.parameters import Parameters
from patients.matching.person import Person, facts
from patients.matching.scoring import SHARED, Codes, Scores, doubtful, score

BIT = log(2)
SAME = {"same", "same_nearby", "same_here"}
WORTH_WEIGHING = 0.01
PLACES = 6  # decimal places, beyond which numbers depend on how many pairs are scored at once


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing compared: its grade, its weight in bits for one person, and a clerk's words for it."""

    field: str
    level: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The probability that two records are of one person, the answer, and the evidence, weightiest first.

    Weights are against the likeliest other explanation, `against`: two "strangers", "twins", or a "household"
    of two people, who share name, address and telephone anyway, so that these say little.
    """

    probability: float
    weight: float
    decision: str
    against: str
    fields: tuple[Agreement, ...]


def compare(a: Person, b: Person, parameters: Parameters | None = None) -> Comparison:
    """Whether two records are of one person: "same", "ask" or "different". In either order."""
    return compare_with(a, [b], parameters)[0]


def compare_with(
    wanted: Person, known: Sequence[Person], parameters: Parameters | None = None
) -> list[Comparison]:
    """The same for one person and many, in the order of `known`; much faster than one by one."""
    beliefs = parameters or Parameters()
    people = [facts(person) for person in (wanted, *known)]
    graded = grade(people, [(0, at) for at in range(1, len(people))], beliefs.frequencies)
    found = score(graded.codes, graded.shares, beliefs)
    doubts = doubtful(graded.codes)
    return [
        _comparison(graded.codes[at], found.at(at), beliefs, bool(doubts[at])) for at in range(len(known))
    ]


def _comparison(codes: Codes, found: Scores, beliefs: Parameters, doubt: bool) -> Comparison:
    against = _likeliest_other(found)
    agreements = sorted(_agreements(codes, found, against), key=lambda one: -abs(one.weight))
    probability = round(float(found.same), PLACES)
    return Comparison(
        probability=probability,
        weight=round(sum(one.weight for one in agreements), PLACES),
        decision=decision(probability, beliefs, doubtful=doubt),
        against=against,
        fields=tuple(agreements),
    )


def decision(probability: float, parameters: Parameters, *, doubtful: bool = False) -> str:
    """The answer to a probability; a doubtful pair is a question at most."""
    if probability >= parameters.same_at and not doubtful:
        return "same"
    return "ask" if probability >= parameters.ask_at else "different"


def _likeliest_other(found: Scores) -> str:
    """The other explanation that is worth weighing against; strangers, when none is."""
    chance, kind = max((float(chances), kind) for kind, chances in found.others.items())
    return kind if chance >= WORTH_WEIGHING else "strangers"


def _agreements(codes: Codes, found: Scores, against: str) -> Iterator[Agreement]:
    weights = np.round(found.weights[against] / BIT, PLACES)
    address = round(float(found.address[against]) / BIT, PLACES)
    for row, one in enumerate(FIELDS):
        if codes[row] == MISSING or one.shared:
            continue
        level = one.levels[codes[row] - 1]
        if one is not ORDER or level.name == "swapped":
            yield Agreement(one.name, level.name, float(weights[row]), f"{one.label}: {level.words}")
    if codes[SHARED].any():
        level_name, words = _address(codes, found)
        yield Agreement("address", level_name, address, f"Address: {words}")


def _address(codes: Codes, found: Scores) -> tuple[str, str]:
    """The grade and the words of the address as a whole, since it stays or moves as a whole."""
    parts = [
        (one.label.lower(), one.levels[code - 1])
        for one, code in zip(FIELDS, codes, strict=True)
        if one.shared and code != MISSING
    ]
    odd = [f"{label} {level.words}" for label, level in parts if level.name not in SAME]
    if not odd:
        return "same", "same"
    if found.stayed < found.same / 2:
        return "moved", "another one"
    return "near", f"same but for {', '.join(odd)}"
