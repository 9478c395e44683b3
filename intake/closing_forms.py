"""What the two one-press confirmations ask for: closing a loop, and answering a request of ours."""

from datetime import date
from typing import Any

from django import forms

from intake import fields, typed
from intake.proposals import ANSWERABLE, Answer
from referrals.models import Referral


class ClosingForm(forms.Form):
    """Which referral the report answers, and when the visit was."""

    reading = forms.UUIDField()
    referral: Any = forms.ModelChoiceField(
        None, error_messages={"required": "Choose the referral that it answers."}
    )
    seen_on = forms.DateField(error_messages={"invalid": "Type the day of the visit."})

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["referral"].queryset = Referral.objects.filter(  # type: ignore[attr-defined]
            direction=Referral.Direction.OUTBOUND, stage__in=ANSWERABLE
        )


class AnswerForm(forms.Form):
    """What came of what was asked for: a tick for each thing, and a value where one was asked."""

    reading = forms.UUIDField()
    request = forms.UUIDField()
    came = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any, *, offered: Answer, today: date) -> None:
        super().__init__(data)
        self.offered, self.today = offered, today
        self.fields["came"].choices = [(line.number, line.text) for line in offered.lines]  # type: ignore[attr-defined]
        for line in offered.lines:
            if line.key:
                self.fields[f"line-{line.number}"] = forms.CharField(required=False, label=line.text)

    def clean(self) -> dict[str, Any]:
        """Bring what was written to its normal form."""
        cleaned = super().clean() or {}
        self.written: dict[str, str] = {}
        for line in self.offered.lines:
            if line.key and (text := cleaned.get(f"line-{line.number}")):
                self._take(line.number, line.key, text)
        return cleaned

    def _take(self, number: int, key: str, text: str) -> None:
        try:
            self.written[key] = fields.BY_KEY[key].parse(text, self.today)
        except typed.Wrong as wrong:
            self.add_error(f"line-{number}", f"{self.fields[f'line-{number}'].label}: {wrong}")
