"""Papers: sealed documents, and what was sent outside."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel, User
from patients.models import Patient
from referrals.models.referral import Referral


class Document(OrganizationModel):
    """A file, sealed under a key of its own; the key is wrapped by the organization's. Named by content."""

    class Kind(models.TextChoices):
        """What it is for."""

        FAX = "fax", "Fax as received"
        ORDER = "order", "Referral order"
        RECORD = "record", "Clinical record"
        REPORT = "report", "Consult report"
        PACKET = "packet", "Sent packet"
        OTHER = "other", "Other"

    referral = OrganizationForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    patient = OrganizationForeignKey(Patient, models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(max_length=120)
    stored_name = models.CharField(max_length=120)
    wrapped_key = models.BinaryField()
    media_type = models.CharField(max_length=40)
    size = models.BigIntegerField(help_text="Bytes, before sealing")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    first_page = models.PositiveIntegerField(
        null=True, blank=True, help_text="Where it begins in a longer fax"
    )
    last_page = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    history = history(excluded_fields=("wrapped_key",))

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "sha256"], name="documents_by_hash")
        ]

    def __str__(self) -> str:
        return self.title


class Dispatch(OrganizationModel):
    """One sending of papers outside, and what became of it."""

    class State(models.TextChoices):
        """`unknown`: it may have left; a person decides, it is never blindly repeated."""

        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Not delivered"
        UNKNOWN = "unknown", "May have been sent"

    referral = OrganizationForeignKey(Referral, models.PROTECT, related_name="dispatches")
    document = OrganizationForeignKey(Document, models.PROTECT, related_name="dispatches")
    purpose = models.CharField(max_length=10, default="report")
    channel = models.CharField(max_length=8, default="fax")
    to = models.CharField(max_length=120)
    to_label = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reference = models.CharField(max_length=80, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    history = history()

    def __str__(self) -> str:
        return f"{self.purpose} by {self.channel}"
