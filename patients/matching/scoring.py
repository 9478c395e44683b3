"""From grades to a probability, by kinds of pairs (after Fellegi and Sunter, 1969).

A pair is of one person, of twins, of two people who live together, or of strangers. A family shares a name,
an address, a telephone and at times a birth date, so that a model of matches and strangers alone takes twins
for one person. And an address stays or moves as a whole: its six parts are not six proofs (two components,
stayed and moved).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patients.matching.fields import BIRTH, FIELDS, GIVEN, SEX, SUFFIX
from patients.matching.parameters import APART, Parameters

Codes = NDArray[np.int8]  # a row a pair, a column a field
Floats = NDArray[np.float64]
SHARED = np.array([one.shared for one in FIELDS])
ROWS = np.arange(len(FIELDS))
OTHERS = ("twins", "household", "strangers")
BLOCK = 50_000  # pairs scored at a time
BORN, SUFFIXED = FIELDS.index(BIRTH), FIELDS.index(SUFFIX)
TWINS = 0.012  # of pairs of one household: that they are twins (3.1 in 100 US births: CDC, 2022)
# A third of twins are of one egg, half of the others of one sex; their names are often alike, never the same.
TWIN_SEX = {"same": 0.65, "different": 0.35}
TWIN_NAME = {
    "same": 3e-4, "nickname": 2e-3, "part": 4e-3, "initial": 0.06, "near": 0.012, "alike": 0.05,
    "different": 0.8717,
}  # fmt: skip
AGREE = {
    one.name: [
        number
        for number, level in enumerate(one.levels, start=1)
        if level.name in ("same", "swapped", "slip")
    ]
    for one in (BIRTH, SUFFIX)
}


@dataclass(frozen=True)
class Scores:
    """Of each pair: the chance of each kind, and the weights, natural logarithms of likelihood ratios."""

    same: Floats
    stayed: Floats  # the part of `same` that lives where it lived
    others: dict[str, Floats]  # the chances of "twins", "household" and "strangers"
    weights: dict[str, Floats]  # against each of them: a column a field
    address: dict[str, Floats]  # against each of them: the address as a whole

    def at(self, pair: int) -> "Scores":
        """Those of one pair."""
        kinds = [
            {kind: found[pair] for kind, found in one.items()}
            for one in (self.others, self.weights, self.address)
        ]
        return Scores(self.same[pair], self.stayed[pair], *kinds)


def score(codes: Codes, shares: Floats, parameters: Parameters) -> Scores:
    """The chances of pairs of grades; `shares` are the frequencies of values in common, else 0."""
    chance = np.log(np.where(shares > 0, shares, parameters.other[ROWS, codes]))
    one = np.where(codes > 0, np.log(parameters.same[ROWS, codes]) - chance, 0.0)
    house = np.where(codes > 0, np.log(parameters.house[ROWS, codes]) - chance, 0.0)
    twins = one.copy()
    for row, table in ((FIELDS.index(GIVEN), TWIN_NAME), (FIELDS.index(SEX), TWIN_SEX)):
        logs = np.log([1.0, *(table[level.name] for level in FIELDS[row].levels)])
        twins[:, row] = np.where(codes[:, row] > 0, logs[codes[:, row]] - chance[:, row], 0.0)
    stayed, address = _address(one, parameters.moved)
    together = _address(house, APART)[1]
    kinds = {
        "same": np.log(parameters.match) + one[:, ~SHARED].sum(axis=1) + address,
        "twins": np.log(parameters.household * TWINS) + twins[:, ~SHARED].sum(axis=1) + address,
        "household": np.log(parameters.household) + house[:, ~SHARED].sum(axis=1) + together,
        "strangers": np.full(len(codes), np.log1p(-parameters.match - parameters.household)),
    }
    total = np.logaddexp.reduce(list(kinds.values()))
    chances = {kind: np.exp(found - total) for kind, found in kinds.items()}
    same = chances.pop("same")
    return Scores(
        same=same,
        stayed=same * np.exp(stayed - address),
        others=chances,
        weights={"twins": one - twins, "household": one - house, "strangers": one},
        address={"twins": np.zeros_like(address), "household": address - together, "strangers": address},
    )


@dataclass(frozen=True)
class Chances:
    """Of each pair: the chance of each kind, as `Scores` has it, without the weights that led there."""

    same: Floats
    stayed: Floats
    others: dict[str, Floats]


def chances(codes: Codes, shares: Floats, parameters: Parameters) -> Chances:
    """The chances of millions of pairs, some at a time, since their weights would take gigabytes."""
    same, stayed = np.empty(len(codes)), np.empty(len(codes))
    others = {kind: np.empty(len(codes)) for kind in OTHERS}
    for start in range(0, len(codes), BLOCK):
        some = slice(start, start + BLOCK)
        found = score(codes[some], shares[some], parameters)
        same[some], stayed[some] = found.same, found.stayed
        for kind, of_kind in others.items():
            of_kind[some] = found.others[kind]
    return Chances(same, stayed, others)


def _address(weights: Floats, moved: float) -> tuple[Floats, Floats]:
    """The weight of an address that stayed, and of one that stayed or moved."""
    stayed = weights[:, SHARED].sum(axis=1) + np.log1p(-moved)
    return stayed, np.logaddexp(stayed, np.log(moved))


def doubtful(codes: Codes) -> NDArray[np.bool_]:
    """Pairs that only a person may call the same: one is a Jr, and no birth date tells father from son."""
    suffix, birth = codes[:, SUFFIXED], codes[:, BORN]
    return (suffix > 0) & ~np.isin(suffix, AGREE["suffix"]) & ~np.isin(birth, AGREE["birth_date"])
