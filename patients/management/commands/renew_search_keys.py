"""Make every patient findable by this version's rules: `./dev manage renew_search_keys`, after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from organizations.models import Organization
from organizations.scope import organization_scope
from patients.actions.keeping import renew_keys

BATCH = 500


class Command(BaseCommand):
    """Goes through all organizations, some hundred patients at a time; running it twice does no harm."""

    help = __doc__.splitlines()[0]

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew, and say for how many organizations."""
        organizations = list(Organization.objects.values_list("pk", flat=True))
        for organization_id in organizations:
            place, more = None, True
            while more:
                with organization_scope(organization_id, actor="command:renew_search_keys"):
                    place = renew_keys(after=place, size=BATCH)
                more = place is not None
        self.stdout.write(f"Patients are findable again in {len(organizations)} organizations.")
