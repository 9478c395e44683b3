"""Whether an office is in a plan's network, from what is on record for a day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

WORDS = {True: "In network", False: "Out of network", None: "Not known"}
TONES = {True: "ok", False: "bad", None: ""}


@dataclass(frozen=True, slots=True)
class Membership:
    """One row on record; `provider_id` None speaks for the whole office. Days are inclusive."""

    is_in: bool
    provider_id: UUID | None = None
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it speaks for this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def in_network(
    memberships: Iterable[Membership], *, clinicians: Iterable[UUID] = (), on: date
) -> bool | None:
    """True when any of these clinicians is in, False when all are out, None when that is not known.

    A row of one clinician outweighs the office's. Without clinicians, every row counts.
    """
    rows = [row for row in memberships if row.holds_on(on)]
    whole = {row.is_in for row in rows if row.provider_id is None}
    of_office = None if not whole else True in whole
    own = {row.provider_id: row.is_in for row in rows if row.provider_id is not None}
    asked = list(clinicians)
    each = {own.get(one, of_office) for one in asked} if asked else {of_office, *own.values()}
    if True in each:
        return True
    return False if each == {False} else None
