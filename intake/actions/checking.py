"""What a person made of the values read: kept as they go, before anything is decided."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import fields
from intake.actions import claiming, writing
from intake.models import Arrival, FieldReading, Reading
from organizations.models import Membership
from patients.models import Patient


class AlreadyHandled(Exception):
    """Somebody has decided about it; `reading` says what became of it, when one paper is meant."""

    def __init__(self, sentence: str, handled: Reading | None = None) -> None:
        super().__init__(sentence)
        self.reading = handled


@transaction.atomic
def save(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    values: Mapping[str, str],
    ticked: Collection[str] = (),
    patient_id: UUID | None = None,
) -> Reading:
    """Keep typed values, ticks and the chosen patient for later; raises claiming.Held and AlreadyHandled."""
    _, paper = open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    write(paper, values, ticked=ticked, membership=membership)
    if patient_id is not None and paper.matched_patient_id != patient_id:
        paper.matched_patient = Patient.objects.get(pk=patient_id)
        paper.save(update_fields=["matched_patient"])
    return paper


def open_paper(
    *, arrival_id: UUID, reading_id: UUID | None, membership: Membership
) -> tuple[Arrival, Reading]:
    """Lock an arrival and one of its papers for a change by this person, whose claim is renewed.

    Without a paper (nothing could be read) an empty one is made. Raises claiming.Held and AlreadyHandled.
    """
    arrival = open_arrival(arrival_id=arrival_id, membership=membership, reading_id=reading_id)
    papers = Reading.objects.standing().filter(arrival=arrival).select_related("referral")
    paper = papers.filter(pk=reading_id).first() or papers.filter(handled_at=None).first()
    return arrival, paper or writing.by_hand(arrival)


def open_arrival(*, arrival_id: UUID, membership: Membership, reading_id: UUID | None = None) -> Arrival:
    """Lock an arrival for a change by this person, who means a paper that stands; raises the same."""
    arrival = claiming.lock(arrival_id)
    paper = Reading.objects.select_related("referral").filter(arrival=arrival, pk=reading_id).first()
    if paper is not None and paper.handled_at is not None:
        raise AlreadyHandled(f"{paper.get_outcome_display()} before. Nothing was done twice.", paper)
    if arrival.state not in Arrival.WAITING:
        raise AlreadyHandled(f"This fax is not open any more: {arrival.get_state_display().lower()}.")
    if paper is not None and paper.put_aside_by_id is not None:
        raise AlreadyHandled("The pages were split or joined meanwhile. Check them as they stand now.")
    claiming.renew(arrival, membership, timezone.now())
    return arrival


def write(
    paper: Reading, values: Mapping[str, str], *, ticked: Collection[str], membership: Membership
) -> list[str]:
    """Put a person's values beside those read; the keys of those that differ."""
    for row in paper.fields.all():
        if row.key in values:
            _put(row, values[row.key], ticked=row.key in ticked, membership=membership)
    differ = {row.key for row in paper.fields.all() if row.checked_value is not None}
    return [field.key for field in fields.FIELDS if field.key in differ]


def _put(row: FieldReading, value: str, *, ticked: bool, membership: Membership) -> None:
    checked_value = None if value == row.value else value
    looked_at = ticked or checked_value is not None
    checker_id = membership.pk if checked_value != row.checked_value else row.checked_by_id or membership.pk
    checked_by_id = checker_id if looked_at else None
    if (row.checked_value, row.checked_by_id) != (checked_value, checked_by_id):
        row.checked_value, row.checked_by_id = checked_value, checked_by_id
        row.save(update_fields=["checked_value", "checked_by"])
