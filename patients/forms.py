"""Forms of a patient's record, and of how sure the matcher must be."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from organizations.forms import PhoneField
from organizations.languages import WITH_ENGLISH
from patients.birth_dates import NotADate, understood
from patients.matching import Person
from patients.models import ContactPoint, Identifier, MatchingRules, Patient, RelatedPerson, Sex

QUIET = {"autocomplete": "off"}  # a browser must not keep patients' names
CALENDAR = forms.DateInput(attrs={"type": "date"})
PERCENT = 100


class BirthDateField(forms.CharField):
    """A birth date in any form that people in the US type."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Month, day, year, for example 3/14/67")
        super().__init__(label="Birth date", max_length=30, widget=forms.TextInput(attrs=QUIET), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As staff read it."""
        return f"{value:%m/%d/%Y}" if isinstance(value, date) else value


def _typed_birth_date(form: forms.Form | forms.ModelForm, today: date) -> date:
    try:
        return understood(form.cleaned_data["birth_date"], today=today)
    except NotADate as trouble:
        raise forms.ValidationError(str(trouble)) from trouble


class RegistrationForm(forms.Form):
    """A new patient in five fields. `apart` holds those that were said to be other people."""

    given_name = forms.CharField(
        label="First name", max_length=60, widget=forms.TextInput(attrs={**QUIET, "autofocus": True})
    )
    family_name = forms.CharField(label="Last name", max_length=60, widget=forms.TextInput(attrs=QUIET))
    birth_date = BirthDateField()
    sex = forms.ChoiceField(
        label="Sex", choices=Sex.choices, initial=Sex.UNKNOWN, help_text="As the payer has it"
    )
    phone = PhoneField(label="Mobile phone", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["phone"].widget.attrs["autocomplete"] = "off"

    def clean_birth_date(self) -> date:
        """The day that was meant."""
        return _typed_birth_date(self, self.today)

    @property
    def person(self) -> Person | None:
        """As much as is right so far, for the matcher; None when that is too little to recognize anybody."""
        self.is_valid()
        facts = {name: self.cleaned_data.get(name) for name in ("given_name", "family_name", "birth_date")}
        if not (facts["family_name"] and (facts["given_name"] or facts["birth_date"])):
            return None
        phone, sex = self.cleaned_data.get("phone"), self.cleaned_data.get("sex")
        return Person(
            given_name=facts["given_name"] or "",
            family_name=facts["family_name"],
            birth_date=facts["birth_date"],
            sex=sex or "",
            phones=frozenset([phone] if phone else []),
        )

    @property
    def apart(self) -> set[UUID]:
        """Whom a person saw and called different; nonsense is nobody."""
        try:
            return {UUID(one) for one in self.data.get("apart", "").split(",") if one}
        except ValueError:
            return set()


class FactsForm(forms.ModelForm):
    """What the record says of the person. `seen` is its version when the form was drawn."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    birth_date = BirthDateField()
    language = forms.ChoiceField(label="Language", choices=list(WITH_ENGLISH.items()))
    deceased_on = forms.DateField(
        label="Died on", required=False, widget=CALENDAR, help_text="Texts, e-mails and reminders stop."
    )
    state = forms.CharField(label="State", max_length=2, required=False, help_text="Two letters")

    class Meta:
        model = Patient
        fields: ClassVar[list[str]] = [
            "given_name", "middle_name", "family_name", "suffix", "birth_date", "sex", "language",
            "interpreter_needed", "accessibility", "transport", "line1", "city", "state", "postal_code",
            "deceased_on",
        ]  # fmt: skip
        labels: ClassVar[dict[str, str]] = {
            "given_name": "First name", "middle_name": "Middle name", "family_name": "Last name",
            "interpreter_needed": "Needs an interpreter", "accessibility": "A visit must allow for",
            "transport": "How they come", "line1": "Street", "postal_code": "ZIP code",
        }  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {
            "accessibility": "Wheelchair, hearing, sight",
            "transport": "Only if that is hard: no car on Thursdays",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if (own := self.instance.language) not in WITH_ENGLISH:
            self.fields["language"].choices = [*WITH_ENGLISH.items(), (own, own)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs.update(QUIET)

    def clean_birth_date(self) -> date:
        """The day that was meant."""
        return _typed_birth_date(self, self.today)

    def clean_state(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["state"]).upper()

    def clean(self) -> dict[str, Any]:
        """Nobody dies before birth, or tomorrow."""
        facts = super().clean() or {}
        died, born = facts.get("deceased_on"), facts.get("birth_date")
        if died and (died > self.today or (born and died < born)):
            self.add_error("deceased_on", "Choose a day between birth and today.")
        return facts

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the groups in which the page shows them."""
        groups = {
            "Name": ["given_name", "middle_name", "family_name", "suffix"],
            "Person": ["birth_date", "sex", "deceased_on"],
            "Language and visits": ["language", "interpreter_needed", "accessibility", "transport"],
            "Address": ["line1", "city", "state", "postal_code"],
        }
        return [(title, [self[name] for name in names]) for title, names in groups.items()]


class ContactForm(forms.ModelForm):
    """A telephone or e-mail address, and what was agreed about it."""

    is_verified = forms.BooleanField(label="Proved to be theirs", required=False)

    class Meta:
        model = ContactPoint
        fields: ClassVar[list[str]] = ["kind", "value", "consent", "consent_source", "do_not_use"]
        labels: ClassVar[dict[str, str]] = {
            "value": "Number or address", "consent": "Texts and e-mails",
            "consent_source": "How they said it", "do_not_use": "Do not use: wrong or not theirs",
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"value": forms.TextInput(attrs=QUIET)}
        help_texts: ClassVar[dict[str, str]] = {"value": "", "consent_source": "By phone, on the paper form"}

    field_order = ["kind", "value", "consent", "consent_source", "is_verified", "do_not_use"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_verified"] = self.instance.verified_at is not None
        if self.instance.is_phone and "value" in self.initial:
            self.initial["value"] = PhoneField().prepare_value(self.initial["value"])

    def clean(self) -> dict[str, Any]:
        """Numbers as machines dial them; the same one is not kept twice."""
        facts = super().clean() or {}
        kind, typed = facts.get("kind"), facts.get("value")
        if kind and typed:
            field = forms.EmailField() if kind == ContactPoint.Kind.EMAIL else PhoneField()
            try:
                facts["value"] = field.clean(typed)
            except forms.ValidationError as trouble:
                self.add_error("value", trouble)
        twin = ContactPoint.objects.filter(
            patient=self.instance.patient_id, kind=kind, value=facts.get("value")
        )
        if twin.exclude(pk=self.instance.pk).exists():
            self.add_error("value", "The record has this one already.")
        return facts


class IdentifierForm(forms.ModelForm):
    """A number by which another office knows the patient."""

    class Meta:
        model = Identifier
        fields: ClassVar[list[str]] = ["authority", "value"]
        labels: ClassVar[dict[str, str]] = {"authority": "Who gave it", "value": "Number"}
        help_texts: ClassVar[dict[str, str]] = {"authority": "A hospital, a registry, another practice"}
        widgets: ClassVar[dict[str, Any]] = {"value": forms.TextInput(attrs=QUIET)}


class RelatedPersonForm(forms.ModelForm):
    """Somebody who speaks for the patient."""

    phone = PhoneField(label="Phone", required=False)
    until = forms.DateField(
        label="Until", required=False, widget=CALENDAR,
        help_text="Left empty for a minor's parent or guardian: the day they come of age.",
    )  # fmt: skip

    class Meta:
        model = RelatedPerson
        fields: ClassVar[list[str]] = [
            "name",
            "relation",
            "phone",
            "email",
            "decides",
            "may_be_told",
            "until",
        ]
        labels: ClassVar[dict[str, str]] = {
            "email": "E-mail", "decides": "Decides for the patient", "may_be_told": "May be told",
        }  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {"decides": "", "may_be_told": "The patient agreed"}
        widgets: ClassVar[dict[str, Any]] = {"name": forms.TextInput(attrs=QUIET)}


class SameAsForm(forms.Form):
    """Another record of the same person, by its chart number."""

    mrn = forms.CharField(label="MRN of the other record", max_length=20, widget=forms.TextInput(attrs=QUIET))


class RulesForm(forms.ModelForm):
    """How sure the matcher must be, in percent."""

    same_from = forms.DecimalField(
        label="Say “the same person” from", min_value=50, max_value=100, decimal_places=2,
        help_text="Percent. Higher says it less often, and is wrong less often.",
    )  # fmt: skip
    ask_from = forms.DecimalField(
        label="Ask a person from", min_value=0, max_value=100, decimal_places=2,
        help_text="Percent. Lower puts more pairs on the list, and misses fewer.",
    )  # fmt: skip

    class Meta:
        model = MatchingRules
        fields: ClassVar[list[str]] = ["same_from", "ask_from"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields or ():
            self.initial[name] = round(PERCENT * self.initial[name], 2)

    def clean(self) -> dict[str, Any]:
        """Probabilities, asking before being sure."""
        facts = super().clean() or {}
        for name in ("same_from", "ask_from"):
            if facts.get(name) is not None:
                facts[name] = float(facts[name]) / PERCENT
        same, ask = facts.get("same_from"), facts.get("ask_from")
        if same is not None and ask is not None and ask > same:
            self.add_error("ask_from", "Ask from a lower figure than the one at which it is sure.")
        return facts
