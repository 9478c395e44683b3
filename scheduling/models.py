"""Openings and appointments. Knows clinicians and patients, and nothing of referrals."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.history import TrackedQuerySet, history
from organizations.models import OrganizationForeignKey, OrganizationModel, Site, scoped
from patients.models import Patient
from providers.models import Provider


class Schedule(OrganizationModel):
    """A clinician's visits of one kind at one site."""

    provider = OrganizationForeignKey(Provider, models.PROTECT, related_name="schedules")
    site = OrganizationForeignKey(Site, models.PROTECT, related_name="schedules")
    visit_minutes = models.PositiveSmallIntegerField(default=40)
    visit_name = models.CharField(max_length=40, default="First visit")

    history = history()

    def __str__(self) -> str:
        return f"{self.provider}, {self.site}"


class SlotQuerySet(TrackedQuerySet):
    """Reads of openings."""

    def free(self) -> "SlotQuerySet":
        """Openings that nobody has and nobody withdrew."""
        return self.filter(withdrawn=False).exclude(appointments__state__in=LIVE)


class Slot(OrganizationModel):
    """One opening."""

    schedule = OrganizationForeignKey(Schedule, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    objects: ClassVar[Any] = scoped(SlotQuerySet)
    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "schedule", "starts_at"], name="one_slot_per_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "starts_at"], name="slots_by_time")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class AppointmentState(models.TextChoices):
    """Where an appointment stands."""

    BOOKED = "booked", "Booked"
    CONFIRMED = "confirmed", "Confirmed"
    ARRIVED = "arrived", "Arrived"
    COMPLETED = "completed", "Seen"
    NO_SHOW = "no_show", "Did not come"
    CANCELLED = "cancelled", "Cancelled"


LIVE = [
    AppointmentState.BOOKED,
    AppointmentState.CONFIRMED,
    AppointmentState.ARRIVED,
    AppointmentState.COMPLETED,
]


class Appointment(OrganizationModel):
    """A patient's time. The database refuses two live ones for one slot."""

    slot = OrganizationForeignKey(Slot, models.PROTECT, related_name="appointments")
    patient = OrganizationForeignKey(Patient, models.PROTECT, related_name="appointments")
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    booked_by = models.CharField(max_length=20, default="staff", help_text="staff or patient")
    booked_at = models.DateTimeField(default=timezone.now)
    cancel_reason = models.CharField(max_length=120, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "slot"], condition=Q(state__in=LIVE), name="one_live_visit_per_slot"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "patient"], name="appointments_of_patient")
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.slot}"
