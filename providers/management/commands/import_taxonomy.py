"""Reads the user's own copy of the NUCC provider taxonomy file; none is shipped."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.actions import registering
from providers.nucc import NotTheTaxonomy, rows


class Command(BaseCommand):
    """`./dev manage import_taxonomy nucc_taxonomy_261.csv`. Again, it takes over what has changed."""

    help = "Read the NUCC provider taxonomy CSV file, so that rare specialties have their names."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Take every code over."""
        if not file.is_file():
            raise CommandError(f"There is no file {file.name}. Download the CSV file from the NUCC's site.")
        try:
            taken = registering.take_taxonomy(rows(file.read_bytes()))
        except NotTheTaxonomy as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Done: {taken:,} codes.")
