"""The registry's rows are written, and how far the file is read with them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, fields
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from providers.models import RegistryEntry, RegistryImport, TaxonomyCode
from providers.nucc import Taxonomy
from providers.registry import Entry

TABLE = RegistryEntry._meta.db_table
COLUMNS = ", ".join(field.name for field in fields(Entry))
FRESH = ", ".join(f"{field.name} = EXCLUDED.{field.name}" for field in fields(Entry) if field.name != "npi")
STAGE = (
    "DROP TABLE IF EXISTS pg_temp.incoming",
    f"CREATE TEMPORARY TABLE incoming (LIKE {TABLE}) ON COMMIT DROP",
)
COPY = f"COPY incoming ({COLUMNS}) FROM STDIN"
# A later row of the file wins over an earlier one with its NPI. A deactivated NPI comes with nothing but its
# date (45 CFR 162.408): who it was stays known.
TAKE_OVER = f"""
INSERT INTO {TABLE} AS known ({COLUMNS})
SELECT DISTINCT ON (npi) {COLUMNS} FROM incoming ORDER BY npi, ctid DESC
ON CONFLICT (npi) DO UPDATE SET {FRESH} WHERE EXCLUDED.deactivated_on IS NULL
"""  # noqa: S608 (our own column names)
DEACTIVATE = f"""
UPDATE {TABLE} known SET deactivated_on = incoming.deactivated_on FROM incoming
WHERE known.npi = incoming.npi AND incoming.deactivated_on IS NOT NULL
"""  # noqa: S608 (our own column names)
MARKED = 1024 * 1024  # bytes at its beginning by which a file is known again


def open_run(path: Path) -> RegistryImport:
    """The run over this file: a new one, or the one that was ended before it was through."""
    size = path.stat().st_size
    with path.open("rb") as file:
        mark = hashlib.sha256(file.read(MARKED)).hexdigest()
    run, _ = RegistryImport.objects.get_or_create(
        file_mark=mark, size=size, defaults={"file_name": path.name[-200:]}
    )
    return run


@transaction.atomic
def write(run: RegistryImport, entries: Sequence[Entry], *, refused: int, read_to: int) -> None:
    """Write some rows and how far they reach, together: a kill loses nothing and doubles nothing."""
    if entries:
        _take_over(entries)
    run.rows += len(entries)
    run.refused += refused
    run.read_to = read_to
    run.save(update_fields=["rows", "refused", "read_to"])


def _take_over(entries: Iterable[Entry]) -> None:
    with connection.cursor() as cursor:
        for statement in STAGE:
            cursor.execute(statement)
        with cursor.copy(COPY) as copy:
            for entry in entries:
                copy.write_row(tuple(list(v) if isinstance(v, tuple) else v for v in astuple(entry)))
        cursor.execute(TAKE_OVER)
        cursor.execute(DEACTIVATE)


@transaction.atomic
def finish(run: RegistryImport) -> None:
    """The file is through."""
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])


@transaction.atomic
def take_taxonomy(taxonomies: Iterable[Taxonomy]) -> int:
    """Write the codes of the user's own NUCC file, later ones over earlier; how many there are."""
    codes = {one.code: TaxonomyCode(**asdict(one)) for one in taxonomies}
    names = ["grouping", "classification", "specialization"]
    TaxonomyCode.objects.bulk_create(
        codes.values(), update_conflicts=True, update_fields=names, unique_fields=["code"]
    )
    return len(codes)
