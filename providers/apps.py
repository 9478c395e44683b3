"""Floor 1: clinicians and offices."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Providers."""

    name = "providers"
