"""What the pages of intake ask for, checked before anything is done."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from intake import fields, typed
from intake.models import Reading
from intake.queries import patients_like
from organizations import words
from patients.models import Patient
from referrals.models import Document, Referral

NEW = "new"
REFUSALS = [
    ("Advertisement or junk", "Advertisement or junk"),
    ("Meant for another office", "Meant for another office"),
    ("Part of another fax", "Part of another fax"),
    ("Question, not a referral", "Question, not a referral"),
    ("Cannot be read, sender asked", "Cannot be read, sender asked to send it again"),
    ("Other", "Other"),
]


class ReviewForm(forms.Form):
    """Every field of a paper. What cannot be understood is an error and stays as typed in `kept`."""

    reading = forms.UUIDField(required=False)
    match = forms.CharField(required=False)
    mrn = forms.CharField(required=False, max_length=20)
    checked = forms.MultipleChoiceField(required=False, choices=[(f.key, f.label) for f in fields.FIELDS])

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.kept: dict[str, str] = {}
        for field in fields.FIELDS:
            self.fields[field.key] = forms.CharField(required=False, label=field.label)

    def clean(self) -> dict[str, Any]:
        """Bring each value to its normal form."""
        cleaned = super().clean() or {}
        for field in fields.FIELDS:
            if field.key in self.data:
                self.kept[field.key] = self._normal(field, cleaned.get(field.key) or "")
        return cleaned

    def _normal(self, field: fields.Field, text: str) -> str:
        try:
            return field.parse(text, self.today)
        except typed.Wrong as wrong:
            self.add_error(field.key, str(wrong))
            return text

    @property
    def ticked(self) -> list[str]:
        """The fields that the person says are right."""
        return list(self.cleaned_data.get("checked") or [])

    def chosen_patient(self) -> Patient | None:
        """The patient chosen from the list or by number; None for a new one, or when nobody was chosen."""
        if mrn := (self.cleaned_data.get("mrn") or "").strip():
            return Patient.objects.filter(mrn__in={mrn, mrn.zfill(6)}).first()
        identity = _uuid(self.cleaned_data.get("match") or "")
        return Patient.objects.filter(pk=identity).first() if identity else None


class AcceptanceForm(ReviewForm):
    """Complete enough for a referral: a patient, why they come, doubtful values checked or waved through."""

    asked = forms.CharField(required=False)
    shown = forms.CharField(required=False)
    patient: Patient | None = None

    def __init__(self, data: Any, *, today: date, paper: Reading | None) -> None:
        super().__init__(data, today=today)
        self.paper = paper
        self.unchecked: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Check each value, then the patient, then what is missing, then what nobody has looked at."""
        cleaned = super().clean()
        self.patient = self.chosen_patient()
        self._check_patient()
        for key, sentence in fields.missing(self.kept, known_patient=self.patient is not None).items():
            if key not in self.errors:
                self.add_error(key, sentence)
        if not self.errors:
            self._ask_about_unchecked()
        return cleaned

    def _check_patient(self) -> None:
        born = self.kept.get("patient_dob", "")
        if self.patient is None:
            self._check_new_patient()
        elif born and "patient_dob" not in self.errors and born != self.patient.birth_date.isoformat():
            known = f"{self.patient} was born {words.us_date(self.patient.birth_date)}."
            self.add_error("patient_dob", f"{known} Correct this, or choose another patient.")

    def _check_new_patient(self) -> None:
        if (self.cleaned_data.get("mrn") or "").strip():
            self.add_error("mrn", "No patient has this number.")
        elif self.cleaned_data.get("match") != NEW:
            self.add_error("match", "Choose the patient, or a new one.")
        elif not self.errors and self._somebody_overlooked():
            self.add_error(
                "match", "Somebody with this name and birth date is here already. Choose who it is."
            )

    def _somebody_overlooked(self) -> bool:
        """A strong match of what was typed that the person was not shown."""
        shown = set((self.cleaned_data.get("shown") or "").split())
        return any(
            one.strength == "strong" and str(one.patient_id) not in shown for one in patients_like(self.kept)
        )

    def _ask_about_unchecked(self) -> None:
        asked = set((self.cleaned_data.get("asked") or "").split())
        self.unchecked = unchecked(self.paper, self.kept, self.ticked)
        if not set(self.unchecked) <= asked:
            labels = ", ".join(fields.BY_KEY[key].label for key in self.unchecked)
            self.add_error(None, f"Not checked yet: {labels}. Accept again to take them as they are.")


def unchecked(paper: Reading | None, values: Mapping[str, str], ticked: Collection[str]) -> list[str]:
    """Doubtful values that the person neither ticked nor changed, in the page's order."""
    doubtful = {row.key: row.value for row in paper.fields.all() if row.why and row.value} if paper else {}
    return [
        f.key
        for f in fields.FIELDS
        if f.key in doubtful and f.key not in ticked and values.get(f.key) == doubtful[f.key]
    ]


class RefusalForm(forms.Form):
    """Why it is not a referral."""

    reading = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(choices=REFUSALS, widget=forms.RadioSelect, label="Why")
    note = forms.CharField(required=False, max_length=150, label="In your words")

    @property
    def sentence(self) -> str:
        """The reason and what the person added."""
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"].strip()
        return note if reason == "Other" and note else f"{reason}: {note}" if note else reason


class AttachmentForm(forms.Form):
    """Which referral the paper belongs to."""

    reading = forms.UUIDField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(max_length=12, label="Referral number")
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Document.Kind.REPORT, Document.Kind.RECORD)],
        widget=forms.RadioSelect,
        label="It is a",
        initial=Document.Kind.REPORT,
    )
    sure = forms.BooleanField(required=False, label="It is for this patient, although the birth dates differ")

    def clean_number(self) -> Referral:
        """The referral; "20418" is as good as "R-20418"."""
        typed_number = self.cleaned_data["number"].strip().upper()
        number = typed_number if typed_number.startswith("R-") else f"R-{typed_number}"
        referral = Referral.objects.select_related("patient").filter(number=number).first()
        if referral is None:
            raise forms.ValidationError("There is no referral with this number.")
        return referral


class PasswordForm(forms.Form):
    """The password of a locked file: used once, kept nowhere."""

    password = forms.CharField(
        max_length=120,
        strip=False,
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
