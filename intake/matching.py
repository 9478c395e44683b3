"""Who is this? A first matcher of what a fax says about a patient with the patients we know. Pure.

Points for agreement, by how seldom it happens by chance: a birth date says more than a name, a member
number more than a telephone that a family shares. What disagrees is said as well, so that a person can judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz

from organizations.names import name_key

SAME_NAME, LIKE_NAME = 92, 75  # likeness of two name keys, 0 to 100
POINTS = {"name": 40, "like_name": 22, "birth": 40, "near_birth": 18, "phone": 15, "member": 25}
AGAINST = {"name": -35, "birth": -30}
STRONG, POSSIBLE = 80, 40
PROOFS = 2  # of name, birth date and member number, that a strong match needs
MOST = 5


@dataclass(frozen=True)
class Person:
    """What is known of somebody. Phones are ten digits; `member_ids` are blind indexes, compared as such."""

    given: str = ""
    family: str = ""
    birth_date: date | None = None
    phones: frozenset[str] = frozenset()
    member_ids: frozenset[bytes] = frozenset()
    street: str = ""
    patient_id: UUID | None = None


@dataclass(frozen=True)
class Reason:
    """One thing compared, in a clerk's words, and whether it agrees."""

    text: str
    agrees: bool


@dataclass(frozen=True)
class Match:
    """A patient who may be meant: `strength` is "strong" or "possible"."""

    patient_id: UUID
    score: int
    strength: str
    reasons: tuple[Reason, ...] = field(default=())


def match(wanted: Person, known: Iterable[Person]) -> list[Match]:
    """The patients who may be meant, likeliest first, at most five."""
    found = [_compare(wanted, person, person.patient_id) for person in known if person.patient_id is not None]
    likely = [one for one in found if one.score >= POSSIBLE]
    return sorted(likely, key=lambda one: (-one.score, one.patient_id))[:MOST]


def sure(matches: list[Match]) -> Match | None:
    """The one strong match, if there is exactly one: two strong ones are a question for a person."""
    strong = [one for one in matches if one.strength == "strong"]
    return strong[0] if len(strong) == 1 else None


def likeliest(matches: list[Match]) -> Match | None:
    """Whoever stands alone at the top, strong or not: whose record may be held beside what was read."""
    if len(matches) > 1 and matches[0].score == matches[1].score:
        return None
    return matches[0] if matches else None


def _compare(wanted: Person, known: Person, patient_id: UUID) -> Match:
    judged = [_name(wanted, known), _birth(wanted, known), _phone(wanted, known), _member(wanted, known)]
    score = sum(points for points, _ in judged)
    reasons = [reason for _, reason in judged if reason is not None]
    same_person = {"Name", "Birth date", "Member ID"} & {reason.text for reason in reasons if reason.agrees}
    strength = "strong" if score >= STRONG and len(same_person) >= PROOFS else "possible"
    if (
        wanted.street
        and known.street
        and fuzz.ratio(name_key(wanted.street), name_key(known.street)) < LIKE_NAME
    ):
        reasons.append(Reason("Address moved", False))
    return Match(patient_id, score, strength, tuple(reasons))


Judgement = tuple[int, Reason | None]


def _name(wanted: Person, known: Person) -> Judgement:
    if not (wanted.given or wanted.family):
        return 0, None
    likeness = fuzz.token_sort_ratio(_key(wanted), _key(known))
    if likeness >= SAME_NAME or _differ_by_initial_or_second_name(wanted, known):
        return POINTS["name"], Reason("Name", True)
    if likeness >= LIKE_NAME:
        return POINTS["like_name"], Reason("Name alike", True)
    return AGAINST["name"], Reason("Other name", False)


def _differ_by_initial_or_second_name(wanted: Person, known: Person) -> bool:
    """ "Maria T" is "Maria Teresa"; "Delgado" is "Delgado-Ruiz"."""
    ours, theirs = name_key(wanted.given).split(), name_key(known.given).split()
    family, other = set(name_key(wanted.family).split()), set(name_key(known.family).split())
    return bool(
        ours and theirs and ours[0] == theirs[0] and family & other and (family <= other or other <= family)
    )


def _birth(wanted: Person, known: Person) -> Judgement:
    if wanted.birth_date is None or known.birth_date is None:
        return 0, None
    if wanted.birth_date == known.birth_date:
        return POINTS["birth"], Reason("Birth date", True)
    if _one_slip_apart(wanted.birth_date, known.birth_date):
        return POINTS["near_birth"], Reason("Birth date nearly", True)
    return AGAINST["birth"], Reason("Other birth date", False)


def _one_slip_apart(one: date, other: date) -> bool:
    """One misread digit, or month and day the other way round."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


def _phone(wanted: Person, known: Person) -> Judgement:
    if not wanted.phones or not known.phones:
        return 0, None
    same = bool(wanted.phones & known.phones)
    return POINTS["phone"] if same else 0, Reason("Phone" if same else "Other phone", same)


def _member(wanted: Person, known: Person) -> Judgement:
    if not wanted.member_ids or not known.member_ids:
        return 0, None
    same = bool(wanted.member_ids & known.member_ids)
    return POINTS["member"] if same else 0, Reason("Member ID" if same else "Other member ID", same)


def _key(person: Person) -> str:
    return name_key(person.given, person.family)
