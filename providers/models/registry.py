"""The public register of NPIs, as the monthly file brings it. Global rows: they belong to no organization."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class RegistryEntry(models.Model):
    """One NPI of the National Plan and Provider Enumeration System (45 CFR 162.408)."""

    npi = models.CharField(max_length=10, primary_key=True)
    is_person = models.BooleanField()
    name = models.CharField(max_length=120, help_text="Family name of a person, else the organization's")
    given_name = models.CharField(max_length=60, blank=True)
    credential = models.CharField(max_length=20, blank=True)
    search_name = models.CharField(
        max_length=160, db_collation="C", help_text="Normalised, family name first"
    )
    taxonomies = ArrayField(
        models.CharField(max_length=10), default=list, help_text="NUCC, the primary first"
    )
    line1 = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    fax = models.CharField(max_length=20, blank=True)
    deactivated_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "registry entries"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["search_name"], name="registry_by_name"),
            models.Index(fields=["postal_code", "search_name"], name="registry_by_place"),
        ]

    def __str__(self) -> str:
        return self.npi


class RegistryImport(models.Model):
    """One run over a monthly file. `read_to` says where a killed run goes on."""

    file_name = models.CharField(max_length=200)
    file_mark = models.CharField(max_length=64, help_text="SHA-256 of its size and first megabyte")
    size = models.PositiveBigIntegerField(help_text="Bytes")
    read_to = models.PositiveBigIntegerField(default=0, help_text="Bytes whose rows are written")
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["file_mark", "size"], name="one_run_per_file")
        ]

    def __str__(self) -> str:
        return self.file_name


class TaxonomyCode(models.Model):
    """A provider taxonomy code of the user's own copy of the NUCC file; none is shipped (copyright NUCC)."""

    code = models.CharField(max_length=10, primary_key=True)
    grouping = models.CharField(max_length=200, blank=True)
    classification = models.CharField(max_length=200)
    specialization = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code
