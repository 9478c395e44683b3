"""Rows made in memory and written together: fast, and yet each leaves its history."""

from typing import Any, TypeVar

from django.db import connection
from simple_history.utils import bulk_create_with_history

from organizations.ids import uuid7
from organizations.models import OrganizationModel
from organizations.scope import current_organization_id

Row = TypeVar("Row", bound=OrganizationModel)
BATCH = 1000
RESERVE = """
INSERT INTO organizations_counter (id, organization_id, kind, value) VALUES (%s, %s, %s, %s)
ON CONFLICT (organization_id, kind) DO UPDATE SET value = organizations_counter.value + %s
RETURNING value
"""


class Rows:
    """What one organization is going to have. Foreign keys are checked at commit, so the order is free."""

    def __init__(self) -> None:
        self._made: dict[type[OrganizationModel], list[Any]] = {}

    def add(self, row: Row) -> Row:
        """Remember the row for later."""
        self._made.setdefault(type(row), []).append(row)
        return row

    def found_or_added(self, model: type[Row], facts: dict[str, Any], **key: Any) -> Row:
        """The row that is there already, else a new one: the demo may move in with what is there."""
        found: Row | None = model.objects.filter(**key).first()
        return found or self.add(model(**key, **facts))

    def of(self, model: type[Row]) -> list[Row]:
        """The new rows of one kind."""
        return self._made.get(model, [])

    def write(self) -> None:
        """Write everything."""
        for model, rows in self._made.items():
            if model.kept_by == "history":
                bulk_create_with_history(rows, model, batch_size=BATCH)
            else:
                model.objects.bulk_create(rows, batch_size=BATCH)


def reserve(kind: str, count: int, *, first: int = 1) -> range:
    """So many public numbers at once, from the counter that gives them out one by one later."""
    if not count:
        return range(0)
    with connection.cursor() as cursor:
        organization_id = current_organization_id()
        cursor.execute(RESERVE, [uuid7(), organization_id, kind, first + count - 1, count])
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
