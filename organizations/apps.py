"""Floor 0: organizations, people, roles, and the three locks that keep tenants apart."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Registers the checks that refuse a database role which could see every tenant."""

    name = "organizations"

    def ready(self) -> None:
        """Load the system checks."""
        from organizations import checks  # noqa: F401
