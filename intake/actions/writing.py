"""Writing down one paper: a reading and a row for each field, whoever decided where the paper begins."""

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from intake import fields, matching, naming
from intake.actions import confirming
from intake.extraction import ReadDocument, ReadField
from intake.models import Arrival, FieldReading, Reading, Rearrangement
from intake.queries import patients_like

NAMES = {"patient_first", "patient_last"}


@transaction.atomic
def write(
    arrival: Arrival, document: ReadDocument, *, made_by: Rearrangement | None = None
) -> tuple[Reading, dict[str, str]]:
    """Write down what was read on one paper; its values come back as they were kept."""
    reading = Reading.objects.create(
        arrival=arrival,
        doc_class=document.doc_class,
        first_page=document.page_from,
        last_page=document.page_to,
        made_by=made_by,
    )
    values = {
        found.key: _normal(found.key, found.value) for found in document.fields if found.key in fields.BY_KEY
    }
    rows = _rows(reading, document, values)
    values = confirming.with_records(rows, arrival)
    bulk_create_with_history(rows, FieldReading)
    if match := matching.sure(patients_like(values)):
        reading.matched_patient_id = match.patient_id
        reading.save(update_fields=["matched_patient"])
    return reading, values


@transaction.atomic
def by_hand(arrival: Arrival) -> Reading:
    """An empty reading for an arrival in which nothing was found: a person types from the page."""
    last = max(arrival.pages_read, 1)
    reading = Reading.objects.create(arrival=arrival, doc_class="referral", first_page=1, last_page=last)
    bulk_create_with_history([_row(reading, field.key, None, {}) for field in fields.FIELDS], FieldReading)
    return reading


def _normal(key: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return naming.as_written(text) if key in NAMES else text


def _rows(reading: Reading, document: ReadDocument, values: dict[str, str]) -> list[FieldReading]:
    found = {read.key: read for read in document.fields}
    return [_row(reading, field.key, found.get(field.key), values) for field in fields.FIELDS]


def _row(reading: Reading, key: str, read: ReadField | None, values: dict[str, str]) -> FieldReading:
    value, confidence = values.get(key, ""), float(getattr(read, "confidence", 0.0))
    row = FieldReading(
        reading=reading,
        key=key,
        value=value,
        confidence=confidence,
        why=fields.why_check(
            key, value, why=getattr(read, "why", ""), confidence=confidence, all_values=values
        )[:120],
        page=getattr(read, "page", None),
    )
    if (box := getattr(read, "box", None)) is not None:
        row.x, row.y, row.width, row.height = box.x, box.y, box.width, box.height
    return row
