"""Rows of the NPI registry's monthly file, as plain values. Pure.

The file is NPPES's "full replacement monthly" CSV: a heading, then some 330 columns a row in double quotes.
Only columns that we need are read, by name, so that columns may move (CMS, NPPES Data Dissemination, read me
file of the monthly download; 45 CFR 162.408).
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from organizations.names import name_key
from providers.npi import is_npi

NPI, KIND = "NPI", "Entity Type Code"
DEACTIVATED, REACTIVATED = "NPI Deactivation Date", "NPI Reactivation Date"
PERSON = "1"
TAXONOMY, PRIMARY = "Healthcare Provider Taxonomy Code_", "Healthcare Provider Primary Taxonomy Switch_"
TAXONOMIES = 15
PLACE = "Provider Business Practice Location Address "
NEEDED = (NPI, KIND, "Provider Last Name (Legal Name)", f"{TAXONOMY}1", f"{PLACE}Postal Code")
TEN = 10
COMPANY = re.compile(r"\b(?:Llc|Pllc|Llp|Pc|Md|Dds|Ii|Iii|Usa)\b")
LONGEST_FIELD = 64 * 1024  # characters; the longest real one has some 150


class NotTheRegistry(ValueError):
    """The file's heading is not that of an NPI registry file; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One NPI. Field for field a row of `providers.models.RegistryEntry`."""

    npi: str
    is_person: bool
    name: str
    given_name: str
    credential: str
    search_name: str
    taxonomies: tuple[str, ...]
    line1: str
    city: str
    state: str
    postal_code: str
    phone: str
    fax: str
    deactivated_on: date | None
    updated_on: date | None


@dataclass(frozen=True, slots=True)
class Read:
    """One row: its entry, or None when it cannot be used, and how many bytes of the file are done with it."""

    entry: Entry | None
    read_to: int


class CountedLines:
    """The lines of a file as text, and the bytes they took: the CSV reader takes no more than it needs."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.read_to = file.tell()

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(LONGEST_FIELD):
            self.read_to += len(line)
            yield line.removeprefix(codecs.BOM_UTF8).decode(errors="replace").replace("\x00", "")


def rows(file: BinaryIO, *, start: int = 0) -> Iterator[Read]:
    """Read a registry file from byte `start`, where an earlier run ended. Raises NotTheRegistry.

    Memory is that of one row. A row that is not CSV, or whose NPI is wrong, comes as None.
    """
    columns, body = _heading(file)
    file.seek(max(start, body))
    lines = CountedLines(file)
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Read(None, lines.read_to)
            continue
        yield Read(_entry(columns, values), lines.read_to)


def _heading(file: BinaryIO) -> tuple[Mapping[str, int], int]:
    file.seek(0)
    lines = CountedLines(file)
    heading = next(csv.reader(lines), [])
    columns = {name.strip(): place for place, name in enumerate(heading)}
    if missing := [name for name in NEEDED if name not in columns]:
        raise NotTheRegistry(f"This is not an NPI registry file: it has no column {missing[0]!r}.")
    return columns, lines.read_to


def _entry(columns: Mapping[str, int], values: Sequence[str]) -> Entry | None:
    row = _Row(columns, values)
    if len(values) < len(columns) or not is_npi(row[NPI]):
        return None
    is_person = row[KIND] == PERSON
    name = row[
        "Provider Last Name (Legal Name)" if is_person else "Provider Organization Name (Legal Business Name)"
    ]
    given = row["Provider First Name"] if is_person else ""
    return Entry(
        npi=row[NPI],
        is_person=is_person,
        name=_titled(name)[:120],
        given_name=_titled(given)[:60],
        credential=row["Provider Credential Text"].replace(".", "")[:20],
        search_name=name_key(name, given)[:160],
        taxonomies=tuple(_taxonomies(row)),
        line1=_titled(row["Provider First Line Business Practice Location Address"])[:120],
        city=_titled(row[f"{PLACE}City Name"])[:60],
        state=row[f"{PLACE}State Name"][:40],
        postal_code=row[f"{PLACE}Postal Code"][:5],
        phone=_e164(row[f"{PLACE}Telephone Number"]),
        fax=_e164(row[f"{PLACE}Fax Number"]),
        deactivated_on=None if _day(row[REACTIVATED]) else _day(row[DEACTIVATED]),
        updated_on=_day(row["Last Update Date"]),
    )


class _Row:
    """A row by the names of its columns; a column that the file lacks is empty."""

    def __init__(self, columns: Mapping[str, int], values: Sequence[str]) -> None:
        self.columns, self.values = columns, values

    def __getitem__(self, name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else self.values[place].strip()


def _taxonomies(row: _Row) -> Iterable[str]:
    """The codes, the primary one first, none twice."""
    found: dict[str, bool] = {}
    for number in range(1, TAXONOMIES + 1):
        if code := row[f"{TAXONOMY}{number}"]:
            found.setdefault(code[:10], row[f"{PRIMARY}{number}"] != "Y")
    return sorted(found, key=lambda code: found[code])


def _titled(text: str) -> str:
    """The registry shouts; "O'NEIL-RUIZ" reads better as "O'Neil-Ruiz", and a company stays an LLC."""
    return COMPANY.sub(lambda found: found[0].upper(), text.title()) if text.isupper() else text


def _e164(text: str) -> str:
    """A North American number as +1 and ten digits; others are left out, since no office here has one."""
    digits = "".join(filter(str.isdigit, text))[-TEN:]
    return f"+1{digits}" if len(digits) == TEN else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        month, day, year = map(int, text.split("/"))  # strptime takes eight times as long
        return date(year, month, day)
    except ValueError:
        return None
