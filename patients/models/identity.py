"""Who is who: pairs that may be one person, merges that can be undone, and how sure to be."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organizations.history import history
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel
from patients.models.patient import Patient


class DuplicatePair(OrganizationModel):
    """Two records that may be one person, until somebody says."""

    class Decision(models.TextChoices):
        """What a person said."""

        OPEN = "", "Not decided"
        DIFFERENT = "different", "Different people"
        MERGED = "merged", "Merged"

    one = OrganizationForeignKey(Patient, models.CASCADE, related_name="+")
    other = OrganizationForeignKey(Patient, models.CASCADE, related_name="+")
    probability = models.FloatField()
    reasons = models.JSONField(default=list, help_text="[field, words, weight in bits] as compared")
    found_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default=Decision.OPEN)
    decided_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "one", "other"], name="one_pair_of_two"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_in_order"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["organization", "-probability"], name="pairs_to_decide", condition=Q(decision="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.probability:.3f} {self.decision or 'open'}"


class MergeRecord(OrganizationModel):
    """One merge: which rows moved to the survivor, so that it can be undone even after later changes."""

    survivor = OrganizationForeignKey(Patient, models.PROTECT, related_name="merges")
    merged = OrganizationForeignKey(Patient, models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=list, help_text="[model, row id] of each row that was re-pointed")
    taken = models.JSONField(default=dict, help_text="Field of the survivor -> [before, after]")
    made_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    history = history()

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]

    def __str__(self) -> str:
        return "Merge undone" if self.undone_at else "Merge"


class MatchingRules(OrganizationModel):
    """How sure an organization wants to be, and what its own data taught the matcher."""

    same_from = models.FloatField(default=0.99, help_text="Probability from which two records are one person")
    ask_from = models.FloatField(default=0.5, help_text="Probability from which a person is asked")
    parameters = models.JSONField(default=dict, help_text="Estimated by patients.matching; empty: the priors")
    learned_from = models.PositiveIntegerField(default=0, help_text="Patients the estimate rests on")
    learned_at = models.DateTimeField(null=True, blank=True)

    history = history(excluded_fields=("parameters",))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization"], name="one_set_of_matching_rules"),
            models.CheckConstraint(condition=Q(ask_from__lte=F("same_from")), name="asks_before_it_is_sure"),
        ]

    def __str__(self) -> str:
        return f"Same from {self.same_from}, ask from {self.ask_from}"
