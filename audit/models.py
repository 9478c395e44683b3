"""Who looked at whom, searched, exported, or was refused (45 CFR 164.312(b)). Append-only."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from organizations.models import OrganizationModel, User, scoped


class AccessEvent(OrganizationModel):
    """One look, search, export, disclosure or refusal. Neither application nor owner may change it."""

    kept_by = "append-only"

    class Action(models.TextChoices):
        """What was done."""

        VIEW = "view", "Looked at"
        SEARCH = "search", "Searched"
        EXPORT = "export", "Exported"
        DISCLOSE = "disclose", "Sent outside"
        REFUSED = "refused", "Was refused"
        SIGN_IN = "sign_in", "Opened the organization"

    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=10, choices=Action.choices)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=120)
    object_type = models.CharField(max_length=30)
    object_id = models.UUIDField(null=True)
    object_label = models.CharField(
        max_length=60, blank=True, help_text="A number such as R-20418, never a name"
    )
    patient_ids = ArrayField(models.UUIDField(), default=list)
    detail = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-at"], name="access_latest"),
            models.Index(fields=["organization", "user", "-at"], name="access_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.get_action_display().lower()} {self.object_type}"
