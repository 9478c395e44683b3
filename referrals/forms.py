"""What each move asks for. A missing or impossible answer gets one plain sentence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from insurance.models import Coverage, Payer
from organizations.models import Membership
from referrals.leak_codes import codes_for
from referrals.lifecycle import Stage
from referrals.models import Document

LONGEST_HOLD = timedelta(days=90)  # a longer pause needs to be justified again (lifecycle page, On hold)
TEXT_LENGTH = 2000


def _text(
    label: str,
    *,
    required: bool = True,
    length: int = TEXT_LENGTH,
    help_text: str = "",
    placeholder: str = "",
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2} | ({"placeholder": placeholder} if placeholder else {})),
        error_messages={"required": f"{label}: write a few words."},
    )


class PlainForm(forms.Form):
    """A move that asks nothing."""


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = _text("Reason")


class ShortReasonForm(forms.Form):
    """A reason that also stands on the appointment."""

    reason = _text("Reason", length=120)


class RemarkForm(forms.Form):
    """A move that may carry a remark."""

    note = _text("Remark", required=False)


class WantedForm(forms.Form):
    """What the other office is asked for."""

    wanted = _text("What is missing", help_text="Each thing by name: ECG 11/20, office note, insurance card.")


class WaiverForm(forms.Form):
    """How one knows that no authorization is required."""

    reason = _text("Who says so", help_text="Name and reference number of the call, or the payer's list.")


class AdviceForm(forms.Form):
    """Advice instead of a visit."""

    advice = _text("Advice to the referrer")


class NewOfficeForm(forms.Form):
    """Where a referral goes instead."""

    reason = _text("Which office, and why")


class NoteForm(forms.Form):
    """A note between colleagues."""

    text = _text("Note", placeholder="What colleagues should know")


class CallForm(forms.Form):
    """How a call to the patient went."""

    reached = forms.TypedChoiceField(
        label="How did it go",
        choices=[("yes", "Reached the patient"), ("no", "No answer")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the call went."},
    )
    note = _text("Remark", required=False)


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"


class VisitForm(forms.Form):
    """When the patient was seen."""

    seen_on = forms.DateField(label="Seen on", widget=DayInput(format="%Y-%m-%d"))


class HoldForm(forms.Form):
    """Until when, and why. The clock starts again when the clinic opens on that day."""

    until = forms.DateField(label="Until", widget=DayInput(format="%Y-%m-%d"))
    reason = _text("Reason", length=120)

    def __init__(self, *args: Any, today: date, opens: Callable[[date], datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.opens = today, opens

    def clean_until(self) -> datetime:
        """A day to come, within 90 days."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day to come.")
        if until > self.today + LONGEST_HOLD:
            raise forms.ValidationError("Choose a day within 90 days. Put it on hold again then.")
        return self.opens(until)


class LossForm(forms.Form):
    """Why a referral is lost: a code that fits its stage, and a remark."""

    leak_code = forms.ChoiceField(
        label="Why",
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
    reason = _text("Remark", required=False)

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanings = {code.code: code.meaning for code in codes_for(stage)}
        field = self.fields["leak_code"]
        field.choices = [("", "Choose a reason"), *self.meanings.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The code's meaning goes before the remark, for the timeline."""
        said = self.cleaned_data
        if meaning := self.meanings.get(said.get("leak_code", "")):
            said["reason"] = f"{meaning}. {said['reason']}" if said.get("reason") else meaning
        return said


class CoverageForm(forms.Form):
    """The patient's coverage, as the card says."""

    payer: Any = forms.ModelChoiceField(queryset=None, label="Payer", empty_label="Choose a payer")
    member_id = forms.CharField(
        label="Member ID", max_length=80, widget=forms.TextInput(attrs={"class": "id"})
    )
    group_number = forms.CharField(label="Group number", max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].queryset = Payer.objects.order_by("name")  # type: ignore[attr-defined]

    @staticmethod
    def as_it_is(coverage: Coverage) -> dict[str, Any]:
        """What the form shows of the coverage on file."""
        return {
            "payer": coverage.payer_id,
            "member_id": coverage.member_id,
            "group_number": coverage.group_number,
        }


class OwnerForm(forms.Form):
    """Who works on it."""

    owner: Any = forms.ModelChoiceField(
        queryset=None, label="Owner", required=False, empty_label="Nobody yet"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(is_active=True).select_related("user").order_by("user__full_name")
        field = self.fields["owner"]
        field.queryset = members  # type: ignore[attr-defined]
        field.label_from_instance = lambda member: member.user.full_name  # type: ignore[attr-defined]


class SlotForm(forms.Form):
    """Which opening."""

    slot_id = forms.UUIDField(error_messages={"required": "Choose a time.", "invalid": "Choose a time."})


class FileField(forms.FileField):
    """A file that is not empty and not too large."""

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "This file is empty. Choose another.",
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, when it may be stored."""
        file = super().clean(data, initial)
        if file and file.size > settings.UPLOAD_LIMIT_BYTES:
            limit = filesizeformat(settings.UPLOAD_LIMIT_BYTES)
            raise forms.ValidationError(f"This file is larger than {limit}. Split it or scan it smaller.")
        return file


KINDS = [choice for choice in Document.Kind.choices if choice[0] not in {"fax", "packet", "report"}]


class DocumentForm(forms.Form):
    """A paper for the referral."""

    file = FileField(label="File", help_text="PDF, TIFF, PNG or JPEG")
    kind = forms.ChoiceField(label="What it is", choices=KINDS, initial=Document.Kind.RECORD)
    title = forms.CharField(label="Title", max_length=120, required=False)

    def clean_title(self) -> str:
        """Without a title, what kind of paper it is: a file's own name may hold a patient's."""
        kind = self.cleaned_data.get("kind", Document.Kind.OTHER)
        return self.cleaned_data["title"] or Document.Kind(kind).label


class ReportForm(forms.Form):
    """The consult report."""

    file = FileField(
        label="Consult report", help_text="PDF", widget=forms.FileInput(attrs={"accept": ".pdf"})
    )
