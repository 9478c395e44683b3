"""Two workers that read faxes with the real pipeline, each fax followed by the bare command on its pages.

Both are measured in the same minute on the same core, so that other work on the machine falls on both alike.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from benchmarks.fax_reading import bare
from benchmarks.fax_reading.memory import Peaks, watching

WORKERS = 2
Task = tuple[str, Path, dict[str, Any]]  # name of the set, file, truth


@dataclass
class Measured:
    """What the workers did. Times are seconds; `read` is by set and file name."""

    read: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    pages: int = 0
    reading: float = 0.0  # wall time in the pipeline, all workers together
    worker_cpu: float = 0.0  # mostly the extraction of fields
    readers_cpu: float = 0.0  # warm processes and the readers that they forked
    bare_cpu: float = 0.0
    costs: dict[str, list[float]] = field(default_factory=dict)  # CPU by set: told, bare
    peaks: Peaks = field(default_factory=Peaks)


def measure(tasks: Sequence[Task]) -> Measured:
    """Read all these faxes, two at a time."""
    context = multiprocessing.get_context("spawn")
    waiting, results = context.Queue(), context.Queue()
    workers = [context.Process(target=_work, args=(waiting, results)) for _ in range(WORKERS)]
    for task in [*tasks, *[None] * WORKERS]:
        waiting.put(task)
    for worker in workers:
        worker.start()
    measured = Measured()
    with watching([worker.pid for worker in workers if worker.pid], measured.peaks):
        for _ in range(len(tasks) + WORKERS):
            _add(measured, results.get(timeout=600))
        for worker in workers:
            worker.join()
    return measured


def _add(measured: Measured, result: dict[str, Any]) -> None:
    measured.worker_cpu += result.get("worker_cpu", 0.0)
    measured.readers_cpu += result.get("readers_cpu", 0.0)
    measured.bare_cpu += result.get("bare_cpu", 0.0)
    if "record" in result:
        measured.reading += result["reading"]
        measured.pages += result["pages"]
        measured.read.setdefault(result["set"], {})[result["record"]["file"]] = result["record"]
        costs = measured.costs.setdefault(result["set"], [0.0, 0.0])
        costs[0] += result["record"]["cpu_s"]
        costs[1] += result["bare_cpu"]


def _work(waiting: "Queue[Task | None]", results: "Queue[dict[str, Any]]") -> None:
    """One worker. Its children's CPU can be told only once they have ended, so it comes last, in one sum."""
    _become_a_worker()
    from gateways.ocr.warming import close_all

    bare_before = _children_cpu()
    bare_cpu = 0.0
    while task := waiting.get():
        result = _measured_fax(*task)
        bare_cpu += result["bare_cpu"]
        results.put(result)
    close_all()
    results.put({"readers_cpu": _children_cpu() - bare_before - bare_cpu})


def _become_a_worker() -> None:
    """As a worker is that has been up for a while: the site loaded, one fax read, its helpers ended again."""
    import django

    django.setup()
    from django.conf import settings

    from gateways.ocr.warming import close_all
    from intake.management.commands.read_faxes import read_file

    read_file(Path(settings.BASE_DIR) / "referralhub" / "demo" / "faxes" / "sample-01.pdf")
    close_all()


def _measured_fax(set_name: str, fax: Path, truth: dict[str, Any]) -> dict[str, Any]:
    from intake.management.commands.read_faxes import read_file

    wall, cpu = time.monotonic(), time.process_time()
    record = read_file(fax)
    reading, own_cpu = time.monotonic() - wall, time.process_time() - cpu
    with tempfile.TemporaryDirectory() as folder:
        pages = list(bare.prepared(fax, truth, Path(folder)))
        bare_cpu = sum(map(bare.cpu_seconds, pages))
    return {
        "set": set_name,
        "record": record,
        "pages": len(pages),
        "reading": reading,
        "worker_cpu": own_cpu,
        "bare_cpu": bare_cpu,
    }


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
