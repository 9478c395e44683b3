"""The figures of `./dev bench fax`, one record each."""

from collections.abc import Iterator
from typing import Any

from benchmarks.fax_reading.scoring import HANDWRITTEN, PRINTED_FINE, PRINTED_STANDARD, Score, score
from benchmarks.fax_reading.sets import FaxSet
from benchmarks.fax_reading.trusting import calibration_error, filled_share
from benchmarks.fax_reading.workers import WORKERS, Measured

SLICES = (PRINTED_FINE, PRINTED_STANDARD, HANDWRITTEN)
Record = dict[str, Any]


def figure(name: str, value: float, unit: str, *, n: int, baseline: float | None = None) -> Record:
    """One figure; `ratio` is value over baseline where there is one."""
    ratio = round(value / baseline, 3) if baseline else None
    return {
        "bench": "fax",
        "figure": name,
        "value": round(value, 3),
        "unit": unit,
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": ratio,
        "n": n,
    }


def quality(sets: list[FaxSet], measured: Measured) -> Iterator[Record]:
    """The score of each set, then of all: F1 by kind of fax, classes, splits, turns, confidences."""
    every = Score()
    for one in sets:
        read = measured.read.get(one.name, {})
        yield from _of_set(f"_{one.name}", score(one.truths, read))
        score(one.truths, read, every)
    yield from _of_set("", every)


def _of_set(suffix: str, found: Score) -> Iterator[Record]:
    for name in SLICES:
        tally = found.slices[name]
        if asked := tally.right + tally.missing:
            yield figure(f"f1_{name}{suffix}", 100 * tally.f1, "%", n=asked)
    npi = found.fields["ref_npi"]
    yield figure(f"npi_precision{suffix}", 100 * npi.precision, "%", n=npi.right + npi.wrong)
    for name, outcomes in (("class", found.classes), ("split", found.splits), ("rotation", found.turns)):
        share = 100 * sum(outcomes) / max(1, len(outcomes))
        yield figure(f"{name}_right{suffix}", share, "%", n=len(outcomes))
    yield figure(f"ece{suffix}", calibration_error(found.judged), "share", n=len(found.judged))
    share = 100 * filled_share(found.judged, found.asked)
    yield figure(f"auto_filled_at_99{suffix}", share, "%", n=found.asked)


def cost(measured: Measured) -> Iterator[Record]:
    """CPU against the bare command, pages a minute, and memory."""
    pages = max(1, measured.pages)
    ours, bare = (measured.worker_cpu + measured.readers_cpu) / pages, measured.bare_cpu / pages
    yield figure("cpu_over_bare_tesseract", ours / max(0.001, bare), "times", baseline=1, n=pages)
    yield figure("cpu_a_page", ours, "s/page", baseline=bare, n=pages)
    yield figure("cpu_a_page_in_worker", measured.worker_cpu / pages, "s/page", baseline=bare, n=pages)
    for name, (told, yardstick) in measured.costs.items():
        ratio = told / max(0.001, yardstick)
        yield figure(f"cpu_over_bare_{name}", ratio, "times", baseline=1, n=len(measured.read[name]))
    yield figure("pages_per_minute", 60 * pages * WORKERS / max(0.001, measured.reading), "1/min", n=pages)
    yield figure("rss_mb_max", max(measured.peaks.worker, measured.peaks.reader), "MiB", n=pages)
    yield figure("rss_mb_worker", measured.peaks.worker, "MiB", n=pages)
    yield figure("rss_mb_reader", measured.peaks.reader, "MiB", n=pages)
    yield figure("mb_worker_with_readers", measured.peaks.tree, "MiB", n=pages)
