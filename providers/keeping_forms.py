"""What is asked to keep an entry right: ways in, reports, networks and criteria."""

import re
from typing import Any

from django import forms

from organizations.forms import PhoneField
from providers.models import Endpoint, Specialty, check_npi

WHAT = [
    ("fax", "The fax number"),
    ("phone", "The phone number"),
    ("address", "The address"),
    ("clinician", "Who works there"),
    ("accepting", "Whether it takes new patients"),
    ("network", "The network"),
    ("other", "Something else"),
]


class EndpointForm(forms.Form):
    """One more way in."""

    kind = forms.ChoiceField(label="Kind", choices=Endpoint.Kind.choices)
    address = forms.CharField(
        label="Number or address", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        """A number with its area code, an address with its @, or https."""
        said = super().clean() or {}
        kind, address = said.get("kind"), said.get("address")
        if kind and address:
            try:
                said["address"] = _ADDRESSES[kind].clean(address)
            except forms.ValidationError as wrong:
                self.add_error("address", wrong)
        return said


_MAIL = forms.EmailField(
    max_length=200, error_messages={"invalid": "Type the whole address, for example desk@office.example."}
)
_ADDRESSES: dict[str, forms.Field] = {
    Endpoint.Kind.FAX: PhoneField(),
    Endpoint.Kind.PHONE: PhoneField(),
    Endpoint.Kind.DIRECT: _MAIL,
    Endpoint.Kind.EMAIL: _MAIL,
    Endpoint.Kind.FHIR: forms.URLField(
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": "Type the address of the FHIR server."},
    ),
    Endpoint.Kind.HL7: forms.RegexField(
        r"^[\w.-]+:\d{1,5}$",
        max_length=200,
        error_messages={"invalid": "Type host and port: lab.example:2575."},
    ),
}


class ReportForm(forms.Form):
    """What is wrong, in one tap; a word about it if there is time."""

    what = forms.ChoiceField(label="What is wrong", choices=WHAT, widget=forms.RadioSelect)
    note = forms.CharField(label="What it should be", max_length=200, required=False)
    endpoint_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """What was found."""

    outcome = forms.CharField(label="What you found", max_length=200)
    closes = forms.BooleanField(label="Do not use the number any more", required=False)


class NetworkForm(forms.Form):
    """A network's name."""

    name = forms.CharField(label="Name", max_length=120)


class ListForm(forms.Form):
    """NPIs of those who are in a network."""

    npis = forms.CharField(
        label="NPIs, one a line",
        help_text="From the payer's list: of offices or clinicians.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=200_000,
    )

    def clean_npis(self) -> list[str]:
        """The numbers in it; one that cannot be an NPI is named."""
        found = re.findall(r"\d{7,}", self.cleaned_data["npis"])
        if not found:
            raise forms.ValidationError("There is no NPI in this. Paste one 10-figure number a line.")
        for npi in found:
            try:
                check_npi(npi)
            except forms.ValidationError:
                raise forms.ValidationError(f"{npi} is not an NPI: its check digit is wrong.") from None
        return found


class StandingForm(forms.Form):
    """How an office stands to a network, and since when."""

    network_id = forms.UUIDField(widget=forms.HiddenInput)
    is_in = forms.TypedChoiceField(
        label="This office is",
        choices=[("in", "In network"), ("out", "Out of network"), ("", "Not known")],
        required=False,
        coerce=lambda said: said == "in",
        empty_value=None,
    )
    since = forms.DateField(
        label="Since", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """An end after its beginning."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "Choose a day after it began.")
        return said


class CriterionForm(forms.Form):
    """What must come with a referral."""

    specialty: Any = forms.ModelChoiceField(queryset=None, label="For referrals to", empty_label=None)
    text = forms.CharField(label="What must come", max_length=120)
    document_kind = forms.ChoiceField(
        label="As which paper",
        required=False,
        choices=[("", "Ask each time"), ("order", "Referral order"), ("record", "Clinical record")],
    )
    everywhere = forms.BooleanField(label="At every office of this specialty", required=False)
    is_required = forms.BooleanField(label="They turn it away without", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialty"].queryset = Specialty.objects.order_by("name")  # type: ignore[attr-defined]
