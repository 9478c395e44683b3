"""Floor 1: patients."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Patients."""

    name = "patients"
