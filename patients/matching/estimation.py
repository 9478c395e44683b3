"""Learning an organization's parameters from its own records, without labels (expectation and maximisation).

What strangers share by chance comes from the values' frequencies and from pairs drawn at random; what two
records of one person share comes from the candidate pairs, each counted by its present probability. First
beliefs count as so many pairs, so that a small organization keeps them and a large one outgrows them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from patients.matching.evidence import Graded
from patients.matching.fields import BIRTH, FIELDS, GIVEN, HERE, ORDER
from patients.matching.parameters import WIDTH, Frequencies, Parameters, Table, believed
from patients.matching.person import Facts
from patients.matching.scoring import chances

ROUNDS = 60
ENOUGH = 2e-5  # relative change of the numbers of matches and households expected, at which learning ends
MATCHES_BELIEVED = 30.0  # pairs that a first belief about one person's records is worth
HOUSES_BELIEVED = 300.0
STRANGERS_BELIEVED = 200.0
GROUP_WORTH = 0.2  # of a belief about a group of grades, which fewer pairs show
MOVES_BELIEVED = 30.0
FREQUENCY_BELIEVED = 500.0  # records that a usual frequency is worth
DOUBLED = 0.05  # share of records that have a second one, before anything is known
SHARE_BELIEVED = 4950.0  # pairs, those of a hundred records, that this belief is worth
MOST_MATCHES = 0.1  # no two records met by chance are likelier than this to be of one person
VALUES: dict[str, Callable[[Facts], tuple[str, ...]]] = {
    "given_name": lambda one: (one.given,),
    "family_name": lambda one: (one.family,),
    "birth_date": lambda one: (one.birth,),
    "street_number": lambda one: (one.number,),
    "street": lambda one: (one.street,),
    "unit": lambda one: (one.unit,),
    "postal_code": lambda one: (one.postal,),
    "city": lambda one: (one.city,),
    "state": lambda one: (one.state,),
    "phone": lambda one: one.phones,
    "member_id": lambda one: one.members,
}


def frequencies(people: Sequence[Facts]) -> Frequencies:
    """How common each value is: its share of the records but one, drawn towards what is usual."""
    usual = {one.name: one.usual for one in FIELDS}
    found = {}
    for name, values in VALUES.items():
        counts = Counter(value.replace(" ", "") for one in people for value in values(one) if value)
        total = counts.total() + FREQUENCY_BELIEVED
        start = FREQUENCY_BELIEVED * usual[name]
        found[name] = {value: (count - 1 + start) / total for value, count in counts.items()}
    return found


def estimate(
    start: Parameters, candidates: Graded, chance: Graded, neighbours: Graded, records: int
) -> Parameters:
    """Better parameters than `start`; `chance` are random pairs, `neighbours` some of one ZIP code."""
    every = max(1, records * (records - 1) // 2)
    usual = min(MOST_MATCHES, DOUBLED * records / every)
    now = replace(start, match=usual, household=usual)
    last = 0.0
    for _ in range(ROUNDS):
        found = chances(candidates.codes, candidates.shares, now)
        matches, houses = float(found.same.sum()), float(found.others["household"].sum())
        same = _of_one_person(candidates, found.same, found.stayed)
        now = replace(
            now,
            same=same,
            house=_of_a_household(candidates, found.others["household"], same),
            other=_of_strangers(chance, neighbours, now),
            match=_share(matches, every, usual),
            household=_share(houses, every, usual),
            moved=(MOVES_BELIEVED * start.moved + matches - float(found.stayed.sum()))
            / (MOVES_BELIEVED + matches),
        )
        if abs(matches - houses - last) <= ENOUGH * (matches + houses):
            break
        last = matches - houses
    return now


def _share(pairs: float, every: int, usual: float) -> float:
    return min(MOST_MATCHES, (pairs + SHARE_BELIEVED * usual) / (every + SHARE_BELIEVED))


def _of_one_person(pairs: Graded, same: NDArray[np.float64], stayed: NDArray[np.float64]) -> Table:
    counts = np.stack([_counts(pairs, row, stayed if one.shared else same) for row, one in enumerate(FIELDS)])
    return _blend(believed("same"), counts, MATCHES_BELIEVED)


def _of_a_household(pairs: Graded, house: NDArray[np.float64], same: Table) -> Table:
    """Addresses are written as one person's are; twins and namesakes are as frequent as anywhere.

    These two rates cannot be learned: a twin looks like the same person with another first name.
    """
    first = believed("house")
    table = _blend(
        first, np.stack([_counts(pairs, row, house) for row in range(len(FIELDS))]), HOUSES_BELIEVED
    )
    for row, one in enumerate(FIELDS):
        if one.shared or one is ORDER:
            table[row] = same[row]
        elif one in (GIVEN, BIRTH):
            table[row] = first[row]
    return table


def _of_strangers(chance: Graded, neighbours: Graded, now: Parameters) -> Table:
    """Grades that hold where the ZIP code is the same are counted among neighbours, the others among all."""
    here = np.zeros((len(FIELDS), WIDTH), dtype=bool)
    for row, one in enumerate(FIELDS):
        here[row, 1 : len(one.levels) + 1] = [level.group == HERE for level in one.levels]
    counts = np.where(here, _strange(neighbours, now), _strange(chance, now))
    table = _blend(believed("other"), counts, STRANGERS_BELIEVED)
    order = FIELDS.index(ORDER)  # names that agree crosswise are counted as names already
    table[order] = now.other[order]
    return table


def _strange(pairs: Graded, now: Parameters) -> Table:
    strangers = chances(pairs.codes, pairs.shares, now).others["strangers"]
    return np.stack([_counts(pairs, row, strangers) for row in range(len(FIELDS))])


def _counts(pairs: Graded, row: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.bincount(pairs.codes[:, row], weights, WIDTH).astype(np.float64)


def _blend(beliefs: Table, counts: Table, worth: float) -> Table:
    """Beliefs and counts together, a field's grades (of one group) adding up to one."""
    table = beliefs.copy()
    for row, one in enumerate(FIELDS):
        for group in {level.group for level in one.levels}:
            columns = [c for c, level in enumerate(one.levels, start=1) if level.group == group]
            weight = worth * GROUP_WORTH if group else worth
            seen = counts[row, columns] + weight * beliefs[row, columns] / beliefs[row, columns].sum()
            table[row, columns] = seen / seen.sum()
    return table
