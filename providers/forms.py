"""What the directory's pages ask for. NPIs are refused when their check digit is wrong."""

import re
from typing import Any, ClassVar

from django import forms

from organizations.forms import PhoneField
from organizations.languages import LANGUAGES
from providers import queries, taxonomies
from providers.models import (
    Affiliation,
    Location,
    Practice,
    Provider,
    check_npi,
)
from providers.queries import Filters

MILES = [("", "Any distance"), *((str(n), f"Within {n} miles") for n in (5, 10, 25, 50, 100))]
ZIP_CODE = re.compile(r"\d{5}(-\d{4})?")
YES_NO = [("", "Not known"), ("yes", "Yes"), ("no", "No")]


def _zip_field(label: str = "ZIP code", *, required: bool = True) -> forms.RegexField:
    return forms.RegexField(
        ZIP_CODE,
        label=label,
        required=required,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "A ZIP code has 5 figures, for example 62704."},
    )


def npi_field(*, required: bool, **kwargs: Any) -> forms.CharField:
    """An NPI, whose check digit must be right."""
    return forms.CharField(
        label="NPI",
        required=required,
        max_length=10,
        validators=[check_npi],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "id", "autocomplete": "off"}),
        **kwargs,
    )


class FilterForm(forms.Form):
    """The search above the list."""

    q = forms.CharField(label="Name, specialty, town, NPI, phone or fax", max_length=80, required=False)
    zip = _zip_field("Near ZIP", required=False)
    miles = forms.ChoiceField(label="Distance", choices=MILES, required=False)
    network = forms.ChoiceField(label="Plan or network", required=False)
    specialty = forms.ChoiceField(label="Specialty", required=False)
    affiliation = forms.ChoiceField(
        label="Affiliation", required=False, choices=[("", "Any"), *Affiliation.choices[:-1]]
    )
    language = forms.ChoiceField(label="Speaks", required=False, choices=[("", "Any"), *LANGUAGES.items()])
    only_in = forms.BooleanField(label="In network only", required=False)
    new = forms.BooleanField(label="Takes new patients", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [("", "Any"), *queries.networks_and_plans()]  # type: ignore[attr-defined]
        self.fields["specialty"].choices = [("", "Any"), *queries.specialties()]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What was asked for; a field that makes no sense asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            words=said.get("q", "").strip(),
            specialty=said.get("specialty", ""),
            postal_code=said.get("zip", ""),
            miles=int(said["miles"]) if said.get("miles") else None,
            network=said.get("network", "").partition(".")[0],
            only_in_network=said.get("only_in", False),
            affiliation=said.get("affiliation", ""),
            language=said.get("language", ""),
            accepts_new=said.get("new", False),
        )

    def rest(self) -> list[forms.BoundField]:
        """The filters that fold away, when none of them is used."""
        return [self[name] for name in ("specialty", "affiliation", "language", "only_in", "new")]


class OfficeForm(forms.ModelForm):
    """An office's own facts. Its fax, phone and e-mail are the preferred ways of their kinds."""

    affiliation = forms.ChoiceField(label="Affiliation", choices=Affiliation.choices, required=False)
    phone = PhoneField(label="Phone", required=False)
    fax = PhoneField(label="Fax", required=False)
    npi = npi_field(required=False, help_text="The office's own, not a clinician's")

    class Meta:
        model = Practice
        fields: ClassVar[list[str]] = ["name", "affiliation", "npi", "phone", "fax", "email"]
        labels: ClassVar[dict[str, str]] = {"email": "E-mail"}


class LocationForm(forms.ModelForm):
    """One address."""

    postal_code = _zip_field()
    phone = PhoneField(label="Phone there", required=False)
    fax = PhoneField(label="Fax there", required=False)

    class Meta:
        model = Location
        fields: ClassVar[list[str]] = ["line1", "city", "state", "postal_code", "phone", "fax"]
        labels: ClassVar[dict[str, str]] = {"line1": "Street"}

    def clean_state(self) -> str:
        """Two letters."""
        return str(self.cleaned_data["state"]).upper()


class NewOfficeForm(OfficeForm):
    """An office with its first address."""

    line1 = forms.CharField(label="Street", max_length=120, required=False)
    city = forms.CharField(label="City", max_length=60, required=False)
    state = forms.CharField(label="State", max_length=2, required=False)
    postal_code = _zip_field(required=False)
    PLACE: ClassVar[tuple[str, ...]] = ("line1", "city", "state", "postal_code")

    def clean(self) -> dict[str, Any]:
        """A street needs its town."""
        said = super().clean() or {}
        if said.get("line1"):
            for name in ("city", "state", "postal_code"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "An address needs street, city, state and ZIP code.")
        return said

    def clean_npi(self) -> str:
        """Not one that is here already."""
        npi: str = self.cleaned_data["npi"]
        known = Practice.objects.filter(npi=npi).first() if npi else None
        if known:
            raise forms.ValidationError(f"{known.name} has this NPI and is in the directory already.")
        return npi

    def parts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The office's facts, and its address's."""
        said = self.cleaned_data
        place = {name: said[name] for name in self.PLACE}
        return {name: said[name] for name in self.Meta.fields}, {**place, "state": place["state"].upper()}


class ClinicianForm(forms.ModelForm):
    """A clinician."""

    npi = npi_field(required=True)
    specialty = forms.ChoiceField(label="Specialty", required=False)
    languages = forms.MultipleChoiceField(
        label="Languages besides English",
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    accepts_new = forms.TypedChoiceField(
        label="Takes new patients",
        required=False,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
    )

    class Meta:
        model = Provider
        fields: ClassVar[list[str]] = [
            "given_name", "family_name", "credential", "npi", "accepts_new", "is_active", "languages",
            "taxonomy",
        ]  # fmt: skip
        labels: ClassVar[dict[str, str]] = {"is_active": "Works there"}
        widgets: ClassVar[dict[str, Any]] = {"taxonomy": forms.HiddenInput}

    field_order = ("given_name", "family_name", "credential", "npi", "specialty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        self.initial["accepts_new"] = {True: "yes", False: "no"}.get(person.accepts_new, "")
        if person.specialty is not None:
            self.initial["specialty"] = person.specialty.code
        ours = dict(queries.specialties())
        others = {code: name for code, name in taxonomies.names().items() if code not in ours}
        self.fields["specialty"].choices = [  # type: ignore[attr-defined]
            ("", "Not known"),
            *ours.items(),
            ("Not used here yet", sorted(others.items(), key=lambda other: other[1])),
        ]

    def clean_npi(self) -> str:
        """Not another clinician's."""
        npi: str = self.cleaned_data["npi"]
        known = (
            Provider.objects.filter(npi=npi).exclude(pk=self.instance.pk).select_related("practice").first()
        )
        if known:
            raise forms.ValidationError(f"{known.full_name} at {known.practice.name} has this NPI.")
        return npi

    def facts(self) -> dict[str, Any]:
        """What to write; the specialty by its code."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "specialty")}
