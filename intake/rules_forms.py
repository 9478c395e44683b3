"""What an administrator may set about accepting without a person."""

from typing import Any

from django import forms

from intake.models import ReviewRules
from intake.trusting import Measured

THRESHOLDS = [(0.999, "99.9 %"), (0.995, "99.5 %"), (0.99, "99 %"), (0.98, "98 %"), (0.95, "95 %")]


class RulesForm(forms.ModelForm):
    """On or off, how sure, and from whom. Turning it on is refused where nothing shows that it is safe."""

    at_least = forms.TypedChoiceField(
        coerce=float,
        choices=THRESHOLDS,
        label="How sure each value must be",
        help_text="A referral waits for a person when one value that counts is less sure.",
    )

    class Meta:
        model = ReviewRules
        fields = ("accepts_alone", "at_least", "only_known_senders")
        labels = {
            "accepts_alone": "Accept clear referrals without a person",
            "only_known_senders": "Only from offices in the directory",
        }
        help_texts = {"accepts_alone": "Everything else waits in the inbox as before."}

    def __init__(self, *args: Any, measure: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean(self) -> dict[str, Any]:
        """Look at what people's checks say about the threshold before it is turned on."""
        cleaned = super().clean() or {}
        if cleaned.get("accepts_alone") and cleaned.get("at_least"):
            measured: Measured = self.measure(cleaned["at_least"])
            if measured.objection:
                self.add_error("accepts_alone", measured.objection)
        return cleaned
