"""What is asked when a paper is filed away, attached or unlocked, checked before anything is done."""

from django import forms

from referrals.models import Document, Referral

REFUSALS = [
    ("Advertisement or junk", "Advertisement or junk"),
    ("Meant for another office", "Meant for another office"),
    ("Part of another fax", "Part of another fax"),
    ("Question, not a referral", "Question, not a referral"),
    ("Order, passed on", "Order for a test or device, passed on"),
    ("Request for records, passed on", "Request for records, passed on"),
    ("Confirms a fax we sent", "Confirms a fax we sent"),
    ("Cannot be read, sender asked", "Cannot be read, sender asked to send it again"),
    ("Other", "Other"),
]
LIKELY_REFUSALS = {
    "junk": "Advertisement or junk",
    "order": "Order, passed on",
    "records_request": "Request for records, passed on",
    "confirmation": "Confirms a fax we sent",
}


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
