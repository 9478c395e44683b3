"""What a person types on the ledger page."""

from django import forms


class SettlementForm(forms.Form):
    """What became of what is missing."""

    note = forms.CharField(
        max_length=150, label="What became of it", error_messages={"required": "Say what became of it."}
    )
