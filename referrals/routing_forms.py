"""What choosing an office asks for, and how much each reason counts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from insurance.models import Plan
from organizations.languages import LANGUAGES
from providers.models import Network, Specialty
from providers.routing import ENGLISH, LABELS, Factor
from referrals.destinations import Rules, Sought

MOST_WEIGHT, FARTHEST = 10, 500


class NeedForm(forms.Form):
    """What is looked for, when there is no referral yet."""

    specialty: Any = forms.ModelChoiceField(
        queryset=None, label="Specialty", empty_label="Choose a specialty"
    )
    zip = forms.RegexField(
        r"^\d{5}(-\d{4})?$",
        label="Patient's ZIP",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}),
        error_messages={"invalid": "A ZIP code has 5 figures, for example 62704."},
    )
    plan: Any = forms.ModelChoiceField(queryset=None, label="Plan", required=False, empty_label="Not known")
    language = forms.ChoiceField(
        label="Language", required=False, choices=[(ENGLISH, "English"), *LANGUAGES.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.select_related("payer").order_by("name")
        self.fields["specialty"].queryset = Specialty.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        """As the ranking takes it."""
        said = self.cleaned_data
        return Sought(
            specialty=said["specialty"],
            network_id=said["plan"].network_id if said["plan"] else None,
            postal_code=said["zip"],
            language=said["language"],
        )


class WeightsForm(forms.Form):
    """How much each reason counts, 0 to 10."""

    most_miles = forms.IntegerField(label="Too far from (miles)", min_value=1, max_value=FARTHEST)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        now = {factor.value: round(rules.weights.get(factor, 0)) for factor in Factor}
        kwargs["initial"] = {**now, "most_miles": rules.most_miles}
        super().__init__(*args, **kwargs)
        for factor in Factor:
            self.fields[factor.value] = forms.IntegerField(
                label=LABELS[factor], min_value=0, max_value=MOST_WEIGHT
            )

    def rules(self) -> Rules:
        """As the ranking takes them."""
        return Rules(self.weights(), self.cleaned_data["most_miles"])

    def weights(self) -> Mapping[Factor, float]:
        """Each factor's."""
        return {factor: float(self.cleaned_data[factor.value]) for factor in Factor}

    def clean(self) -> dict[str, Any]:
        """Something must count."""
        said = super().clean() or {}
        if not self.errors and not any(said[factor.value] for factor in Factor):
            raise forms.ValidationError("At least one reason must count. Give one a number above 0.")
        return said


class PlansForm(forms.Form):
    """Which network each plan pays in full."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks = [("", "Not known"), *Network.objects.order_by("name").values_list("pk", "name")]
        for plan in Plan.objects.order_by("name"):
            self.fields[str(plan.pk)] = forms.TypedChoiceField(
                label=plan.name,
                choices=networks,
                initial=plan.network_id,
                required=False,
                coerce=UUID,
                empty_value=None,
            )
