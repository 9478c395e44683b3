"""Patients, and the numbers by which others know them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models

from organizations.history import TrackedQuerySet, history
from organizations.models import OrganizationForeignKey, OrganizationModel, scoped
from organizations.names import name_key
from organizations.numbers import next_number
from patients import searching


class Sex(models.TextChoices):
    """Administrative sex, as payers ask for it (X12 DMG03)."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"
    OTHER = "X", "Other"
    UNKNOWN = "U", "Unknown"


class PatientQuerySet(TrackedQuerySet):
    """Reads of patients. Ranges on the stored key, since row security keeps ILIKE from its index."""

    def named_like(self, typed: str) -> "PatientQuerySet":
        """Patients whose family name (then given name) begins as typed."""
        key = name_key(typed)
        return self.filter(name_key__gte=key, name_key__lt=key + "\uffff")

    def current(self) -> "PatientQuerySet":
        """Patients as people see them: no record that another one stands for."""
        return self.filter(merged_into=None)

    def born(self, birth_date: date) -> "PatientQuerySet":
        """Patients of one birth date."""
        return self.filter(birth_date=birth_date)


class Patient(OrganizationModel):
    """A person cared for, as this organization knows them."""

    mrn = models.CharField(max_length=20, verbose_name="MRN")
    given_name = models.CharField(max_length=60)
    middle_name = models.CharField(max_length=60, blank=True)
    family_name = models.CharField(max_length=60)
    suffix = models.CharField(max_length=10, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    language = models.CharField(max_length=5, default="en", help_text="ISO 639-1")
    interpreter_needed = models.BooleanField(default=False)
    accessibility = models.CharField(max_length=200, blank=True, help_text="What a visit must allow for")
    transport = models.CharField(
        max_length=200, blank=True, help_text="How the patient comes, if that is hard"
    )
    line1 = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    deceased_on = models.DateField(null=True, blank=True)
    merged_into = OrganizationForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed",
        help_text="The record that stands for this one; this one is kept so that the merge can be undone",
    )  # fmt: skip
    name_key = models.CharField(max_length=200, editable=False, db_collation="C")

    NAMED_BY: ClassVar[tuple[str, ...]] = ("family_name", "given_name", "middle_name")

    objects: ClassVar[Any] = scoped(PatientQuerySet)
    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "mrn"], name="one_patient_per_mrn")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "name_key"], name="patients_by_name"),
            models.Index(fields=["organization", "birth_date", "name_key"], name="patients_by_birth"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, **kwargs: Any) -> None:
        """Keep the search key equal to the name, and give a new patient a number."""
        self.name_key = name_key(self.family_name, self.given_name)
        if not self.mrn:
            self.mrn = f"{next_number('mrn', first=4001):06d}"
        if (changed := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*changed, "name_key"}
        super().save(**kwargs)
        SearchKey.objects.renew(self)

    @property
    def standing(self) -> "Patient":
        """The record that stands for this person: itself, unless it was merged."""
        patient = self
        while patient.merged_into is not None:
            patient = patient.merged_into
        return patient

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the name that a patient may be looked for by."""
        return tuple(getattr(self, part) for part in self.NAMED_BY)

    @property
    def full_name(self) -> str:
        """Family name first, as charts are filed: "Delgado-Ruiz, Maria T."."""
        middle = f" {self.middle_name[0]}." if self.middle_name else ""
        suffix = f" {self.suffix}" if self.suffix else ""
        return f"{self.family_name}{suffix}, {self.given_name}{middle}"

    @property
    def spoken_name(self) -> str:
        """As one says it: "Maria Delgado-Ruiz"."""
        return f"{self.given_name} {self.family_name}"

    def age_on(self, day: date) -> int:
        """Whole years on a day."""
        return (
            day.year
            - self.birth_date.year
            - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))
        )


class SearchKeyQuerySet(models.QuerySet[Any]):
    """Writes of search keys."""

    def renew(self, patient: Patient) -> None:
        """Make a patient's keys what the record says now; nothing is written when they are so already."""
        wanted = searching.keys_of(
            names=patient.names,
            phones=[point.value for point in patient.contact_points.all() if point.is_phone],
            numbers=[identifier.value for identifier in patient.identifiers.all()],
        )
        have = set(self.filter(patient=patient).values_list("key", flat=True))
        if gone := have - wanted:
            self.filter(patient=patient, key__in=gone).delete()
        self.bulk_create([self.model(patient=patient, key=key) for key in sorted(wanted - have)])


class SearchKey(OrganizationModel):
    """One way to find a patient. Ranges on `key` use the index under row security, where ILIKE cannot."""

    kept_by = "itself"

    patient = OrganizationForeignKey(Patient, models.CASCADE, related_name="search_keys")
    key = models.CharField(max_length=70, db_collation="C", help_text="Kind, colon, normalised value")

    objects: ClassVar[Any] = scoped(SearchKeyQuerySet)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "key", "patient"], name="one_search_key_each")
        ]

    def __str__(self) -> str:
        return self.key


class Identifier(OrganizationModel):
    """A number by which somebody else knows the patient."""

    patient = OrganizationForeignKey(Patient, models.CASCADE, related_name="identifiers")
    authority = models.CharField(max_length=120)
    value = models.CharField(max_length=60)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "authority", "value"], name="one_patient_per_identifier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.authority})"

    def save(self, **kwargs: Any) -> None:
        """Keep the patient findable by this number."""
        super().save(**kwargs)
        SearchKey.objects.renew(self.patient)
