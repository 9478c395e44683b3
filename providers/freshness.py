"""What the last tries say of a way into an office: in words, and as small marks. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from organizations.words import ago

SHOWN = 10
FAILED_IN_A_ROW = 3  # after so many, the way counts as not reachable


@dataclass(frozen=True, slots=True)
class Try:
    """One try, and whether it worked."""

    at: datetime
    worked: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The last tries, the newest first."""

    tries: tuple[Try, ...] = ()

    @property
    def reachable(self) -> bool | None:
        """False after three failures in a row, None while it was never tried."""
        if not self.tries:
            return None
        last = self.tries[:FAILED_IN_A_ROW]
        return len(last) < FAILED_IN_A_ROW or any(one.worked for one in last)

    @property
    def failed(self) -> int:
        """How many of the tries failed."""
        return sum(not one.worked for one in self.tries)

    @property
    def tone(self) -> str:
        """As the tags of the pages: ok, warn, bad, or nothing."""
        if not self.tries:
            return ""
        if self.reachable is False:
            return "bad"
        return "warn" if self.failed else "ok"

    @property
    def marks(self) -> Sequence[Try]:
        """The oldest first, as they are drawn."""
        return self.tries[::-1]

    def words(self, now: datetime) -> str:
        """ "Answered 3 days ago", "2 of 5 failed, answered 3 days ago", "Last 3 failed"."""
        if not self.tries:
            return "Not tried yet"
        if self.reachable is False:
            return f"Last {self._failed_lately} failed"
        answered = next((one.at for one in self.tries if one.worked), None)
        said = [f"{self.failed} of {len(self.tries)} failed"] if self.failed else []
        said += [f"answered {ago(answered, now=now)}"] if answered else []
        text = ", ".join(said)
        return text[:1].upper() + text[1:]

    @property
    def _failed_lately(self) -> int:
        return next((n for n, one in enumerate(self.tries) if one.worked), len(self.tries))


def record_of(rows: Iterable[Mapping[str, Any]] | None) -> Record:
    """From rows of `at` (a moment, or its ISO form as JSON has it) and `worked`, the newest first."""
    return Record(tuple(Try(_moment(row["at"]), row["worked"]) for row in rows or ()))


def _moment(at: datetime | str) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
