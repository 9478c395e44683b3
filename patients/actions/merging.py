"""Two records of one person become one, and two again when that was wrong.

Nothing is deleted. Every row that pointed to the merged record is re-pointed to the survivor, whatever floor
it lives on, and written down, so that undoing moves exactly these back and leaves alone what came later.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.utils import timezone

from organizations.models import Membership
from patients.models import DuplicatePair, ImportRow, MergeRecord, Patient, SearchKey

# What a person may take over from the record that goes; names of fields, in the order shown.
MAY_BE_TAKEN = (
    "given_name",
    "middle_name",
    "family_name",
    "suffix",
    "birth_date",
    "sex",
    "language",
    "interpreter_needed",
    "accessibility",
    "transport",
    "line1",
    "city",
    "state",
    "postal_code",
    "deceased_on",
)
# These say something about the two records as such, or are made anew.
STAY: Collection[type[models.Model]] = (Patient, SearchKey, DuplicatePair, MergeRecord, ImportRow)

CALLED = {  # what people call the rows that are not named as such on any page
    "identifiers": "numbers elsewhere",
    "contact points": "phones and e-mail",
    "related persons": "people who speak for the patient",
    "readings": "faxes read as theirs",
}


class CannotMerge(ValueError):
    """The text says why, for the person who asked."""


@dataclass(frozen=True)
class Effect:
    """What a merge will move: how many rows of each kind, in words, and how many are there twice."""

    moves: Mapping[str, int]
    differs: tuple[str, ...]


def preview(survivor: Patient, merged: Patient) -> Effect:
    """What would happen; nothing is written."""
    counts = [
        model._default_manager.filter(**{field: merged})
        .order_by()
        .values_list(Value(str(model._meta.verbose_name_plural)))
        .annotate(models.Count("pk"))
        for model, field in pointing_here()
    ]
    moves = {CALLED.get(kind, kind): count for kind, count in counts[0].union(*counts[1:], all=True) if count}
    differs = tuple(name for name in MAY_BE_TAKEN if _written(survivor, name) != _written(merged, name))
    return Effect(moves, differs)


@transaction.atomic
def merge(
    *, survivor_id: UUID, merged_id: UUID, by: Membership | None, take: Collection[str] = ()
) -> MergeRecord:
    """Let one record stand for both. `take` names fields whose value comes from the merged record.

    Fields that the survivor left empty are filled anyway. Raises CannotMerge.
    """
    survivor, merged = _both(survivor_id, merged_id)
    record = MergeRecord(survivor=survivor, merged=merged, made_by=by)
    record.moved = [list(moved) for moved in _move(_rows_of(merged), survivor)]
    record.taken = _take(survivor, merged, take)
    record.save()
    merged.merged_into = survivor
    merged.save()
    survivor.save()
    _decide(survivor, merged, by, DuplicatePair.Decision.MERGED)
    return record


@transaction.atomic
def unmerge(*, record_id: UUID, by: Membership | None) -> MergeRecord:
    """Make two records of one again. What came to the survivor after the merge stays there.

    A field that somebody changed after the merge keeps that change. Raises CannotMerge.
    """
    record = MergeRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.undone_at is not None:
        raise CannotMerge("This merge has been undone already.")
    survivor, merged = _locked(record.survivor_id, record.merged_id)
    if survivor.merged_into_id is not None:
        raise CannotMerge("The record was itself merged into another one since. Undo that merge first.")
    _move_back(record.moved, survivor, merged)
    for name, (before, after) in record.taken.items():
        if _written(survivor, name) == after:
            setattr(survivor, name, _read(name, before))
    merged.merged_into = None
    merged.save()
    survivor.save()
    record.undone_at, record.undone_by = timezone.now(), by
    record.save()
    _decide(survivor, merged, by, DuplicatePair.Decision.OPEN)
    return record


@transaction.atomic
def call_different(*, pair_id: UUID, by: Membership) -> DuplicatePair:
    """A person says that two records are two people; they are not shown together again."""
    pair = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair_id)
    pair.decision, pair.decided_by, pair.decided_at = DuplicatePair.Decision.DIFFERENT, by, timezone.now()
    pair.save()
    return pair


def pointing_here() -> Iterator[tuple[type[Any], str]]:
    """Every model and key that points to a patient and moves with a merge."""
    for relation in Patient._meta.get_fields(include_hidden=True):
        if not (isinstance(relation, models.ForeignObjectRel) and relation.auto_created):
            continue
        model = relation.related_model
        if model not in STAY and not model.__name__.startswith("Historical"):
            yield model, relation.field.name


def _both(survivor_id: UUID, merged_id: UUID) -> tuple[Patient, Patient]:
    if survivor_id == merged_id:
        raise CannotMerge("These are the same record.")
    survivor, merged = _locked(survivor_id, merged_id)
    if survivor.merged_into_id or merged.merged_into_id:
        raise CannotMerge("One of these records has been merged already. Open the one that stands for it.")
    return survivor, merged


def _locked(*ids: UUID) -> list[Patient]:
    """In one order for everybody, so that two people merging at once do not wait for each other for good."""
    found = Patient.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
    return [found[pk] for pk in ids]


def _rows_of(patient: Patient) -> Iterator[tuple[Any, str]]:
    for model, field in pointing_here():
        for row in model._default_manager.filter(**{field: patient}).order_by("pk"):
            yield row, field


def _move(rows: Iterable[tuple[Any, str]], to: Patient) -> Iterator[tuple[str, str, str]]:
    """Re-point each row. What the other record has as well (the same telephone) stays where it is."""
    for row, field in rows:
        setattr(row, field, to)
        try:
            with transaction.atomic():
                row.save(update_fields=[field])
        except IntegrityError:
            continue
        yield row._meta.label, str(row.pk), field


def _move_back(moved: Iterable[Any], survivor: Patient, merged: Patient) -> None:
    """Only rows that still are where the merge put them: a person may have moved one on since."""
    for label, pk, field in moved:
        row = apps.get_model(label)._default_manager.filter(pk=pk, **{field: survivor}).first()
        if row is not None:
            setattr(row, field, merged)
            row.save(update_fields=[field])


def _take(survivor: Patient, merged: Patient, wanted: Collection[str]) -> dict[str, list[Any]]:
    taken = {}
    for name in MAY_BE_TAKEN:
        before, after = _written(survivor, name), _written(merged, name)
        if before != after and after and (name in wanted or not before):
            setattr(survivor, name, getattr(merged, name))
            taken[name] = [before, after]
    return taken


def _written(patient: Patient, name: str) -> Any:
    value = getattr(patient, name)
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, written: Any) -> Any:
    return cast("models.Field[Any, Any]", Patient._meta.get_field(name)).to_python(written)


def _decide(one: Patient, other: Patient, by: Membership | None, decision: str) -> None:
    first, second = sorted((one.pk, other.pk))
    for pair in DuplicatePair.objects.filter(one_id=first, other_id=second):
        pair.decision, pair.decided_by = decision, by
        pair.decided_at = timezone.now() if decision else None
        pair.save()
