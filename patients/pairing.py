"""Pairs of records that may be of one person, found by the database among all of an organization's patients.

Two records meet when they share a birth date (day and month swapped too) and a name that sounds alike, or a
telephone, or the whole name and part of the birth date or the ZIP code. Each pair is found once, from the
older record. Crowds are cut: a telephone of a shelter is nobody's mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from patients.models import Patient

Pair = tuple[UUID, UUID]
MOST_MET = 40  # other records looked at for one record by one kind of key
NEAR_DAYS = 400  # birth dates so near may be slips of one another

MEETINGS = """
WITH batch AS MATERIALIZED (  -- else its make_date, which may leak, would keep row security from the index
  SELECT id, birth_date, name_key, postal_code, CASE WHEN extract(day FROM birth_date) <= 12
    THEN make_date(extract(year FROM birth_date)::int, extract(day FROM birth_date)::int,
                   extract(month FROM birth_date)::int) ELSE birth_date END AS swapped
  FROM patients_patient WHERE organization_id = app_org() AND id = ANY(%(ids)s))
SELECT batch.id, met.id FROM batch CROSS JOIN LATERAL (
  (SELECT other.id FROM (
      SELECT id FROM patients_patient
      WHERE organization_id = app_org() AND birth_date = ANY(ARRAY[batch.birth_date, batch.swapped])
      AND merged_into_id IS NULL OFFSET 0) other  -- the fence keeps the planner on the index of birth dates
    WHERE other.id > batch.id AND EXISTS (
      SELECT 1 FROM patients_searchkey mine JOIN patients_searchkey theirs
        ON theirs.organization_id = app_org() AND theirs.key = mine.key AND theirs.patient_id = other.id
      WHERE mine.organization_id = app_org() AND mine.patient_id = batch.id
      AND mine.key >= 's:' AND mine.key < 's;')
    LIMIT %(most)s)
  UNION
  (SELECT other.id FROM patients_searchkey mine
    JOIN patients_searchkey theirs ON theirs.organization_id = app_org() AND theirs.key = mine.key
      AND theirs.patient_id > batch.id
    JOIN patients_patient other ON other.id = theirs.patient_id AND other.merged_into_id IS NULL
    WHERE mine.organization_id = app_org() AND mine.patient_id = batch.id
      AND mine.key >= 't:' AND mine.key < 't;'
    LIMIT %(most)s)
  UNION
  (SELECT other.id FROM patients_patient other
    WHERE other.organization_id = app_org() AND other.name_key = batch.name_key AND other.id > batch.id
    AND other.merged_into_id IS NULL AND (
      abs(other.birth_date - batch.birth_date) < %(near)s
      OR to_char(other.birth_date, 'MMDD') = to_char(batch.birth_date, 'MMDD')
      OR (other.postal_code <> '' AND other.postal_code = batch.postal_code))
    LIMIT %(most)s)
) met ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Batch:
    """Some patients in the order of their ids, and with whom each of them may be one person."""

    patients: Sequence[UUID]
    pairs: Sequence[Pair]

    @property
    def last(self) -> UUID | None:
        """The place where the next batch begins, or None when there is no other."""
        return self.patients[-1] if self.patients else None


def batch_after(place: UUID | None, *, size: int) -> Batch:
    """The next `size` patients and the pairs that the database finds for them."""
    patients = Patient.objects.current().order_by("pk")
    if place is not None:
        patients = patients.filter(pk__gt=place)
    ids = list(patients.values_list("pk", flat=True)[:size])
    if not ids:
        return Batch([], [])
    with connection.cursor() as cursor:
        cursor.execute(MEETINGS, {"ids": ids, "most": MOST_MET, "near": NEAR_DAYS})
        return Batch(ids, cursor.fetchall())
