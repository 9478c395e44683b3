"""Whom a row of a file is about: a patient who is known, one who may be, or somebody new."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from organizations.crypto import blind_index
from patients import recognizing
from patients.matching import Person
from patients.models import Identifier, ImportRow, Patient, PatientImport
from patients.rows import PHONES, Draft, Row

ELSEWHERE = "Another system"
POINTS = (*PHONES, "email")
ANOTHERS = "MRN {} has this number here. If another system gave it, take the column as “Number elsewhere”."
Outcome = ImportRow.Outcome


@dataclass(frozen=True)
class Found:
    """What a row would do, to whom, and what is in its way."""

    outcome: str
    patient: Patient | None = None
    problems: tuple[tuple[str, str], ...] = ()


def row_of(kept: ImportRow) -> Row:
    """A row as it stood in the file."""
    found = json.loads(str(kept.content))
    return Row(kept.number, found["cells"], found["problem"])


def recognized(draft: Draft, row: ImportRow, run: PatientImport) -> Found:
    """What a row without problems would do: its number decides, then who looks like it."""
    if holder := _holder_of_number(draft):
        return _known_by_number(holder, draft)
    likely = next(iter(recognizing.alike(_person(draft))), None)
    if likely is not None and likely.comparison.decision == "same":
        return known(likely.patient, draft)
    if likely is not None:
        mrn = likely.patient.mrn
        return Found(Outcome.ASK, likely.patient, (("", f"May be the patient with MRN {mrn}."),))
    if twin := _earlier_row(draft, row, run):
        return Found(Outcome.BAD, None, (("", f"The same patient is in row {twin}."),))
    return Found(Outcome.NEW)


def known(patient: Patient, draft: Draft) -> Found:
    """What a row does to a patient whom it is about."""
    return Found(Outcome.CHANGED if _has_news(patient, draft) else Outcome.SAME, patient)


def _holder_of_number(draft: Draft) -> Patient | None:
    if mrn := draft.values.get("mrn"):
        holder = Patient.objects.filter(mrn=mrn).first()
        return holder.standing if holder else None
    if number := draft.values.get("identifier"):
        held = Identifier.objects.filter(authority=ELSEWHERE, value=number).select_related("patient").first()
        return held.patient.standing if held else None
    return None


def _known_by_number(holder: Patient, draft: Draft) -> Found:
    """Numbers of two systems collide: one that belongs to somebody quite different is no proof."""
    [comparison] = recognizing.compared_with(_person(draft), [holder])
    if comparison.decision != "different":
        return known(holder, draft)
    return Found(Outcome.BAD, None, (("", ANOTHERS.format(holder.mrn)),))


def _earlier_row(draft: Draft, row: ImportRow, run: PatientImport) -> int | None:
    """The row above that says the same name, birth date and number, found by its mark."""
    row.same_mark = _mark_of(draft)
    earlier = run.rows.filter(same_mark=row.same_mark, outcome=Outcome.NEW, number__lt=row.number)
    return earlier.values_list("number", flat=True).order_by("number").first()


def _mark_of(draft: Draft) -> str:
    telling = [
        str(draft.values.get(key, "")).lower() for key in ("family_name", "given_name", "birth_date", "mrn")
    ]
    return blind_index("\x1f".join(telling), column="patients_importrow.same_mark").hex()


def _person(draft: Draft) -> Person:
    values: Mapping[str, Any] = draft.values
    return Person(
        given_name=values.get("given_name", ""),
        family_name=values.get("family_name", ""),
        middle_name=values.get("middle_name", ""),
        suffix=values.get("suffix", ""),
        birth_date=values.get("birth_date"),
        sex=values.get("sex", ""),
        street=values.get("line1", ""),
        city=values.get("city", ""),
        postal_code=values.get("postal_code", ""),
        state=values.get("state", ""),
        phones=frozenset(values[kind] for kind in PHONES if kind in values),
    )


def own_facts(draft: Draft) -> dict[str, Any]:
    """The values that are columns of a patient."""
    return {key: value for key, value in draft.values.items() if key not in {*POINTS, "identifier"}}


def _has_news(patient: Patient, draft: Draft) -> bool:
    held = set(patient.contact_points.values_list("kind", "value"))
    points = {(kind, draft.values[kind]) for kind in POINTS if kind in draft.values}
    numbers = {draft.values["identifier"]} if "identifier" in draft.values else set()
    has_all = numbers <= set(patient.identifiers.values_list("value", flat=True))
    return bool(points - held) or not has_all or any(is_lacking(patient, key) for key in own_facts(draft))


def is_lacking(patient: Patient, key: str) -> bool:
    """Whether the record has nothing there, so that a file may fill it."""
    return getattr(patient, key) in ("", None, "U")
