"""Floor 2: who pays, and what they said."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    """Insurance."""

    name = "insurance"
