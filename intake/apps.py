"""Floor 4: what arrives."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake."""

    name = "intake"
