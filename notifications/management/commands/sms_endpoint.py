"""Where a carrier delivers an organization's incoming texts, and the secret it signs them with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from notifications.webhooks import KIND
from organizations import signing
from organizations.models import Organization


class Command(BaseCommand):
    help = "Print the address and the secret for an organization's incoming texts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--org", required=True, help="The organization's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.filter(slug=options["org"]).first()
        if organization is None:
            raise CommandError(f"There is no organization called {options['org']}.")
        path = reverse("hook_sms", args=[signing.token_of(organization, KIND)])
        self.stdout.write(f"address  {settings.PUBLIC_URL}{path}")
        self.stdout.write(f"secret   {signing.secret_of(organization.pk, KIND)}")
