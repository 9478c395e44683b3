"""Work that must happen later, kept in the same transaction as the change that caused it."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.models import OrganizationModel, User, scoped


class JobQuerySet(models.QuerySet[Any]):
    """Reads of the outbox."""

    def waiting(self) -> "JobQuerySet":
        """Neither done nor given up."""
        return self.filter(done_at=None, dead_at=None)

    def stuck(self) -> "JobQuerySet":
        """Given up by the system: a person's turn."""
        return self.exclude(dead_at=None).filter(done_at=None, settled_at=None)

    def retrying(self) -> "JobQuerySet":
        """Failed at least once and trying again by itself."""
        return self.waiting().filter(attempts__gt=0).exclude(reason="")

    def due(self, now: datetime) -> "JobQuerySet":
        """May be claimed now."""
        return (
            self.waiting().filter(available_at__lte=now).filter(Q(lease_until=None) | Q(lease_until__lt=now))
        )


class Job(OrganizationModel):
    """One piece of work: a task's name and ids only, never health information."""

    kept_by = "itself"

    name = models.CharField(max_length=60)
    ids = models.JSONField(default=list)
    dedupe_key = models.CharField(max_length=120, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    available_at = models.DateTimeField(default=timezone.now)
    woken_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="A person dealt with it by hand")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="Why the last try failed, for a person")

    objects: ClassVar[Any] = scoped(JobQuerySet)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "name", "dedupe_key"], name="one_job_per_dedupe_key"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["available_at", "id"], name="jobs_due", condition=Q(done_at=None, dead_at=None)
            ),
            models.Index(fields=["organization", "dead_at"], name="jobs_stuck", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.name
