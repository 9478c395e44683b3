"""Patients from a file, in three steps: taken in, checked, and written only when a person says so.

Checking and writing are jobs that go on where a kill left them: each row says what became of it, and some
hundred rows at a time are worked off in a transaction of their own. A file fills what a record lacks and
overwrites nothing; taken twice, it changes nothing the second time.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jobs.actions import later
from organizations.crypto import blind_index
from organizations.models import Membership
from patients import recognizing
from patients.columns import guess, named_apart, trouble_with
from patients.matching import Person
from patients.models import ColumnMapping, ContactPoint, Identifier, ImportRow, Patient, PatientImport
from patients.rows import PHONES, Draft, Row, draft_of, heading_of, rows_of, text_of

CHECK, WRITE = "patients.check_import", "patients.write_import"
BATCH = 200
MOST_ROWS = 200_000
ELSEWHERE = "Another system"
POINTS = (*PHONES, "email")
State, Outcome = PatientImport.State, ImportRow.Outcome


class CannotImport(ValueError):
    """The text says why, for the person who asked."""


@transaction.atomic
def take_in(*, content: bytes, file_name: str, by: Membership) -> PatientImport:
    """Keep the rows of a file, each sealed, with the mapping that this heading had last time, else a guess.

    Raises CannotImport for a file without a heading or rows, or with too many.
    """
    text = text_of(content)
    columns = named_apart(heading_of(text))
    if len(columns) < 2:  # noqa: PLR2004 (a name and a birth date at the least)
        raise CannotImport("This file has no columns. Save it as CSV, with the headings in the first row.")
    run = PatientImport.objects.create(
        file_name=file_name[-120:],
        heading=columns,
        mapping=_remembered(columns) or guess(columns),
        made_by=by,
    )
    run.rows_total = _keep(run, rows_of(text, columns))
    if not run.rows_total:
        raise CannotImport("This file has a heading and no rows.")
    run.save()
    return run


@transaction.atomic
def name_columns(*, run_id: UUID, mapping: Mapping[str, str]) -> PatientImport:
    """Remember what the columns mean and ask for the rows to be checked. Raises CannotImport."""
    run = _locked(run_id)
    if run.state not in {State.MAPPING, State.CHECKED}:
        raise CannotImport("This file is being worked on. Wait until it is done.")
    meant = {column: mapping.get(column, "") for column in run.heading}
    if trouble := trouble_with(meant):
        raise CannotImport(trouble)
    ColumnMapping.objects.update_or_create(heading_hash=_mark(run.heading), defaults={"columns": meant})
    run.mapping, run.state, run.rows_done = meant, State.CHECKING, 0
    run.save()
    run.rows.exclude(outcome=Outcome.WAITING).update(outcome=Outcome.WAITING, problems=[], patient=None)
    later(CHECK, run.pk)
    return run


@transaction.atomic
def write_it(*, run_id: UUID) -> PatientImport:
    """A person has seen what would happen, and says yes. Raises CannotImport."""
    run = _locked(run_id)
    if run.state != State.CHECKED:
        raise CannotImport("This file has not been checked yet, or is written already.")
    run.state, run.rows_done = State.WRITING, 0
    run.save()
    later(WRITE, run.pk)
    return run


@transaction.atomic
def check_some(*, run_id: UUID, today: date) -> bool:
    """Look at the next rows; whether there are more."""
    run = _locked(run_id)
    waiting = list(run.rows.filter(outcome=Outcome.WAITING).order_by("number")[:BATCH])
    for row in waiting:
        _check(row, draft_of(_row(row), run.mapping, today=today), run)
    return _went_on(run, len(waiting), finished=State.CHECKED)


@transaction.atomic
def write_some(*, run_id: UUID, today: date) -> bool:
    """Write the next rows that can be written; whether there are more."""
    run = _locked(run_id)
    able = run.rows.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED], written_at=None)
    some = list(able.order_by("number").select_related("patient")[:BATCH])
    for row in some:
        draft = draft_of(_row(row), run.mapping, today=today)
        row.patient = _filled(row.patient, draft) if row.patient else _made(draft)
        row.written_at = timezone.now()
        row.save()
    return _went_on(run, len(some), finished=State.DONE)


def _locked(run_id: UUID) -> PatientImport:
    run: PatientImport = PatientImport.objects.select_for_update(of=("self",)).get(pk=run_id)
    return run


def _went_on(run: PatientImport, count: int, *, finished: str) -> bool:
    run.rows_done += count
    more = count == BATCH
    if not more:
        run.state = finished
        run.finished_at = timezone.now() if finished == State.DONE else None
    run.save()
    return more


def _keep(run: PatientImport, rows: Iterator[Row]) -> int:
    count = 0
    while some := list(islice(rows, BATCH)):
        count += len(some)
        if count > MOST_ROWS:
            raise CannotImport(f"This file has more than {MOST_ROWS:,} rows. Take it in parts.")
        ImportRow.objects.bulk_create(
            [ImportRow(run=run, number=row.number, content=_sealable(row)) for row in some]
        )
    return count


def _sealable(row: Row) -> str:
    return json.dumps({"cells": dict(row.cells), "problem": row.problem})


def _row(kept: ImportRow) -> Row:
    known = json.loads(str(kept.content))
    return Row(kept.number, known["cells"], known["problem"])


def cells_of(kept: ImportRow) -> Mapping[str, str]:
    """A row as it stood in the file."""
    return _row(kept).cells


def _mark(heading: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(heading).encode()).hexdigest()


def _remembered(columns: Sequence[str]) -> dict[str, str]:
    known = ColumnMapping.objects.filter(heading_hash=_mark(columns)).first()
    return dict(known.columns) if known else {}


@dataclass(frozen=True)
class _Found:
    outcome: str
    patient: Patient | None = None
    problems: tuple[tuple[str, str], ...] = ()


def _check(row: ImportRow, draft: Draft, run: PatientImport) -> None:
    found = _Found(Outcome.BAD, None, draft.problems) if draft.problems else _recognized(draft, row, run)
    row.outcome, row.patient, row.problems = found.outcome, found.patient, [list(p) for p in found.problems]
    row.save()


def _recognized(draft: Draft, row: ImportRow, run: PatientImport) -> _Found:
    if known := _by_number(draft):
        return _known(known, draft)
    likely = recognizing.alike(_person(draft))
    if likely and likely[0].comparison.decision == "same":
        return _known(likely[0].patient, draft)
    if likely:
        mrn = likely[0].patient.mrn
        return _Found(Outcome.ASK, likely[0].patient, (("", f"May be the patient with MRN {mrn}."),))
    if twin := _earlier_row(draft, row, run):
        return _Found(Outcome.BAD, None, (("", f"The same patient is in row {twin}."),))
    return _Found(Outcome.NEW)


def _known(patient: Patient, draft: Draft) -> _Found:
    return _Found(Outcome.CHANGED if _news(patient, draft) else Outcome.SAME, patient)


def _by_number(draft: Draft) -> Patient | None:
    if mrn := draft.values.get("mrn"):
        known = Patient.objects.filter(mrn=mrn).first()
        return known.standing if known else None
    if number := draft.values.get("identifier"):
        held = Identifier.objects.filter(authority=ELSEWHERE, value=number).select_related("patient").first()
        return held.patient.standing if held else None
    return None


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


def _own(draft: Draft) -> dict[str, Any]:
    """The values that are columns of a patient."""
    return {key: value for key, value in draft.values.items() if key not in {*POINTS, "identifier"}}


def _news(patient: Patient, draft: Draft) -> bool:
    held = set(patient.contact_points.values_list("kind", "value"))
    points = {(kind, draft.values[kind]) for kind in POINTS if kind in draft.values}
    return bool(points - held) or any(_is_lacking(patient, key) for key in _own(draft))


def _is_lacking(patient: Patient, key: str) -> bool:
    return getattr(patient, key) in ("", None, "U")


def _made(draft: Draft) -> Patient:
    patient = Patient.objects.create(**_own(draft))
    _add_points(patient, draft)
    return patient


def _filled(patient: Patient, draft: Draft) -> Patient:
    """A known patient with what the file adds; what is there stays."""
    for key, value in _own(draft).items():
        if _is_lacking(patient, key):
            setattr(patient, key, value)
    patient.save()
    _add_points(patient, draft)
    return patient


def _add_points(patient: Patient, draft: Draft) -> None:
    for kind in POINTS:
        if value := draft.values.get(kind):
            ContactPoint.objects.get_or_create(patient=patient, kind=kind, value=value)
    if number := draft.values.get("identifier"):
        Identifier.objects.get_or_create(authority=ELSEWHERE, value=number, defaults={"patient": patient})
