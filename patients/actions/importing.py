"""Patients from a file, in three steps: taken in, checked, and written only when a person says so.

Checking and writing are jobs that go on where a kill left them: each row says what became of it, and some
hundred rows at a time are worked off in a transaction of their own. A file fills what a record lacks and
overwrites nothing; taken twice, it changes nothing the second time.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jobs.actions import later
from organizations.models import Membership
from patients.actions.duplicates import remember_apart
from patients.columns import guess, named_apart, trouble_with
from patients.import_recognizing import (
    ELSEWHERE,
    POINTS,
    Found,
    is_lacking,
    known,
    own_facts,
    recognized,
    row_of,
)
from patients.models import ColumnMapping, ContactPoint, Identifier, ImportRow, Patient, PatientImport
from patients.rows import Draft, Row, draft_of, heading_of, rows_of, text_of

CHECK, WRITE = "patients.check_import", "patients.write_import"
BATCH = 200
MOST_ROWS = 200_000
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
def answer(*, row_id: UUID, is_same: bool, today: date) -> ImportRow:
    """A person says whether a row is of the patient whom it resembles. Raises CannotImport."""
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("run", "patient").get(pk=row_id)
    if row.run.state != State.CHECKED or row.outcome != Outcome.ASK:
        raise CannotImport("This row is not asked about any more.")
    draft = draft_of(row_of(row), row.run.mapping, today=today)
    alike = row.patient
    row.outcome = known(alike, draft).outcome if is_same and alike is not None else Outcome.NEW
    row.problems = []
    row.save()
    return row


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
        _check(row, draft_of(row_of(row), run.mapping, today=today), run)
    return _went_on(run, len(waiting), finished=State.CHECKED)


@transaction.atomic
def write_some(*, run_id: UUID, today: date) -> bool:
    """Write the next rows that can be written; whether there are more."""
    run = _locked(run_id)
    able = run.rows.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED], written_at=None)
    some = list(able.order_by("number").select_related("patient")[:BATCH])
    for row in some:
        row.patient = _written(row, draft_of(row_of(row), run.mapping, today=today), run.made_by)
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


def _mark(heading: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(heading).encode()).hexdigest()


def _remembered(columns: Sequence[str]) -> dict[str, str]:
    known = ColumnMapping.objects.filter(heading_hash=_mark(columns)).first()
    return dict(known.columns) if known else {}


def _check(row: ImportRow, draft: Draft, run: PatientImport) -> None:
    found = Found(Outcome.BAD, None, draft.problems) if draft.problems else recognized(draft, row, run)
    row.outcome, row.patient, row.problems = found.outcome, found.patient, [list(p) for p in found.problems]
    row.save()


def _written(row: ImportRow, draft: Draft, by: Membership) -> Patient:
    alike = row.patient
    if alike is not None and row.outcome == Outcome.CHANGED:
        return _filled(alike, draft)
    patient = _made(draft)
    if alike is not None:  # a person said that it is somebody else
        remember_apart(patient=patient, others=[alike], by=by)
    return patient


def _made(draft: Draft) -> Patient:
    patient = Patient.objects.create(**own_facts(draft))
    _add_points(patient, draft)
    return patient


def _filled(patient: Patient, draft: Draft) -> Patient:
    """A known patient with what the file adds; what is there stays."""
    for key, value in own_facts(draft).items():
        if is_lacking(patient, key):
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
