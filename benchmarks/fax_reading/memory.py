"""Memory of workers and of the processes that they start, looked at while they work (Linux: /proc)."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds
KIBIBYTES = 1 / 1024  # in MiB


@dataclass
class Peaks:
    """The most memory seen, in MiB. `tree`: a worker with all it started, shared pages counted once."""

    worker: float = 0.0
    reader: float = 0.0
    tree: float = 0.0


@contextmanager
def watching(workers: Sequence[int], peaks: Peaks) -> Iterator[None]:
    """Look at these processes and those beneath them until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(workers, peaks, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def resident(pid: int) -> float:
    """Resident memory in MiB; 0 when the process is gone."""
    return _told(pid, "status", "VmRSS")


def _watch(workers: Sequence[int], peaks: Peaks, stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        children = _children()
        for worker in workers:
            below = _beneath(worker, children)
            peaks.worker = max(peaks.worker, resident(worker))
            peaks.reader = max([peaks.reader, *map(resident, below)])
            peaks.tree = max(peaks.tree, sum(_told(pid, "smaps_rollup", "Pss") for pid in (worker, *below)))


def _children() -> dict[int, list[int]]:
    """The reading processes of each process; the yardstick's are none of ours."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue
        if not name.endswith("(tesseract"):
            children.setdefault(int(rest.split()[1]), []).append(int(folder.name))
    return children


def _beneath(pid: int, children: dict[int, list[int]]) -> list[int]:
    direct = children.get(pid, [])
    return direct + [one for child in direct for one in _beneath(child, children)]


def _told(pid: int, file: str, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:  # it has ended, or this is not Linux
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0) * KIBIBYTES
