"""The doors that faxes come in by, what each told us, and the count that must come out even."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models.arrival import Arrival
from organizations.crypto import EncryptedTextField
from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel


class FaxLine(OrganizationModel):
    """One account at a fax service that brings faxes in."""

    class Vendor(models.TextChoices):
        """Who runs the line."""

        TELNYX = "telnyx", "Telnyx"
        DOCUMO = "documo", "Documo"
        SRFAX = "srfax", "SRFax"
        SIGNED = "signed", "Signed webhook"

    vendor = models.CharField(max_length=8, choices=Vendor.choices)
    number = models.CharField(max_length=20, help_text="E.164")
    account = EncryptedTextField(null=True, help_text="What the vendor's door needs, as JSON; sealed")
    is_open = models.BooleanField(default=True)
    heard_at = models.DateTimeField(null=True, blank=True, help_text="Last time the vendor was heard")
    polled_to = models.DateTimeField(null=True, blank=True, help_text="Everything before has been fetched")
    trouble = models.CharField(max_length=200, blank=True, help_text="Why it does not work, for a person")

    history = history(excluded_fields=("account",))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "vendor", "number"], name="one_line_per_vendor_and_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_vendor_display()} {self.number}"


class Delivery(OrganizationModel):
    """One fax as its vendor told of it, written down before anything is fetched: the ledger counts these."""

    class State(models.TextChoices):
        """How far it came."""

        TOLD = "told", "Told, not fetched yet"
        TAKEN = "taken", "Taken in"
        FAILED = "failed", "Could not be fetched"

    line = OrganizationForeignKey(FaxLine, models.PROTECT, related_name="deliveries")
    vendor_id = models.CharField(max_length=80)
    told_at = models.DateTimeField(default=timezone.now)
    from_number = models.CharField(max_length=20, blank=True)
    to_number = models.CharField(max_length=20, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True, help_text="As the vendor counts them")
    media = models.CharField(max_length=1000, blank=True, help_text="Where the file is to be fetched")
    state = models.CharField(max_length=6, choices=State.choices, default=State.TOLD)
    sentence = models.CharField(max_length=200, blank=True, help_text="What happened, and what to do")
    arrival = OrganizationForeignKey(
        Arrival, models.PROTECT, null=True, blank=True, related_name="deliveries"
    )

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "line", "vendor_id"], name="one_delivery_per_vendor_id"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "told_at"], name="deliveries_by_day"),
            models.Index(
                fields=["organization", "told_at"], name="deliveries_open", condition=Q(state="told")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id} ({self.get_state_display()})"


class LedgerDay(OrganizationModel):
    """One day and source: how many came in, how many are accounted for, and which are not."""

    day = models.DateField(help_text="In the organization's time zone")
    source = models.CharField(max_length=10, help_text="As Arrival.source")
    came = models.PositiveIntegerField()
    accounted = models.PositiveIntegerField()
    missing = models.JSONField(default=list, help_text="What is not accounted for: [kind, id] pairs")
    checked_at = models.DateTimeField(default=timezone.now)
    settled_note = models.CharField(
        max_length=200, blank=True, help_text="A person's word on what is missing"
    )

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "day", "source"], name="one_count_per_day_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.source}: {self.accounted} of {self.came}"
