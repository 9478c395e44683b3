"""Who changed what: django-simple-history on every mutable tenant model, isolated like its rows."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from organizations.ids import uuid7


def history(*, excluded_fields: tuple[str, ...] = ()) -> HistoricalRecords:
    """History for a tenant model. Leave out sealed columns: their plain text must not be kept twice."""
    return HistoricalRecords(
        history_id_field=models.UUIDField(default=uuid7, editable=False),
        history_change_reason_field=models.CharField(max_length=100, null=True, blank=True),
        excluded_fields=list(excluded_fields),
        user_db_constraint=False,
    )


class UntrackedChange(RuntimeError):
    """A bulk write would have changed tracked rows without leaving history."""


class TrackedQuerySet(models.QuerySet[Any]):
    """Refuses the writes that simple-history cannot see."""

    def update(self, **changes: Any) -> int:
        """Refused: save each row, or use simple-history's bulk functions."""
        raise UntrackedChange("Save each row, or use bulk_update_with_history.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refused: no history row would be written."""
        raise UntrackedChange("Save each row, or use bulk_update_with_history.")
