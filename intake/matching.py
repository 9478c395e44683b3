"""Who is this? What a fax says of a patient, weighed against patients we know. Pure.

The weighing is `patients.matching`; here it is put into a reviewer's words, and held to two rules of faxes:
a match is strong only where a birth date or a member number agrees as well as the name, since one misread
digit is common; and a name alone brings up nobody who was born on another day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from patients.matching import Comparison, Parameters, Person, compare_with

PROOFS = {"Name", "Birth date", "Member ID"}
ENOUGH = 2  # proofs that a strong match needs
OFFERED = 0.02  # probability from which a patient is worth a look: a twin is, and costs one line
MOST = 5
# Level of agreement -> words and whether it speaks for the patient.
NAMES = {"same": ("Name", True), "different": ("Other name", False)}
ALIKE = ("Name alike", True)
SMALL_CHANGES = {"same", "part", "nickname"}
BIRTH = {"same": ("Birth date", True), "different": ("Other birth date", False)}
NEARLY = ("Birth date nearly", True)
OTHERS: Mapping[str, Mapping[str, tuple[str, bool]]] = {
    "phone": {"same": ("Phone", True), "different": ("Other phone", False)},
    "member_id": {"same": ("Member ID", True), "different": ("Other member ID", False)},
    "address": {"moved": ("Address moved", False)},
}


@dataclass(frozen=True)
class Reason:
    """One thing compared, in a clerk's words, and whether it agrees."""

    text: str
    agrees: bool


@dataclass(frozen=True)
class Match:
    """A patient who may be meant: `strength` is "strong" or "possible", `score` the probability."""

    patient_id: UUID
    score: float
    strength: str
    reasons: tuple[Reason, ...] = field(default=())


def match(
    wanted: Person, known: Sequence[tuple[UUID, Person]], beliefs: Parameters | None = None
) -> list[Match]:
    """The patients who may be meant, likeliest first, at most five."""
    compared = compare_with(wanted, [person for _, person in known], beliefs) if known else []
    found = [_match(pk, comparison) for (pk, _), comparison in zip(known, compared, strict=True)]
    likely = [one for one in found if one is not None]
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


def _match(patient_id: UUID, comparison: Comparison) -> Match | None:
    reasons = tuple(_reasons({one.field: one.level for one in comparison.fields}))
    agreeing = {reason.text for reason in reasons if reason.agrees}
    born_otherwise = Reason(*BIRTH["different"]) in reasons
    if comparison.probability < OFFERED or (born_otherwise and not agreeing & {"Phone", "Member ID"}):
        return None
    is_strong = comparison.decision == "same" and len(agreeing & PROOFS) >= ENOUGH
    return Match(patient_id, comparison.probability, "strong" if is_strong else "possible", reasons)


def _reasons(levels: Mapping[str, str]) -> Iterator[Reason]:
    if names := [levels[part] for part in ("given_name", "family_name") if part in levels]:
        yield Reason(*_name(names))
    if birth := levels.get("birth_date"):
        yield Reason(*BIRTH.get(birth, NEARLY))
    for part, words in OTHERS.items():
        if levels.get(part) in words:
            yield Reason(*words[levels[part]])


def _name(levels: Sequence[str]) -> tuple[str, bool]:
    if set(levels) <= SMALL_CHANGES:
        return NAMES["same"]
    return NAMES["different"] if "different" in levels else ALIKE
