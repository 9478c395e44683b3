"""Find the records of a people file that are of one person, without touching a tenant's data."""

import csv
import io
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patients.matching import Link, link
from patients.matching.rows import person

LONGEST_FIELD = 1 << 24


class Command(BaseCommand):
    """`match_patients FILE.csv --out pairs.csv`: the pairs that are one person, or may be."""

    help = "Write the pairs of a people file that are one person (same) or may be (ask); all others differ."
    requires_system_checks = []  # no database is asked, so none needs to be there

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, file: Path, out: Path, **options: Any) -> None:
        started = time.monotonic()
        rows = _rows(file)
        links = [one for one in link([person(row) for row in rows]) if one.decision != "different"]
        _write(out, rows, links)
        same = sum(one.decision == "same" for one in links)
        seconds = time.monotonic() - started
        self.stdout.write(f"{len(rows)} records, {same} same, {len(links) - same} to ask, {seconds:.1f} s")


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of the file, in UTF-8 (with or without a byte order mark) or else Latin-1."""
    try:
        content = file.read_bytes()
    except OSError as trouble:
        raise CommandError(f"The file cannot be read: {trouble.strerror}.") from trouble
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    if "rec_id" not in names:
        raise CommandError("The file has no column rec_id. Its first line must name the columns.")
    reader.fieldnames = names
    usual = csv.field_size_limit(LONGEST_FIELD)
    try:
        return [{name: (row.get(name) or "").strip() for name in names} for row in reader]
    except csv.Error as trouble:
        raise CommandError(f"Line {reader.line_num} is not CSV: {trouble}.") from trouble
    finally:
        csv.field_size_limit(usual)


def _write(out: Path, rows: list[dict[str, str]], links: list[Link]) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["rec_id_a", "rec_id_b", "probability", "decision"])
            for one in links:
                pair = (rows[one.a]["rec_id"], rows[one.b]["rec_id"])
                writer.writerow([*pair, f"{one.probability:.6f}", one.decision])
    except OSError as trouble:
        raise CommandError(f"The pairs cannot be written: {trouble.strerror}.") from trouble
