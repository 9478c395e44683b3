"""Patients from a file: the file's columns, its rows, and what became of each."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.crypto import EncryptedTextField
from organizations.history import history
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel, scoped
from patients.models.patient import Patient


class ColumnMapping(OrganizationModel):
    """What each column of a file with this heading means, remembered for the next one."""

    heading_hash = models.CharField(max_length=64, help_text="SHA-256 of the heading row")
    columns = models.JSONField(default=dict, help_text="Column heading -> our field, or empty for none")

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "heading_hash"], name="one_mapping_per_heading")
        ]

    def __str__(self) -> str:
        return f"{len(self.columns)} columns"


class PatientImport(OrganizationModel):
    """One file of patients, tried first and written only when a person says so."""

    class State(models.TextChoices):
        """How far it is."""

        MAPPING = "mapping", "Columns to be named"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, nothing written yet"
        WRITING = "writing", "Being written"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be read"

    file_name = models.CharField(max_length=120)
    heading = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAPPING)
    sentence = models.CharField(max_length=200, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    made_by = OrganizationForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    history = history()

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it."""
        return self.state in {self.State.CHECKING, self.State.WRITING}


class ImportRow(OrganizationModel):
    """One row of a file. The row itself is sealed; what is wrong with it names columns, never values."""

    class Outcome(models.TextChoices):
        """What became, or would become, of it."""

        WAITING = "", "Not looked at"
        NEW = "new", "New patient"
        CHANGED = "changed", "Known patient, changed"
        SAME = "same", "Known patient, nothing new"
        ASK = "ask", "May be a known patient"
        BAD = "bad", "Cannot be taken"

    kept_by = "itself"

    run = OrganizationForeignKey(PatientImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Line in the file, the heading is 1")
    content = EncryptedTextField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True, default=Outcome.WAITING)
    problems = models.JSONField(default=list, help_text="[column, sentence]")
    same_mark = models.CharField(max_length=32, blank=True, help_text="Blind index: equal for one patient")
    patient = OrganizationForeignKey(Patient, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "run", "number"], name="one_row_per_line")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "run", "outcome", "number"], name="import_rows_to_do"),
            models.Index(fields=["organization", "run", "same_mark"], name="import_rows_of_one"),
        ]

    def __str__(self) -> str:
        return f"line {self.number}"
