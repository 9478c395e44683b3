"""Forms for people without an account. What is stored is English; what is shown is in their language."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patients.birth_dates import NotADate, understood

OLDEST_YEAR = 1900


class BirthDateForm(forms.Form):
    """A birth date in three boxes. A day that is in no calendar is not a wrong answer, only a slip."""

    month = forms.IntegerField(min_value=1, max_value=12)
    day = forms.IntegerField(min_value=1, max_value=31)
    year = forms.IntegerField(min_value=OLDEST_YEAR, max_value=2100)

    def clean(self) -> dict[str, Any]:
        """Make one date of the three numbers."""
        values = super().clean() or {}
        try:
            values["birth_date"] = date(values["year"], values["month"], values["day"])
        except (KeyError, ValueError):
            raise forms.ValidationError(_("That is not a date. Check month, day and year.")) from None
        return values


class PickForm(forms.Form):
    """The time a patient picked."""

    slot = forms.UUIDField()


class CallForm(forms.Form):
    """When a patient would like to be called."""

    TIMES = [
        ("Morning", _("Morning")),
        ("Afternoon", _("Afternoon")),
        ("Evening", _("Evening")),
        ("Any time", _("Any time")),
    ]

    when = forms.MultipleChoiceField(choices=TIMES, required=False)

    def said(self) -> str:
        """The wish in words, for the timeline."""
        return ", ".join(self.cleaned_data["when"]) or "Any time"


class RefusalForm(forms.Form):
    """Why a patient does not want the visit; it may stay unsaid."""

    REASONS = [
        ("I already see someone for this", _("I already see someone for this")),
        ("It is too far, or I have no ride", _("It is too far, or I have no ride")),
        ("It costs too much", _("It costs too much")),
        ("I feel better", _("I feel better")),
    ]

    reason = forms.ChoiceField(choices=REASONS, required=False, widget=forms.RadioSelect)


class CancellationForm(forms.Form):
    """Why a patient cancels; it may stay unsaid."""

    REASONS = [
        ("The time does not suit me any more", _("The time does not suit me any more")),
        ("I have no ride", _("I have no ride")),
        ("I am ill", _("I am ill")),
        ("I feel better", _("I feel better")),
    ]

    reason = forms.ChoiceField(choices=REASONS, required=False, widget=forms.RadioSelect)


class StatusForm(forms.Form):
    """What a referring office knows: the code on our fax and the patient's birth date."""

    code = forms.CharField(max_length=40)
    birth_date = forms.CharField(max_length=20)

    def clean_birth_date(self) -> date:
        """A date in any form that people write here."""
        try:
            return understood(self.cleaned_data["birth_date"], today=date.today())
        except NotADate as trouble:
            raise forms.ValidationError(str(trouble)) from trouble


class AcknowledgementForm(forms.Form):
    """Who in the referring office has read the report."""

    reader = forms.CharField(max_length=60, strip=True)


class OfficeMessageForm(forms.Form):
    """What a referring office asks or tells."""

    text = forms.CharField(max_length=1000, strip=True)
