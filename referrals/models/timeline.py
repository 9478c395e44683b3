"""What happened to a referral: steps, notes, questions and the visit."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.history import history
from organizations.ids import readable_code
from organizations.models import OrganizationForeignKey, OrganizationModel, User, scoped
from providers.models import Provider
from referrals.lifecycle import STAGE_CHOICES
from referrals.models.referral import Referral
from scheduling.models import Appointment


class Step(OrganizationModel):
    """One line of the timeline: a move or an event. Append-only; other systems tail it with a cursor."""

    kept_by = "append-only"

    referral = OrganizationForeignKey(Referral, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30, help_text="A move of lifecycle.MOVES, or an event")
    from_stage = models.CharField(max_length=14, blank=True, choices=STAGE_CHOICES)
    to_stage = models.CharField(max_length=14, choices=STAGE_CHOICES)
    title = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    actor = models.CharField(max_length=80)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "referral", "-at"], name="steps_of_referral"),
            models.Index(fields=["organization", "id"], name="steps_tail"),
            models.Index(fields=["organization", "name", "at"], name="steps_by_name"),
        ]

    def __str__(self) -> str:
        return self.title


class Note(OrganizationModel):
    """Something a colleague should know."""

    kept_by = "append-only"

    referral = OrganizationForeignKey(Referral, models.CASCADE, related_name="notes")
    text = models.TextField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    def __str__(self) -> str:
        return f"note {self.at:%Y-%m-%d}"


def new_request_code() -> str:
    """Eight readable characters, printed on the request and read from the fax that answers it."""
    return readable_code(8)


class InfoRequest(OrganizationModel):
    """What the other office was asked to send."""

    referral = OrganizationForeignKey(Referral, models.CASCADE, related_name="info_requests")
    wanted = models.TextField()
    code = models.CharField(max_length=8, blank=True, default=new_request_code, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "code"], condition=~Q(code=""), name="one_request_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d}"


class Visit(OrganizationModel):
    """The patient was seen. `source` says who told us (EHR over claim over office over patient)."""

    referral = OrganizationForeignKey(Referral, models.PROTECT, related_name="visits")
    appointment = OrganizationForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    provider = OrganizationForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="visits")
    seen_on = models.DateField()
    source = models.CharField(max_length=10, default="office")

    history = history()

    def __str__(self) -> str:
        return f"visit {self.seen_on:%Y-%m-%d}"
