"""What was said to patients and by them, through which channel, and whether it arrived."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel
from patients.models import Patient


class Channel(models.TextChoices):
    """How a message travels."""

    SMS = "sms", "Text"
    EMAIL = "email", "E-mail"


class Message(OrganizationModel):
    """One text or e-mail. Ours hold no health information beyond the practice's name (see wording.py)."""

    class Direction(models.TextChoices):
        """Who wrote it."""

        OUT = "out", "From us"
        IN = "in", "From the patient"

    class State(models.TextChoices):
        """`unknown`: it may have left; a person decides, it is never blindly repeated."""

        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Not sent"
        UNKNOWN = "unknown", "May have been sent"
        RECEIVED = "received", "Received"

    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT)
    patient = OrganizationForeignKey(
        Patient,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        help_text="None: an unknown number wrote",
    )
    about_id = models.UUIDField(null=True, help_text="The referral it is about")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="en")
    to = models.CharField(max_length=120, help_text="The patient's number or address, whoever wrote")
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reference = models.CharField(max_length=80, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    history = history(excluded_fields=("body", "html"))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "channel", "reference"],
                condition=Q(direction="in"),
                name="one_row_per_message_in",
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "about_id"], name="messages_about"),
            models.Index(fields=["organization", "to", "-queued_at"], name="messages_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.template}"


class OptOut(OrganizationModel):
    """The consent ledger: each time somebody said stop, or start again, in their own words."""

    kept_by = "append-only"

    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.CharField(max_length=120)
    wants_messages = models.BooleanField(default=False)
    source = models.CharField(max_length=120)
    text = models.CharField(max_length=320, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "channel", "address", "-at"], name="opt_outs_latest")
        ]

    def __str__(self) -> str:
        return "start" if self.wants_messages else "stop"
