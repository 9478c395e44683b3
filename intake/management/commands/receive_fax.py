"""Hands a file to an organization as a fax vendor would; prints the arrival's id."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake import typed
from intake.actions import arriving
from organizations.models import Organization
from organizations.scope import organization_scope
from referrals import storing


class Command(BaseCommand):
    """manage.py receive_fax FILE --to lakeside [--from +12175550142]"""

    help = "Receive a fax from a file; the worker reads it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", required=True, help="the organization's slug")
        parser.add_argument("--from", dest="sender", default="", help="the number it came from")

    def handle(self, *args: Any, file: Path, to: str, sender: str, **options: Any) -> None:
        organization = Organization.objects.filter(slug=to).first()
        if organization is None:
            raise CommandError(f"There is no organization {to!r}.")
        try:
            with organization_scope(organization.pk, actor="command:receive_fax"), file.open("rb") as fax:
                arrival = arriving.receive(
                    fax,
                    source="fax",
                    file_name=file.name,
                    from_number=_e164(sender),
                    to_number=organization.fax,
                )
        except OSError as trouble:
            raise CommandError(f"The file cannot be read: {trouble.strerror}.") from trouble
        except storing.GatewayUnavailable as outage:
            raise CommandError(str(outage)) from outage
        self.stdout.write(str(arrival.pk))


def _e164(number: str) -> str:
    try:
        digits = typed.phone(number, date.today())
    except typed.Wrong as wrong:
        raise CommandError(f"--from: {wrong}") from wrong
    return f"+1{digits}" if digits else ""
