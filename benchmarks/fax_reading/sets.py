"""The sets of faxes that are read: the shared one where it lies beside the project, and the project's own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.faxes.command import write_set
from benchmarks.faxes.sets import sendings

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "faxes" / "dev"
OWN = {"known": "all", "held_out": "held-out"}  # the generator's own names; training never sees the second
SEED, UNTIL = 77_001, date(2026, 11, 24)
OWN_SIZE = 24  # faxes
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FaxSet:
    """Faxes in a folder and what is true of them."""

    name: str
    folder: Path
    truths: tuple[Record, ...]

    @property
    def pages(self) -> int:
        """Pages of all faxes."""
        return sum(truth["n_pages"] for truth in self.truths)


def fax_sets(folder: Path, size: int | None) -> Iterator[FaxSet]:
    """Each set there is, generated into the folder where need be; `size` faxes of each (None: as usual)."""
    if (SHARED / "truth.jsonl").is_file():
        yield _loaded("shared", SHARED, size)
    for name, own in OWN.items():
        (folder / name).mkdir()
        write_set(sendings(own, size or OWN_SIZE, SEED, UNTIL), folder / name, "alternate")
        yield _loaded(name, folder / name, size)


def _loaded(name: str, folder: Path, size: int | None) -> FaxSet:
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return FaxSet(name, folder, tuple(json.loads(line) for line in lines[:size]))
