"""Reads the NPI registry's monthly file into the directory's search: some eight million rows."""

import time
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.actions import registering
from providers.models import RegistryImport
from providers.registry import NotTheRegistry, rows

ROWS_AT_ONCE = 5_000


class Command(BaseCommand):
    """`./dev manage import_npi_registry npidata_pfile_….csv`. Killed, it goes on where it was; again, it is
    quick and changes nothing."""

    help = "Read the NPI registry's monthly CSV file (unpacked). A killed run goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to begin anew."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--again", action="store_true", help="from the beginning, though it is done")

    def handle(self, *args: Any, file: Path, again: bool, **options: Any) -> None:
        """Read on from where the last run of this file ended, and say how it goes."""
        if not file.is_file():
            raise CommandError(f"There is no file {file.name}. Unpack the monthly download first.")
        run = registering.open_run(file)
        if again:
            run.read_to = run.rows = run.refused = 0
        elif run.finished_at:
            self.stdout.write(f"{file.name} has been read already: {run.rows:,} entries.")
            return
        try:
            self._read(run, file)
        except NotTheRegistry as trouble:
            raise CommandError(str(trouble)) from trouble
        registering.finish(run)
        self.stdout.write(f"Done: {run.rows:,} entries, {run.refused:,} rows that could not be used.")

    def _read(self, run: RegistryImport, path: Path) -> None:
        began, rows_before = time.monotonic(), run.rows
        with path.open("rb") as file:
            reading = rows(file, start=run.read_to)
            while some := list(islice(reading, ROWS_AT_ONCE)):
                entries = [read.entry for read in some if read.entry is not None]
                registering.write(run, entries, refused=len(some) - len(entries), read_to=some[-1].read_to)
                speed = (run.rows - rows_before) / (time.monotonic() - began)
                self.stdout.write(
                    f"{100 * run.read_to / run.size:5.1f} %  {run.rows:>10,} entries  {speed:,.0f} a second"
                )
