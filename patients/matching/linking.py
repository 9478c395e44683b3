"""All pairs of one file: candidates by shared keys, parameters learned from it, an answer for each pair."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from patients.matching.comparing import decision
from patients.matching.estimation import estimate, frequencies
from patients.matching.evidence import Graded, grade
from patients.matching.keys import broad_keys, keys
from patients.matching.parameters import Parameters
from patients.matching.person import Facts, Person, facts
from patients.matching.scoring import Floats, chances, doubtful

LARGEST = 300  # records under one key; of a larger crowd only those next to one another in order are pairs
BESIDE = 5  # places
SAMPLE, NEIGHBOURS, NEIGHBOURHOOD = 16_000, 6_000, 60
WRONG = 0.001  # share of "same" answers that may be wrong, by the matcher's own probabilities
SAME_FLOOR, SAME_CEILING = 0.8, 0.998  # never "same" below; above always, however few the pairs
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """Two positions of the file, the probability that they are one person, and the answer."""

    a: int
    b: int
    probability: float
    decision: str


def link(people: Sequence[Person]) -> list[Link]:
    """The pairs of a file that share a key, in order; every other pair is different."""
    if len(people) < 2:  # noqa: PLR2004
        return []
    known = [facts(person) for person in people]
    pairs = candidates(known)
    parameters, graded = learn(known, pairs)
    found = chances(graded.codes, graded.shares, parameters)
    doubts = doubtful(graded.codes)
    return [
        Link(a, b, float(p), decision(float(p), parameters, doubtful=bool(doubt)))
        for (a, b), p, doubt in zip(pairs, found.same, doubts, strict=True)
    ]


def candidates(people: Sequence[Facts]) -> list[Pair]:
    """Pairs of positions that share a key, in order."""
    filed: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(people):
        for key in keys(one) | broad_keys(one):
            filed[key].append(position)
    return sorted({pair for crowd in filed.values() for pair in _pairs_of(crowd, people)})


def _pairs_of(crowd: list[int], people: Sequence[Facts]) -> Iterable[Pair]:
    """All pairs of a crowd; of a very large one the pairs of neighbours by name and birth date."""
    if len(crowd) <= LARGEST:
        return combinations(crowd, 2)
    order = sorted(crowd, key=lambda at: (people[at].family, people[at].given, people[at].birth, at))
    beside = ((order[i], other) for i in range(len(order)) for other in order[i + 1 : i + 1 + BESIDE])
    return ((min(pair), max(pair)) for pair in beside)


def learn(people: Sequence[Facts], pairs: Sequence[Pair]) -> tuple[Parameters, Graded]:
    """Parameters of these people, and the evidence of their candidate pairs."""
    common = frequencies(people)
    start = Parameters(frequencies=common)
    graded = grade(people, pairs, common)
    chance = grade(people, _at_random(len(people)), common)
    neighbours = grade(people, _of_one_place(people), common)
    learned = estimate(start, graded, chance, neighbours, len(people))
    sure = chances(graded.codes, graded.shares, learned).same[~doubtful(graded.codes)]
    return replace(learned, same_at=threshold(sure)), graded


def threshold(probabilities: Floats, wrong: float = WRONG) -> float:
    """The least probability from which "same" is expected to be wrong in no more than this share."""
    falling = np.sort(probabilities[probabilities >= SAME_FLOOR])[::-1]
    expected = np.cumsum(1 - falling) / np.arange(1, len(falling) + 1)
    within = falling[expected <= wrong]
    return min(float(within[-1]), SAME_CEILING) if len(within) else SAME_CEILING


def _at_random(records: int) -> list[Pair]:
    if records * (records - 1) // 2 <= SAMPLE:
        return list(combinations(range(records), 2))
    draw = random.Random(records)  # noqa: S311 the same records give the same parameters
    drawn = (draw.sample(range(records), 2) for _ in range(SAMPLE))
    return sorted({(min(pair), max(pair)) for pair in drawn})


def _of_one_place(people: Sequence[Facts]) -> list[Pair]:
    places: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(people):
        if one.postal and len(places[one.postal]) < NEIGHBOURHOOD:
            places[one.postal].append(position)
    pairs = [pair for crowd in places.values() for pair in combinations(crowd, 2)]
    draw = random.Random(len(pairs))  # noqa: S311 as above
    return pairs if len(pairs) <= NEIGHBOURS else sorted(draw.sample(pairs, NEIGHBOURS))
