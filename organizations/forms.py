"""Forms of floor 0: people, and the organization's own facts."""

from typing import Any, ClassVar

import phonenumbers
from django import forms
from django.contrib.auth.password_validation import validate_password

from organizations.models import Membership, Organization, User
from organizations.roles import ROLE_CHOICES, may_give
from organizations.words import phone

WITH_AREA_CODE = phonenumbers.ValidationResult.IS_POSSIBLE
TIME_ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
    "Pacific/Guam": "Guam",
}


class RoleForm(forms.Form):
    """A job for a colleague: only those that the person who gives it may give."""

    role = forms.ChoiceField(label="Role")

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in ROLE_CHOICES if may_give(by.role, choice[0])
        ]


class InvitationForm(RoleForm):
    """Who is invited to do which job."""

    full_name = forms.CharField(
        label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label="Work email", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ["full_name", "email", "role"]


class JoinForm(forms.Form):
    """A password for a new account."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 14 characters. A sentence is good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, whose: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whose = whose

    def clean_password(self) -> str:
        """Long, not a common one, and not made of the person's own name (NIST SP 800-63B)."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.whose)
        return password


class PhoneField(forms.CharField):
    """A US telephone number: shown as (217) 555-0188, taken in any usual form, kept as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people read it."""
        return phone(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """As machines dial it."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, "US")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or phonenumbers.is_possible_number_with_reason(number) != WITH_AREA_CODE:
            raise forms.ValidationError("Type the number with its area code, for example (217) 555-0188.")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class OrganizationForm(forms.ModelForm):
    """The organization's facts that its managers keep."""

    phone = PhoneField(label="Phone")
    fax = PhoneField(label="Fax", required=False)
    npi = forms.RegexField(
        r"^\d{10}$",
        label="NPI",
        required=False,
        help_text="For questions to payers",
        error_messages={"invalid": "An NPI has 10 digits."},
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=list(TIME_ZONES.items()))
    idle_minutes = forms.IntegerField(
        label="Sign out after this many idle minutes",
        min_value=2,
        max_value=60,
        help_text="2 to 60: longer leaves records open to passers-by.",
    )

    class Meta:
        model = Organization
        fields: ClassVar[list[str]] = [
            "name", "city", "phone", "fax", "npi", "time_zone", "opens_at", "closes_at", "short_name",
            "idle_minutes", "mfa_required",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        labels: ClassVar[dict[str, str]] = {
            "short_name": "Name in texts to patients",
            "mfa_required": "Everybody needs a second step to sign in",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "short_name": "Others may read a patient's screen: it must not reveal a specialty.",
            "mfa_required": "Who has none is asked to set one up with their next click.",
        }

    def clean(self) -> dict[str, Any]:
        """A day ends after it begins."""
        facts = super().clean() or {}
        opens, closes = facts.get("opens_at"), facts.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "Choose a time after opening.")
        return facts

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the groups in which the page shows them."""
        groups = {
            "The practice": ["name", "city", "phone", "fax", "npi", "time_zone", "opens_at", "closes_at"],
            "Messages to patients": ["short_name"],
            "Signing in": ["idle_minutes", "mfa_required"],
        }
        return [(title, [self[name] for name in names]) for title, names in groups.items()]
