"""Forms of floor 0: people, and the organization's own facts."""

from typing import ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password

from organizations.models import Organization
from organizations.roles import ROLE_CHOICES


class InvitationForm(forms.Form):
    """Who is invited to do which job."""

    full_name = forms.CharField(
        label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label="Work email", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label="Role", choices=ROLE_CHOICES)


class RoleForm(forms.Form):
    """Another job for a colleague."""

    role = forms.ChoiceField(label="Role", choices=ROLE_CHOICES)


class JoinForm(forms.Form):
    """A password for a new account."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 14 characters. A sentence is good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Long, and not a common one (NIST SP 800-63B)."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The organization's facts that its managers keep."""

    class Meta:
        model = Organization
        fields: ClassVar[list[str]] = [
            "name",
            "short_name",
            "phone",
            "fax",
            "npi",
            "city",
            "opens_at",
            "closes_at",
            "idle_minutes",
            "mfa_required",
        ]
        labels: ClassVar[dict[str, str]] = {
            "short_name": "Name in texts to patients",
            "npi": "NPI",
            "idle_minutes": "Sign out after minutes of idleness",
            "mfa_required": "Everybody needs a second factor to sign in",
        }

    def clean_idle_minutes(self) -> int:
        """Between two minutes and an hour: longer leaves records open to passers-by."""
        minutes: int = self.cleaned_data["idle_minutes"]
        if not 2 <= minutes <= 60:
            raise forms.ValidationError("Choose 2 to 60 minutes.")
        return minutes
