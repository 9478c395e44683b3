"""Who refers and who receives: specialties, practices and the clinicians in them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel, Site
from providers.npi import is_npi


def check_npi(value: str) -> None:
    """Form and model validator."""
    if not is_npi(value):
        raise ValidationError("This NPI's check digit is wrong. Look for a misread figure.")


class Specialty(OrganizationModel):
    """A kind of care, in the organization's own words."""

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=80)

    history = history()

    class Meta:
        verbose_name_plural = "specialties"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "code"], name="one_specialty_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.TextChoices):
    """How an office stands to this organization, which decides what counts as leaked."""

    OURS = "ours", "Ours"
    PARTNER = "partner", "Affiliated"
    OUTSIDE = "outside", "Not affiliated"
    UNKNOWN = "", "Not known"


class Practice(OrganizationModel):
    """An office: ours, or one we exchange referrals with."""

    name = models.CharField(max_length=120)
    is_ours = models.BooleanField(default=False)
    affiliation = models.CharField(max_length=8, choices=Affiliation.choices, default=Affiliation.UNKNOWN)
    npi = models.CharField(max_length=10, blank=True, validators=[check_npi])
    phone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="Last time somebody confirmed the entry"
    )

    history = history()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["organization", "fax"], name="practices_by_fax")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Keep the ways in equal to the numbers that stand on the entry: those are the preferred ones."""
        super().save(**kwargs)
        changed = kwargs.get("update_fields")
        if changed is None or {"phone", "fax", "email"} & set(changed):
            self.endpoints.follow(self)  # type: ignore[attr-defined]


class Location(OrganizationModel):
    """One address of a practice."""

    practice = OrganizationForeignKey(Practice, models.CASCADE, related_name="locations")
    line1 = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    postal_code = models.CharField(max_length=10)
    phone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)

    history = history()

    def __str__(self) -> str:
        return f"{self.line1}, {self.city}"


class Provider(OrganizationModel):
    """A clinician."""

    npi = models.CharField(max_length=10, validators=[check_npi], verbose_name="NPI")
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    credential = models.CharField(max_length=20, blank=True)
    specialty = OrganizationForeignKey(
        Specialty, models.PROTECT, null=True, blank=True, related_name="providers"
    )
    practice = OrganizationForeignKey(Practice, models.PROTECT, related_name="providers")
    site = OrganizationForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="providers")
    is_active = models.BooleanField(default=True)
    taxonomy = models.CharField(max_length=10, blank=True, help_text="NUCC code")
    languages = models.JSONField(default=list, help_text="ISO 639-1, besides English")
    accepts_new = models.BooleanField(null=True, help_text="Takes new patients; empty: not known")
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="Last time somebody confirmed the entry"
    )

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "npi"], name="one_provider_per_npi")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "family_name"], name="providers_by_name")
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """ "Hannah Lindqvist, MD"."""
        return f"{self.spoken_name}, {self.credential}" if self.credential else self.spoken_name

    @property
    def spoken_name(self) -> str:
        """ "Hannah Lindqvist"."""
        return f"{self.given_name} {self.family_name}"

    @property
    def short_name(self) -> str:
        """ "Dr. Okafor" for a physician, the full name for others."""
        return f"Dr. {self.family_name}" if self.credential in {"MD", "DO"} else self.full_name
