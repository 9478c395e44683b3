"""What was read on the pages of an arrival, and what a person made of it."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from intake.models.arrival import Arrival
from organizations.history import TrackedQuerySet, history
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel, scoped
from patients.models import Patient
from referrals.models import Referral


class Rearrangement(OrganizationModel):
    """A person split or joined the papers of an arrival. The readings it put aside come back when undone."""

    class Kind(models.TextChoices):
        """What was done."""

        SPLIT = "split", "Split"
        JOIN = "join", "Joined"

    arrival = OrganizationForeignKey(Arrival, models.CASCADE, related_name="rearrangements")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    at_page = models.PositiveIntegerField(help_text="The first page of the later paper")
    made_by = OrganizationForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    history = history()

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at page {self.at_page}"


class ReadingQuerySet(TrackedQuerySet):
    """Reads of papers."""

    def standing(self) -> "ReadingQuerySet":
        """Those that no split or join has put aside."""
        return self.filter(put_aside_by=None)


class Reading(OrganizationModel):
    """One referral, report or other paper found on the pages of an arrival, and what a person made of it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        OPEN = "", "Not decided"
        ACCEPTED = "accepted", "Accepted"
        ATTACHED = "attached", "Attached to a referral"
        REFUSED = "refused", "Not a referral"

    arrival = OrganizationForeignKey(Arrival, models.CASCADE, related_name="readings")
    doc_class = models.CharField(max_length=20)
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    matched_patient = OrganizationForeignKey(
        Patient, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    note = models.CharField(max_length=200, blank=True, help_text="Why it is not a referral")
    referral = OrganizationForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="readings"
    )
    put_aside_by = OrganizationForeignKey(
        Rearrangement, models.SET_NULL, null=True, blank=True, related_name="put_aside"
    )
    made_by = OrganizationForeignKey(
        Rearrangement, models.SET_NULL, null=True, blank=True, related_name="made"
    )
    by_rule = models.BooleanField(default=False, help_text="Accepted by the organization's rule, unseen")
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = scoped(ReadingQuerySet)
    history = history()

    class Meta:
        ordering: ClassVar[list[str]] = ["first_page", "id"]

    def __str__(self) -> str:
        return f"{self.doc_class}, pages {self.first_page}-{self.last_page}"


class FieldReading(OrganizationModel):
    """One value found on a page, how sure we are, and what a person made of it."""

    reading = OrganizationForeignKey(Reading, models.CASCADE, related_name="fields")
    key = models.CharField(max_length=30)
    value = models.TextField(blank=True)
    confidence = models.FloatField(default=0)
    why = models.CharField(max_length=120, blank=True, help_text="Why it should be checked, for a clerk")
    page = models.PositiveIntegerField(null=True, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    width = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    checked_value = models.TextField(null=True, blank=True)
    checked_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "reading", "key"], name="one_value_per_field")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def final_value(self) -> str:
        """What the person left, else what was read."""
        return self.value if self.checked_value is None else self.checked_value
