"""The count that must come out even: what came by each door on a day, and what of it is somewhere.

What came is known from those who do not depend on the inbox: what the fax services told us of, what was
ever stored (the past of the documents, which nobody can change) and what the watched folder holds. Accounted
for is what stands in the inbox in a visible state, with an original that opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count as Tally
from django.db.models.functions import TruncDate
from django.urls import reverse

from intake import witnesses
from intake.models import Arrival, LedgerDay
from intake.witnesses import Missing, Span
from organizations.models import Organization

SHOWN_DAYS = 30
KINDS = {
    "delivery": "The fax service told of it, but its file has not been fetched",
    "pages": "The fax service counted more pages than its file has",
    "document": "A file was stored, but no fax belongs to it",
    "original": "The original of a fax cannot be opened",
    "reading": "A fax is not read, and nobody is reading it",
    "taken": "A file was taken from the watched folder, but no fax came of it",
    "waiting": "A file in the watched folder is not taken",
}
SEEN = {"pages", "original", "reading"}  # there is a fax to open
DOORS = {"fax": "Fax line", "upload": "Upload", "folder": "Watched folder"}


@dataclass
class Count:
    """One day and door."""

    came: int = 0
    missing: list[Missing] = field(default_factory=list)


def count(span: Span, organization: Organization, *, again: Iterable[Missing] = ()) -> dict[str, Count]:
    """What came and what is missing, by door; what was missing before (`again`) is looked at again."""
    counts: dict[str, Count] = {}
    for source, number in witnesses.arrived(span):
        counts.setdefault(source, Count()).came += number
    for source, missing in witnesses.not_there(span, organization):
        counts.setdefault(source, Count()).came += 1
        counts[source].missing.append(missing)
    for source, missing in witnesses.not_whole(span, set(again)):
        counts[source].missing.append(missing)
    return counts


@dataclass(frozen=True)
class Line:
    """One row of the ledger page."""

    row: LedgerDay
    door: str
    open: int

    @property
    def missing(self) -> int:
        """How many are not accounted for."""
        return self.row.came - self.row.accounted

    @property
    def lost(self) -> list["Lost"]:
        """Each thing that is missing."""
        return [Lost(kind, identity) for kind, identity in self.row.missing]

    @property
    def alarms(self) -> bool:
        """Whether something is missing and nobody has said why."""
        return bool(self.row.missing) and not self.row.settled_note


@dataclass(frozen=True)
class Lost:
    """One thing that is not accounted for; `code` is what a person tells an administrator."""

    kind: str
    identity: str

    @property
    def says(self) -> str:
        """What is wrong with it."""
        return KINDS[self.kind]

    @property
    def code(self) -> str:
        """The end of its id."""
        return self.identity[-12:]

    @property
    def address(self) -> str:
        """Its page, when it has one."""
        return reverse("fax_review", args=[self.identity]) if self.kind in SEEN else ""


def lines(organization: Organization, today: date) -> list[Line]:
    """The last 30 days, newest first, with what still waits for somebody."""
    since = today - timedelta(days=SHOWN_DAYS - 1)
    still_open = _open_since(organization, since)
    rows = LedgerDay.objects.filter(day__gte=since).order_by("-day", "source")
    return [Line(row, door_of(row.source), still_open.get((row.day, row.source), 0)) for row in rows]


def adrift() -> int:
    """How many are not accounted for and nobody has said why: the red line on the inbox."""
    rows = LedgerDay.objects.filter(settled_note="").exclude(missing=[]).values_list("missing", flat=True)
    return sum(len(missing) for missing in rows)


def door_of(source: str) -> str:
    """A source in a clerk's words."""
    return DOORS.get(source, source.capitalize())


def complaint(row: LedgerDay) -> str:
    """What is missing, in one sentence; nothing when all is there."""
    if not row.missing:
        return ""
    kinds = "; ".join(dict.fromkeys(KINDS[kind] for kind, _ in row.missing))
    return f"{row.day:%m/%d/%Y}, {door_of(row.source)}: {row.accounted} of {row.came} accounted for. {kinds}."


def _open_since(organization: Organization, since: date) -> dict[tuple[Any, str], int]:
    zone = organization.zone
    arrivals = Arrival.objects.filter(state__in=[*Arrival.BEING_READ, *Arrival.WAITING])
    found = (
        arrivals.filter(received_at__gte=datetime.combine(since, datetime.min.time(), zone))
        .annotate(day=TruncDate("received_at", tzinfo=zone))
        .values_list("day", "source")
        .annotate(number=Tally("pk"))
    )
    return {(day, source): number for day, source, number in found}
