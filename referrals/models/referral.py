"""The referral's own row: stage, facets, owner, and the one next action."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from insurance.models import Coverage
from organizations.history import TrackedQuerySet, history
from organizations.ids import readable_code
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel, scoped
from patients.models import Patient
from providers.models import Practice, Provider, Specialty
from referrals import facets, lifecycle
from referrals.facets import choices
from referrals.lifecycle import MOVES, OPEN, Stage, moves_from
from referrals.next_action import OwedBy, Priority
from scheduling.models import Appointment

OPEN_VALUES = sorted(stage.value for stage in OPEN)


def new_status_code() -> str:
    """Eight readable characters for the fax cover; with the birth date they open the status page."""
    return readable_code(8)


class ReferralQuerySet(TrackedQuerySet):
    """Reads of referrals."""

    def open(self) -> "ReferralQuerySet":
        """Something is still expected."""
        return self.filter(stage__in=OPEN_VALUES)

    def overdue(self, now: datetime) -> "ReferralQuerySet":
        """Open and past the due time of the next action."""
        return self.open().filter(due_at__lt=now)

    def owned_by(self, membership: Membership) -> "ReferralQuerySet":
        """This person's."""
        return self.filter(owner=membership)

    def unassigned(self) -> "ReferralQuerySet":
        """Nobody's yet."""
        return self.filter(owner=None)

    def for_rows(self) -> "ReferralQuerySet":
        """With all that a worklist row shows."""
        return self.select_related(
            "patient",
            "specialty",
            "referring_provider",
            "referring_practice",
            "owner__user",
            "appointment__slot",
        )


class Referral(OrganizationModel):
    """One patient sent from one clinician to another, as one organization sees it."""

    class Direction(models.TextChoices):
        """Which side of it this organization is on."""

        INBOUND = "inbound", "Inbound"
        OUTBOUND = "outbound", "Outbound"
        INTERNAL = "internal", "Internal"

    number = models.CharField(max_length=12)
    status_code = models.CharField(max_length=8, default=new_status_code, editable=False)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    stage = models.CharField(max_length=14, choices=lifecycle.STAGE_CHOICES)
    priority = models.CharField(max_length=7, choices=choices(Priority), default=Priority.ROUTINE)

    patient = OrganizationForeignKey(Patient, models.PROTECT, related_name="referrals")
    coverage = OrganizationForeignKey(
        Coverage, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    specialty = OrganizationForeignKey(
        Specialty, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    reason = models.TextField(blank=True)
    diagnoses = models.JSONField(default=list, blank=True, help_text="ICD-10-CM codes")
    procedures = models.JSONField(default=list, blank=True, help_text="CPT or HCPCS codes")
    referring_provider = OrganizationForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="referrals_made"
    )
    referring_practice = OrganizationForeignKey(
        Practice, models.PROTECT, null=True, blank=True, related_name="referrals_made"
    )
    receiving_provider = OrganizationForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="referrals_received"
    )
    receiving_practice = OrganizationForeignKey(
        Practice, models.PROTECT, null=True, blank=True, related_name="referrals_received"
    )
    source = models.CharField(
        max_length=10, default="manual", help_text="fax, upload, folder, manual, portal, hl7"
    )
    source_id = models.UUIDField(null=True, blank=True)

    records = models.CharField(max_length=12, choices=choices(facets.Records), default="complete")
    identity = models.CharField(max_length=12, choices=choices(facets.Identity), default="matched")
    eligibility = models.CharField(max_length=12, choices=choices(facets.Eligibility), default="not_checked")
    authorization = models.CharField(
        max_length=12, choices=choices(facets.AuthorizationState), default="unknown"
    )
    contact = models.CharField(max_length=12, choices=choices(facets.Contact), default="not_started")
    visiting = models.CharField(max_length=12, choices=choices(facets.Visiting), default="none")
    loop = models.CharField(max_length=18, choices=choices(facets.Loop), default="none")

    owner = OrganizationForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    next_code = models.CharField(max_length=24, default="none")
    next_action = models.CharField(max_length=120, default="")
    owed_by = models.CharField(max_length=8, choices=choices(OwedBy), default="nobody")
    clock_from = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    overdue_noted_for = models.DateTimeField(null=True, blank=True)

    index_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="First received or signed"
    )
    entered_stage_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(
        default=timezone.now, help_text="When the facet behind the next action changed"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    appointment = OrganizationForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    outreach_attempts = models.PositiveSmallIntegerField(default=0)
    hold_until = models.DateTimeField(null=True, blank=True)
    hold_reason = models.CharField(max_length=120, blank=True)
    cancel_requested = models.BooleanField(default=False)
    leak_code = models.CharField(max_length=24, blank=True)
    leaked_at_stage = models.CharField(max_length=14, blank=True)

    objects: ClassVar[Any] = scoped(ReferralQuerySet)
    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_referral_per_number"),
            models.UniqueConstraint(fields=["organization", "status_code"], name="one_referral_per_code"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["organization", "due_at", "id"],
                name="open_by_due",
                condition=Q(stage__in=OPEN_VALUES),
            ),
            models.Index(fields=["organization", "stage", "due_at", "id"], name="referrals_by_stage"),
            models.Index(fields=["organization", "owner", "due_at", "id"], name="referrals_by_owner"),
            models.Index(fields=["organization", "patient", "index_at"], name="referrals_of_patient"),
            models.Index(fields=["organization", "index_at"], name="referrals_by_index"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether something is still expected."""
        return not lifecycle.is_ended(self.stage)

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return lifecycle.LABELS[Stage(self.stage)]

    @property
    def visit_at(self) -> datetime | None:
        """When the live appointment starts."""
        return self.appointment.slot.starts_at if self.appointment else None

    def moves_open_to(self, membership: Membership) -> list[str]:
        """The moves this person may make now: what the page draws."""
        return [name for name in moves_from(Stage(self.stage)) if membership.may(MOVES[name].permission)]
