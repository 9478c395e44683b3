"""Rows of the NUCC's Health Care Provider Taxonomy CSV file, as plain values. Pure.

The American Medical Association holds the file's copyright for the NUCC: users bring a copy of their own.
Its columns are Code, Grouping, Classification, Specialization, Definition and more, in Windows-1252 or UTF-8.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

CODE = re.compile(r"[0-9A-Z]{9}X")
LONGEST = 200  # characters of a name


class NotTheTaxonomy(ValueError):
    """The file's heading is not that of the NUCC file; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One code. Field for field a row of `providers.models.TaxonomyCode`."""

    code: str
    grouping: str
    classification: str
    specialization: str


def rows(content: bytes) -> Iterator[Taxonomy]:
    """Every code with its names; rows without a code are passed over. Raises NotTheTaxonomy."""
    reader = csv.DictReader(StringIO(_text(content), newline=""))
    columns = {name.strip().lower(): name for name in reader.fieldnames or () if name}
    if missing := [name for name in ("code", "classification") if name not in columns]:
        raise NotTheTaxonomy(f"This is not the NUCC taxonomy file: it has no column {missing[0].title()!r}.")
    wanted = [columns.get(name) for name in ("code", "grouping", "classification", "specialization")]
    for row in reader:
        code, *names = [((row.get(column) if column else "") or "").strip() for column in wanted]
        if CODE.fullmatch(code):
            yield Taxonomy(code, *(name[:LONGEST] for name in names))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\x00", "")
