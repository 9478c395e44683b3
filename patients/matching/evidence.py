"""Two people compared field by field: the grade of each, and the values they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from patients.matching import grades
from patients.matching.fields import COUNTED, FIELDS, HERE, MISSING, NEARBY
from patients.matching.parameters import Frequencies
from patients.matching.person import Facts
from patients.matching.scoring import Codes, Floats

CODES = [
    {"missing": MISSING} | {level.name: number for number, level in enumerate(one.levels, start=1)}
    for one in FIELDS
]
WEAK = {"missing", "different", "alike"}
FIRM = {"same", "part", "near"}
OF_GIVEN = {"nickname", "initial"}  # grades that only a first name has
WHERE = {"same": f"_{HERE}", "near": f"_{NEARBY}"}
Grade = tuple[str, str]  # its name, and the value that both have when it is "same"


class Evidence(NamedTuple):
    """A grade number for each field of FIELDS, and the value that both have where they have the same."""

    codes: tuple[int, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Graded:
    """The evidence of many pairs; `shares` are the frequencies of the values in common, else 0."""

    codes: Codes
    shares: Floats


def grade(people: Sequence[Facts], pairs: Iterable[tuple[int, int]], frequencies: Frequencies) -> Graded:
    """The evidence of pairs of positions in `people`."""
    codes, shares = bytearray(), []
    usual = [(frequencies.get(one.name, {}), one.usual) for one in FIELDS]
    for a, b in pairs:
        found = evidence(people[a], people[b])
        codes += bytes(found.codes)
        shares += [
            table.get(value, otherwise) if value else 0.0
            for (table, otherwise), value in zip(usual, found.values, strict=True)
        ]
    return Graded(
        np.frombuffer(bytes(codes), dtype=np.int8).reshape(-1, len(FIELDS)),
        np.array(shares, dtype=np.float64).reshape(-1, len(FIELDS)),
    )


def evidence(a: Facts, b: Facts) -> Evidence:
    """What two people's records say about their being one person, whichever comes first."""
    given, family, order = _names(a, b)
    street, unit = _address_lines(a, b)
    postal = grades.numbers(a.postal, b.postal)
    here = WHERE.get(postal, "")
    found = (
        given,
        family,
        order,
        (grades.middle_names(a.middle, b.middle), ""),
        (grades.suffixes(a.suffix, b.suffix), ""),
        (grades.birth_dates(a.birth, b.birth), a.birth),
        (grades.exactly(a.sex, b.sex), ""),
        (grades.numbers(a.number, b.number), a.number),
        street,
        unit,
        (postal, a.postal),
        _within(here, grades.lines(a.city, b.city), a.city),
        _within(here, grades.exactly(a.state, b.state), a.state),
        (grades.phones(a.phones, b.phones), _common(a.phones, b.phones)),
        (grades.member_ids(a.members, b.members), _common(a.members, b.members)),
    )
    return Evidence(
        tuple(numbers[name] for numbers, (name, _) in zip(CODES, found, strict=True)),
        tuple(
            value.replace(" ", "") if counted and name == "same" else ""
            for counted, (name, value) in zip(COUNTED, found, strict=True)
        ),
    )


def _names(a: Facts, b: Facts) -> tuple[Grade, Grade, Grade]:
    """First name, last name and their order; crossed over where only that agrees."""
    given, family = grades.first_names(a.given, b.given), grades.last_names(a.family, b.family)
    if given in WEAK and family in WEAK:
        one = (grades.first_names(a.given, b.family), a.given)
        other = (grades.first_names(a.family, b.given), a.family)
        crossed = {one[0], other[0]}
        if crossed <= FIRM or ("same" in crossed and crossed <= FIRM | OF_GIVEN | {"missing"}):
            first, second = sorted((one, other), key=lambda found: (found[0] not in OF_GIVEN, found))
            return first, second, ("swapped", "")
    return (given, a.given), (family, a.family), ("straight", "")


def _address_lines(a: Facts, b: Facts) -> tuple[Grade, Grade]:
    """Street and unit, which some senders write the other way round."""
    street, unit = grades.lines(a.street, b.street), grades.lines(a.unit, b.unit)
    if {street, unit} <= {"missing", "different"}:
        one, other = (grades.lines(a.street, b.unit), a.street), (grades.lines(a.unit, b.street), a.unit)
        best, rest = sorted((one, other), reverse=True)
        if best[0] in FIRM:
            return best, rest
    return (street, a.street), (unit, a.unit)


def _within(here: str, name: str, value: str) -> Grade:
    return (name, value) if name == "missing" else (name + here, value)


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    return min(set(a) & set(b), default="") if a and b else ""
