"""What our own records say about values that were read: they confirm one, repair one, or raise a doubt. Pure.

A record speaks about a value only when the paper and the record agree about something else: a member number
counts when name and birth date agree, never because it is alike. A repaired or doubted value says why, so a
person looks at it; a confirmed one needs nobody any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from organizations import words
from organizations.names import name_key

CONFIRMED = 0.995  # a misread value that equals the record of the very person named is rarer than this allows
REPAIRED = 0.95
ALIKE_NAME = 75  # likeness of two name keys, 0 to 100
LOOK_ALIKE = ("0OQD", "1IL", "5S", "8B", "2Z", "6G")  # what fax and eye mix up
MOST_MIXED_UP = 4  # characters of one number
MEMBER_SUFFIX = 2  # last characters that tell members of one family apart
PATIENT, DIRECTORY = "the patient's record", "our directory"


@dataclass(frozen=True)
class KnownPatient:
    """What we have on file. Phones are ten digits; `member_ids` as on the card."""

    given: str
    family: str
    birth_date: date
    phones: frozenset[str] = frozenset()
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownReferrer:
    """An office of our directory, and its clinician when we know which. Phones and faxes are ten digits.

    `by_npi` says that the NPI on the paper found the clinician, so that it cannot confirm itself.
    """

    phones: frozenset[str] = frozenset()
    faxes: frozenset[str] = frozenset()
    clinician: str = ""
    family: str = ""
    npi: str = ""
    by_npi: bool = False


@dataclass(frozen=True)
class Change:
    """What becomes of one value: `why` is empty when the record confirms it."""

    value: str
    confidence: float
    why: str = ""


@dataclass(frozen=True)
class _Read:
    values: Mapping[str, str]
    confidences: Mapping[str, float] = field(default_factory=dict)

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def confirmed(self, key: str) -> Change:
        return Change(self.get(key), max(CONFIRMED, self.confidences.get(key, 0.0)))

    def doubted(self, key: str, why: str) -> Change:
        return Change(self.get(key), self.confidences.get(key, 0.0), why)


def with_known(
    values: Mapping[str, str],
    confidences: Mapping[str, float],
    patient: KnownPatient | None,
    provider: KnownReferrer | None,
) -> dict[str, Change]:
    """What becomes of the values (in normal form) about which our records have something to say, by key."""
    read = _Read(values, confidences)
    changes: dict[str, Change] = {}
    if patient is not None:
        changes |= dict(_about_patient(read, patient))
    if provider is not None:
        changes |= dict(_about_referrer(read, provider))
    return changes


Told = Iterator[tuple[str, Change]]


# ---------------------------------------------------------------- the patient
def _about_patient(read: _Read, known: KnownPatient) -> Told:
    born = read.get("patient_dob")
    same_birth = born == known.birth_date.isoformat()
    same_name = _same_name(read, known)
    same_number = any(_key(read.get("member_id")) == _key(one) for one in known.member_ids)
    if same_name and same_birth:
        for key in ("patient_first", "patient_last", "patient_dob"):
            yield key, read.confirmed(key)
        yield from _phone(read, known)
        yield from _member(read, known)
    elif same_name and same_number and born and _one_digit_apart(born, known.birth_date.isoformat()):
        yield "patient_dob", read.doubted("patient_dob", _says(PATIENT, words.us_date(known.birth_date)))
    elif same_birth and same_number:
        yield from _spelling(read, known)


def _same_name(read: _Read, known: KnownPatient) -> bool:
    return all(
        read.get(key) and name_key(read.get(key)) == name_key(on_file)
        for key, on_file in (("patient_first", known.given), ("patient_last", known.family))
    )


def _spelling(read: _Read, known: KnownPatient) -> Told:
    """One part of the name is spelled another way: who it is stands fast, how it is written does not."""
    for key, on_file in (("patient_first", known.given), ("patient_last", known.family)):
        ours, theirs = name_key(read.get(key)), name_key(on_file)
        if ours and ours != theirs and fuzz.ratio(ours, theirs) >= ALIKE_NAME:
            yield key, read.doubted(key, _says(PATIENT, on_file))


def _phone(read: _Read, known: KnownPatient) -> Told:
    number = read.get("patient_phone")
    if number and known.phones:
        other = words.phone(min(known.phones))
        is_same = number in known.phones
        yield (
            "patient_phone",
            read.confirmed("patient_phone")
            if is_same
            else read.doubted("patient_phone", _says(PATIENT, other)),
        )


def _member(read: _Read, known: KnownPatient) -> Told:
    number = read.get("member_id")
    if not number:
        return
    if any(_key(number) == _key(one) for one in known.member_ids):
        yield "member_id", read.confirmed("member_id")
        return
    near = [one for one in known.member_ids if _is_slip(_key(number), _key(one))]
    if len(near) == 1:
        why = f"Read {number}; {PATIENT} says {near[0]}"
        is_relative = _may_be_relative(_key(number), _key(near[0]))
        yield "member_id", read.doubted("member_id", why) if is_relative else Change(near[0], REPAIRED, why)


# ---------------------------------------------------------------- the referring office
def _about_referrer(read: _Read, known: KnownReferrer) -> Told:
    yield from _office_number(read, "ref_phone", known.phones, always=True)
    yield from _office_number(read, "ref_fax", known.faxes, always=False)
    npi, named = read.get("ref_npi"), read.get("ref_provider")
    if not known.npi:
        return
    is_named = bool(named) and name_key(known.family) in name_key(named)
    if npi == known.npi and is_named:
        yield "ref_npi", read.confirmed("ref_npi")
        yield "ref_provider", read.confirmed("ref_provider")
    elif npi == known.npi and named:
        yield "ref_provider", read.doubted("ref_provider", f"This NPI is {known.clinician} in {DIRECTORY}")
    elif npi and is_named and not known.by_npi:
        yield "ref_npi", _another_npi(read, npi, known)


def _another_npi(read: _Read, npi: str, known: KnownReferrer) -> Change:
    if _is_slip(npi, known.npi):
        return Change(known.npi, REPAIRED, f"Read {npi}; {DIRECTORY} says {known.npi}")
    return read.doubted("ref_npi", _says(DIRECTORY, known.npi))


def _office_number(read: _Read, key: str, known: frozenset[str], *, always: bool) -> Told:
    """`always`: any other number is a doubt; else only one that looks misread, for offices have several."""
    number = read.get(key)
    if not number or not known:
        return
    if number in known:
        yield key, read.confirmed(key)
    elif near := sorted(one for one in known if always or _one_digit_apart(number, one)):
        yield key, read.doubted(key, _says(DIRECTORY, words.phone(near[0])))


# ---------------------------------------------------------------- how alike two numbers are
def _is_slip(read: str, known: str) -> bool:
    """Whether one edit, or characters that look alike, make one number the other."""
    if not read or not known:
        return False
    if Levenshtein.distance(read, known, score_cutoff=1) <= 1:
        return True
    if len(read) != len(known):
        return False
    differing = [(a, b) for a, b in zip(read, known, strict=True) if a != b]
    return len(differing) <= MOST_MIXED_UP and all(_look_alike(a, b) for a, b in differing)


def _may_be_relative(read: str, known: str) -> bool:
    """Whether only the suffix differs, and not by a misreading: that is how dependents are told apart."""
    if len(read) != len(known):
        return False
    places = [(at, a, b) for at, (a, b) in enumerate(zip(read, known, strict=True)) if a != b]
    return all(at >= len(read) - MEMBER_SUFFIX and not _look_alike(a, b) for at, a, b in places)


def _look_alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in LOOK_ALIKE)


def _one_digit_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _key(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


def _says(source: str, what: str) -> str:
    return f"{source[0].upper()}{source[1:]} says {what}".replace("The patient's record", "Record")
