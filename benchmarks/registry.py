"""How fast the NPI registry's file is read: `./dev bench registry [--rows 1000000] [--json] [--keep FILE]`.

Reads an invented file in the real layout into a database of its own, twice: once through, and once killed
(SIGKILL) on the way and run again, after which every row must be there once.
"""

import argparse
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks import npi_files
from benchmarks.figures import Record, figure, show
from benchmarks.scratch import scratch_database

KILLED_AT = 0.4  # share of the file
GOAL_ROWS, GOAL_MEGABYTES = 5_000, 300
LOST = "rows_lost_or_doubled"


def main(arguments: list[str] | None = None) -> int:
    """Print each figure; 1 when a row was lost or doubled."""
    parser = argparse.ArgumentParser(prog="./dev bench registry", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--keep", type=Path, help="leave the generated file here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, scratch_database("registry"):
        path = options.keep or Path(folder) / "npidata.csv"
        npi_files.write(path, rows=options.rows)
        shown = show(_figures(path, options.rows), as_json=options.json)
    return int(any(record["value"] for record in shown if record["figure"] == LOST))


def _figures(path: Path, rows: int) -> Iterator[Record]:
    through = _finish(_start(path))
    yield _figure("rows_per_second", rows / through.seconds, "rows/s", rows, goal=GOAL_ROWS)
    yield _figure("rows_per_cpu_second", rows / through.cpu_seconds, "rows/s", rows, goal=GOAL_ROWS)
    yield _figure("memory_max", through.megabytes, "MB", rows, goal=GOAL_MEGABYTES)
    wrong = abs(_entries() - rows)
    _empty()
    yield _figure("killed_at", 100 * _kill(_start(path)), "%", rows)
    yield _figure("resumed", _finish(_start(path)).seconds, "s", rows)
    yield _figure(LOST, wrong + abs(_entries() - rows) + abs(_counted() - rows), "rows", rows)


def _figure(name: str, value: float, unit: str, rows: int, *, goal: float | None = None) -> Record:
    return figure("registry", name, value, unit, n=rows, baseline=goal)


@dataclass(frozen=True)
class Spent:
    """What a run took."""

    seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass
class Running:
    """A run that has begun."""

    process: Any
    began: float
    cpu_before: float


def _start(path: Path) -> Running:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    process = multiprocessing.get_context("fork").Process(target=_read, args=(path,))
    process.start()
    return Running(process, time.monotonic(), _cpu())


def _read(path: Path) -> None:
    from django.core.management import call_command

    call_command("import_npi_registry", str(path), stdout=StringIO())


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _finish(running: Running) -> Spent:
    running.process.join()
    if running.process.exitcode:
        raise RuntimeError("The run ended with an error.")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in kB, on macOS in bytes
    megabytes = children.ru_maxrss / unit
    return Spent(time.monotonic() - running.began, _cpu() - running.cpu_before, megabytes)


def _kill(running: Running) -> float:
    """End it hard on its way; the share of the file that was written by then."""
    from providers.models import RegistryImport

    share = 0.0
    while running.process.is_alive() and share < KILLED_AT:
        time.sleep(0.02)
        run = RegistryImport.objects.first()
        share = run.read_to / run.size if run else 0.0
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.join()
    return share


def _entries() -> int:
    from providers.models import RegistryEntry

    return RegistryEntry.objects.count()


def _counted() -> int:
    """What the runs say they wrote."""
    from providers.models import RegistryImport

    return RegistryImport.objects.get().rows


def _empty() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE providers_registryentry, providers_registryimport")


if __name__ == "__main__":
    sys.exit(main())
