"""What choosing a destination rests on: networks, criteria, waits, and how much each counts."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel
from providers.models.directory import Practice, Provider, Specialty


class Network(OrganizationModel):
    """The offices and clinicians a plan pays for in full."""

    name = models.CharField(max_length=120)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "name"], name="one_network_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class NetworkMembership(OrganizationModel):
    """An office, or one clinician of it, in a network for a time. Without a row nothing is known."""

    network = OrganizationForeignKey(Network, models.CASCADE, related_name="memberships")
    practice = OrganizationForeignKey(Practice, models.CASCADE, related_name="networks")
    provider = OrganizationForeignKey(
        Provider, models.CASCADE, null=True, blank=True, related_name="networks"
    )
    is_in = models.BooleanField(default=True, help_text="False: known to be outside")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    history = history()

    def __str__(self) -> str:
        return "In network" if self.is_in else "Out of network"


class AcceptanceCriterion(OrganizationModel):
    """What must come with a referral to a specialty, or to one office of it."""

    specialty = OrganizationForeignKey(Specialty, models.CASCADE, related_name="criteria")
    practice = OrganizationForeignKey(
        Practice, models.CASCADE, null=True, blank=True, related_name="criteria"
    )
    text = models.CharField(max_length=120, help_text="As asked of the sender: Recent ECG")
    document_kind = models.CharField(max_length=20, blank=True, help_text="As referrals.Document.Kind")
    is_required = models.BooleanField(default=True, help_text="False: wished for")

    history = history()

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_required", "text"]

    def __str__(self) -> str:
        return self.text


class PublishedWait(OrganizationModel):
    """How long and how surely a practice has seen this organization's patients, from its own referrals."""

    kept_by = "itself"

    practice = OrganizationForeignKey(Practice, models.CASCADE, related_name="waits")
    specialty = OrganizationForeignKey(Specialty, models.CASCADE, related_name="waits")
    median_days = models.FloatField(null=True, help_text="From sent to seen, Kaplan-Meier")
    completed_share = models.FloatField(null=True)
    referrals = models.PositiveIntegerField(default=0, help_text="How many the figures rest on")
    as_of = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "practice", "specialty"], name="one_wait_per_practice_and_specialty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.median_days} days, {self.referrals} referrals"


class RoutingWeights(OrganizationModel):
    """How much each reason counts when destinations are ranked."""

    weights = models.JSONField(default=dict, help_text="Factor of providers.routing -> 0 to 10")
    most_miles = models.PositiveIntegerField(default=40)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization"], name="one_set_of_routing_weights")
        ]

    def __str__(self) -> str:
        return "Routing weights"
