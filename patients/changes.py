"""A patient's past as sentences: who changed what from what to what, read from the kept history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from organizations.languages import WITH_ENGLISH
from organizations.words import day_of, phone, us_date
from patients.models import ContactPoint, Identifier, MergeRecord, Patient, RelatedPerson

NOBODY = "ReferralHub"
WORDS: Mapping[type[Any], Mapping[str, str]] = {
    Patient: {
        "given_name": "first name", "middle_name": "middle name", "family_name": "last name",
        "suffix": "suffix", "birth_date": "birth date", "sex": "sex", "language": "language",
        "interpreter_needed": "interpreter", "accessibility": "what a visit must allow for",
        "transport": "how they come", "line1": "street", "city": "city", "state": "state",
        "postal_code": "ZIP code", "deceased_on": "day of death",
    },
    ContactPoint: {
        "kind": "kind", "value": "number", "consent": "consent", "consent_source": "how it was given",
        "verified_at": "proved", "do_not_use": "do not use",
    },
    Identifier: {"authority": "who gave the number", "value": "number"},
    RelatedPerson: {
        "name": "name", "relation": "relation", "phone": "phone", "email": "e-mail",
        "decides": "decides", "may_be_told": "may be told", "until": "until",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """Something that was changed: when, by whom, and each change in words."""

    at: datetime
    who: str
    words: tuple[str, ...]
    why: str = ""


def changes(patient: Patient, merges: Iterable[MergeRecord], *, zone: tzinfo, most: int) -> list[Change]:
    """What was done to the record and its `merges`, the latest first; days are on the calendar of `zone`.

    Sealed columns have no history and are not shown.
    """
    found = [*_of(Patient, zone, id=patient.pk), *_merges(merges)]
    for model in (ContactPoint, Identifier, RelatedPerson):
        found += _of(model, zone, patient_id=patient.pk)
    return sorted(found, key=lambda change: change.at, reverse=True)[:most]


def _of(model: Any, zone: tzinfo, **which: Any) -> Iterator[Change]:
    rows = model.history.filter(**which).select_related("history_user").order_by("history_date", "history_id")
    before: dict[Any, Any] = {}
    for row in rows:
        if words := _words(model, before.get(row.id), row, zone):
            who = row.history_user.full_name if row.history_user else NOBODY
            yield Change(row.history_date, who, words, row.history_change_reason or "")
        before[row.id] = row


def _words(model: Any, old: Any, new: Any, zone: tzinfo) -> tuple[str, ...]:
    if new.history_type == "-":
        return (f"removed {_called(model, new)}",)
    if old is None:
        if model is Patient:
            return (f"registered {new.given_name} {new.family_name}",) if new.history_type == "+" else ()
        verb = "added" if new.history_type == "+" else "moved here"
        return (f"{verb} {_called(model, new)}",)
    about = "" if model is Patient else f"{_called(model, old)}: "
    return tuple(
        f"{about}{_changed(label, _shown(old, name, zone), _shown(new, name, zone))}"
        for name, label in WORDS[model].items()
        if getattr(old, name) != getattr(new, name)
    )


def _changed(label: str, before: str, after: str) -> str:
    if not before:
        return f"set {label} to {after}"
    return f"changed {label} from {before} to {after}" if after else f"removed {label} {before}"


def _called(model: Any, row: Any) -> str:
    if model is RelatedPerson:
        return f"{row.name} ({row.get_relation_display().lower()})"
    if model is Identifier:
        return f"number {row.value} of {row.authority}"
    return f"{row.get_kind_display().lower()} {phone(row.value)}"


def _shown(row: Any, name: str, zone: tzinfo) -> str:
    value = getattr(row, name)
    if name == "language":
        return WITH_ENGLISH.get(value, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return day_of(value, zone=zone)
    if isinstance(value, date):
        return us_date(value)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    return phone(str(value)) if value else ""


def _merges(merges: Iterable[MergeRecord]) -> Iterator[Change]:
    for merge in merges:
        what = f"MRN {merge.merged.mrn}, {merge.merged.full_name}"
        yield Change(merge.made_at, _name(merge.made_by), (f"merged {what} into this record",))
        if merge.undone_at:
            yield Change(merge.undone_at, _name(merge.undone_by), (f"undid the merge of {what}",))


def _name(member: Any) -> str:
    return member.user.full_name if member else NOBODY
