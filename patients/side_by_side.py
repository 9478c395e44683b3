"""Two records beside each other: each field of both, whether they agree, and what that weighs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizations.languages import WITH_ENGLISH
from organizations.words import phone, us_date
from patients.actions.merging import MAY_BE_TAKEN
from patients.models import Patient

LABELS = {
    "given_name": "First name", "middle_name": "Middle name", "family_name": "Last name",
    "suffix": "Suffix", "birth_date": "Birth date", "sex": "Sex", "language": "Language",
    "interpreter_needed": "Interpreter", "accessibility": "A visit must allow for",
    "transport": "How they come", "line1": "Street", "city": "City", "state": "State",
    "postal_code": "ZIP code", "deceased_on": "Died on",
}  # fmt: skip
REASON_OF = {"line1": "address", "phones": "phone", "members": "member_id"}  # row -> the matcher's field
ALWAYS = {"given_name", "family_name", "birth_date", "sex", "line1", "phones"}


@dataclass(frozen=True)
class Row:
    """One field of both records. `weight` is in bits for one person: 3 means eight times likelier."""

    name: str
    label: str
    left: str
    right: str
    may_be_chosen: bool = False
    words: str = ""
    weight: float | None = None

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.left != self.right

    @property
    def needs_choice(self) -> bool:
        """Whether a merge must choose: an empty field is filled without asking."""
        return self.may_be_chosen and self.differs and bool(self.left and self.right)


def rows(left: Patient, right: Patient, reasons: Sequence[Sequence[Any]] = ()) -> list[Row]:
    """Every field that either of them has, names first; `reasons` as a DuplicatePair keeps them."""
    said = {field: (words, float(weight)) for field, words, weight in reasons}
    everything = [*_facts(left, right), *_lists(left, right)]
    return [
        Row(name, label, one, other, name in MAY_BE_TAKEN, *_reason(said, name))
        for name, label, one, other in everything
        if one or other or name in ALWAYS
    ]


def unseen(shown: Iterable[Row], reasons: Sequence[Sequence[Any]]) -> list[tuple[str, float]]:
    """What weighs without a row of its own, such as names the wrong way round."""
    seen = {"against", *(REASON_OF.get(row.name, row.name) for row in shown)}
    return [(words, weight) for field, words, weight in reasons if field not in seen]


def _facts(left: Patient, right: Patient) -> Iterator[tuple[str, str, str, str]]:
    order = ["family_name", "given_name", *(n for n in LABELS if n not in {"family_name", "given_name"})]
    for name in order:
        yield name, LABELS[name], shown(left, name), shown(right, name)


def _lists(left: Patient, right: Patient) -> Iterator[tuple[str, str, str, str]]:
    yield "phones", "Phones and e-mail", _points(left), _points(right)
    yield "members", "Coverage", _covers(left), _covers(right)
    yield "numbers", "Other numbers", _numbers(left), _numbers(right)


def shown(patient: Patient, name: str) -> str:
    """One field as people read it; nothing for nothing, and for what is usual."""
    value = getattr(patient, name)
    if isinstance(value, bool):
        return "Needed" if value else ""
    if isinstance(value, date):
        return us_date(value)
    if name == "language":
        return WITH_ENGLISH.get(value, value)
    return patient.get_sex_display() if name == "sex" else str(value or "")


def _points(patient: Patient) -> str:
    points = sorted(phone(point.value) for point in patient.contact_points.all())
    return ", ".join(points)


def _covers(patient: Patient) -> str:
    return ", ".join(sorted({str(cover) for cover in patient.coverages.all()}))


def _numbers(patient: Patient) -> str:
    return ", ".join(sorted(str(identifier) for identifier in patient.identifiers.all()))


def _reason(said: dict[Any, tuple[str, float]], name: str) -> tuple[str, float | None]:
    words, weight = said.get(REASON_OF.get(name, name), ("", None))
    return words.partition(": ")[2] or words, weight
