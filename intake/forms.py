"""What the pages of intake ask for, checked before anything is done."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from intake import fields, merging, typed
from intake.models import FieldReading, Reading
from intake.queries import patients_like
from organizations import words
from patients.models import Patient

NEW = "new"
WANTED = [
    *((field.key, field.label) for field in fields.FIELDS),
    ("notes", "Office notes"),
    ("card", "Copy of the insurance card"),
]


class ReviewForm(forms.Form):
    """Every field of a paper. What cannot be understood is an error and stays as typed in `kept`.

    `paper` is as it stands now, locked: what a colleague changed since the page was drawn (`seen`) is taken
    over, and where both changed one value theirs is in `clashes`.
    """

    reading = forms.UUIDField(required=False)
    match = forms.CharField(required=False)
    mrn = forms.CharField(required=False, max_length=20)
    checked = forms.MultipleChoiceField(required=False, choices=[(f.key, f.label) for f in fields.FIELDS])
    seen = forms.CharField(required=False)

    def __init__(self, data: Any, *, today: date, paper: Reading | None, me: UUID | None = None) -> None:
        super().__init__(data)
        self.today = today
        self.me = me
        self.paper = paper
        self.rows: dict[str, FieldReading] = {row.key: row for row in paper.fields.all()} if paper else {}
        self.kept: dict[str, str] = {}
        self.ticked: list[str] = []
        self.theirs: dict[str, str] = {}
        self.clashes: dict[str, str] = {}
        self.other_patient = False
        for field in fields.FIELDS:
            self.fields[field.key] = forms.CharField(required=False, label=field.label)

    def clean(self) -> dict[str, Any]:
        """Bring each value to its normal form."""
        cleaned = super().clean() or {}
        for field in fields.FIELDS:
            if field.key in self.data:
                self.kept[field.key] = self._normal(field, cleaned.get(field.key) or "")
        self._merge(merging.seen_in(cleaned.get("seen") or ""), cleaned.get("checked") or [])
        return cleaned

    def _merge(self, seen: merging.Seen | None, ticked: Collection[str]) -> None:
        now = seen_now(self.paper)
        if seen is not None:  # what this person changed by the way is no colleague's
            own = {key: now.values[key] for key, row in self.rows.items() if row.checked_by_id == self.me}
            seen = replace(seen, values={**seen.values, **own})
        merged = merging.merge(seen, self.kept, ticked, now)
        if seen is not None:
            self.other_patient = now.patient not in (seen.patient, self.data.get("match", ""))
        self.kept, self.theirs, self.clashes = merged.values, merged.theirs, merged.clashes
        self.ticked = [field.key for field in fields.FIELDS if field.key in merged.ticked]

    def _normal(self, field: fields.Field, text: str) -> str:
        try:
            return field.parse(text, self.today)
        except typed.Wrong as wrong:
            self.add_error(field.key, str(wrong))
            return text

    @property
    def patient_to_save(self) -> UUID | None:
        """The patient chosen here, unless a colleague chose another meanwhile."""
        patient = None if self.other_patient else self.chosen_patient()
        return patient.pk if patient else None

    @property
    def to_save(self) -> dict[str, str]:
        """What may be kept: where two people differ, the first stays until the second has seen it."""
        return {key: value for key, value in self.kept.items() if key not in self.clashes}

    @property
    def changed_by(self) -> str:
        """The colleague whose changes came in between."""
        rows = [self.rows[key] for key in {**self.clashes, **self.theirs}]
        names = [row.checked_by.user.full_name for row in rows if row.checked_by is not None]
        return next(iter(names), "A colleague")

    def say_clashes(self) -> None:
        """Put the colleague's value beside the person's own."""
        for key, sentence in self.clash_notes.items():
            self.add_error(key, sentence)

    @property
    def clash_notes(self) -> dict[str, str]:
        """What a colleague left where both changed a value: field -> sentence."""
        return {
            key: f"{self.changed_by} left “{fields.BY_KEY[key].show(value)}” here. Yours is in the box."
            for key, value in self.clashes.items()
        }

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

    def __init__(self, data: Any, *, today: date, paper: Reading | None, me: UUID | None = None) -> None:
        super().__init__(data, today=today, paper=paper, me=me)
        self.unchecked: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Check each value, then the patient, then what is missing, then what nobody has looked at."""
        cleaned = super().clean()
        self.patient = self.chosen_patient()
        self._check_patient()
        for key, sentence in self.missing().items():
            if key not in self.errors:
                self.add_error(key, sentence)
        self._show_what_a_colleague_changed()
        if not self.errors:
            self._ask_about_unchecked()
        return cleaned

    def missing(self) -> dict[str, str]:
        """What a referral cannot be without: field -> sentence."""
        return fields.missing(self.kept, known_patient=self.patient is not None)

    def _show_what_a_colleague_changed(self) -> None:
        self.say_clashes()
        if self.other_patient:
            self.add_error("match", "A colleague chose another patient meanwhile. Say who it is.")
        if self.theirs:
            labels = ", ".join(fields.BY_KEY[key].label for key in self.theirs)
            said = f"{self.changed_by} changed this meanwhile: {labels}. Look at it, then accept again."
            self.add_error(None, said)

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


class QuestionForm(AcceptanceForm):
    """Complete enough to ask the sender for the rest: the patient must be known."""

    wanted = forms.MultipleChoiceField(required=False, choices=WANTED)
    also = forms.CharField(required=False, max_length=200)

    def missing(self) -> dict[str, str]:
        """The patient only; what is asked for comes later."""
        gaps = super().missing()
        return {key: sentence for key, sentence in gaps.items() if key not in fields.WHY_THEY_COME}

    def clean(self) -> dict[str, Any]:
        """As for an acceptance, and something must be asked for."""
        cleaned = super().clean()
        if not self.sentence:
            self.add_error("wanted", "Tick what is missing, or write it.")
        return cleaned

    @property
    def sentence(self) -> str:
        """What the other office is asked to send."""
        labels = dict(WANTED)
        ticked = ", ".join(labels[key] for key in self.cleaned_data.get("wanted") or [])
        return ". ".join(part for part in (ticked, (self.cleaned_data.get("also") or "").strip()) if part)


def seen_now(paper: Reading | None) -> merging.Seen:
    """A paper as it stands, for the page to carry along."""
    if paper is None:
        return merging.Seen({})
    rows = list(paper.fields.all())
    ticked = frozenset(row.key for row in rows if row.checked_by_id is not None)
    return merging.Seen(
        {row.key: row.final_value for row in rows}, ticked, str(paper.matched_patient_id or "")
    )


def unchecked(paper: Reading | None, values: Mapping[str, str], ticked: Collection[str]) -> list[str]:
    """Doubtful values that the person neither ticked nor changed, in the page's order."""
    doubtful = {row.key: row.value for row in paper.fields.all() if row.why and row.value} if paper else {}
    return [
        f.key
        for f in fields.FIELDS
        if f.key in doubtful and f.key not in ticked and values.get(f.key) == doubtful[f.key]
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
