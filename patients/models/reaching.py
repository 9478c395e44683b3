"""How to reach a patient and whoever speaks for them, and what they agreed to."""

from typing import Any, ClassVar

from django.db import models

from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel
from patients.models.patient import Patient, SearchKey


class ContactPoint(OrganizationModel):
    """A telephone or address of a patient, with the consent given for it."""

    class Kind(models.TextChoices):
        """What it is, which decides what may be sent there."""

        MOBILE = "mobile", "Mobile"
        HOME = "home", "Home phone"
        WORK = "work", "Work phone"
        EMAIL = "email", "E-mail"

    class Consent(models.TextChoices):
        """What the patient said about being written to here."""

        GRANTED = "granted", "May be texted or e-mailed"
        REFUSED = "refused", "Do not text or e-mail"
        NOT_ASKED = "not_asked", "Not asked yet"

    patient = OrganizationForeignKey(Patient, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=120, help_text="E.164 for telephones")
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NOT_ASKED)
    consent_source = models.CharField(max_length=120, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    do_not_use = models.BooleanField(default=False)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "patient", "kind", "value"], name="one_contact_point_each"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "value"], name="patients_by_contact")
        ]

    def __str__(self) -> str:
        return self.value

    def save(self, **kwargs: Any) -> None:
        """Keep the patient findable by this number."""
        super().save(**kwargs)
        if self.is_phone:
            SearchKey.objects.renew(self.patient)

    @property
    def is_phone(self) -> bool:
        """Whether it can be called."""
        return self.kind != self.Kind.EMAIL

    @property
    def may_be_written_to(self) -> bool:
        """Whether a care message may go here: given for care, not refused, not wrong (47 CFR 64.1200)."""
        return not self.do_not_use and self.consent != self.Consent.REFUSED


class RelatedPerson(OrganizationModel):
    """Somebody who speaks or decides for the patient. A parent's say ends at the age of majority."""

    class Relation(models.TextChoices):
        """Who they are to the patient."""

        PARENT = "parent", "Parent"
        GUARDIAN = "guardian", "Legal guardian"
        PROXY = "proxy", "Health care proxy"
        SPOUSE = "spouse", "Spouse or partner"
        CAREGIVER = "caregiver", "Caregiver"
        OTHER = "other", "Other"

    patient = OrganizationForeignKey(Patient, models.CASCADE, related_name="related_people")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=10, choices=Relation.choices)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    email = models.EmailField(blank=True)
    decides = models.BooleanField(default=False, help_text="May decide for the patient")
    may_be_told = models.BooleanField(default=False, help_text="The patient agreed that they may be told")
    until = models.DateField(null=True, blank=True, help_text="When their say ends")

    history = history()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_relation_display()})"
