"""The figures of `./dev bench fax`, one record each."""

from collections.abc import Iterator

from benchmarks.fax_reading.scoring import HANDWRITTEN, PRINTED_FINE, PRINTED_STANDARD, Score, score
from benchmarks.fax_reading.sets import FaxSet
from benchmarks.fax_reading.trusting import calibration_error, filled_share
from benchmarks.fax_reading.workers import WORKERS, Measured
from benchmarks.figures import Record, figure

SLICES = (PRINTED_FINE, PRINTED_STANDARD, HANDWRITTEN)


def fax_figure(name: str, value: float, unit: str, *, n: int, baseline: float | None = None) -> Record:
    """One figure of this benchmark."""
    return figure("fax", name, value, unit, n=n, baseline=baseline)


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
            yield fax_figure(f"f1_{name}{suffix}", 100 * tally.f1, "%", n=asked)
    npi = found.fields["ref_npi"]
    yield fax_figure(f"npi_precision{suffix}", 100 * npi.precision, "%", n=npi.right + npi.wrong)
    for name, outcomes in (("class", found.classes), ("split", found.splits), ("rotation", found.turns)):
        share = 100 * sum(outcomes) / max(1, len(outcomes))
        yield fax_figure(f"{name}_right{suffix}", share, "%", n=len(outcomes))
    yield fax_figure(f"ece{suffix}", calibration_error(found.judged), "share", n=len(found.judged))
    share = 100 * filled_share(found.judged, found.asked)
    yield fax_figure(f"auto_filled_at_99{suffix}", share, "%", n=found.asked)


def cost(measured: Measured) -> Iterator[Record]:
    """CPU against the bare command, pages a minute, and memory."""
    pages = max(1, measured.pages)
    ours, bare = (measured.worker_cpu + measured.readers_cpu) / pages, measured.bare_cpu / pages
    yield fax_figure("cpu_over_bare_tesseract", ours / max(0.001, bare), "times", baseline=1, n=pages)
    yield fax_figure("cpu_a_page", ours, "s/page", baseline=bare, n=pages)
    yield fax_figure("cpu_a_page_in_worker", measured.worker_cpu / pages, "s/page", baseline=bare, n=pages)
    for name, (told, yardstick) in measured.costs.items():
        ratio = told / max(0.001, yardstick)
        yield fax_figure(f"cpu_over_bare_{name}", ratio, "times", baseline=1, n=len(measured.read[name]))
    yield fax_figure(
        "pages_per_minute", 60 * pages * WORKERS / max(0.001, measured.reading), "1/min", n=pages
    )
    yield fax_figure("rss_mb_max", max(measured.peaks.worker, measured.peaks.reader), "MiB", n=pages)
    yield fax_figure("rss_mb_worker", measured.peaks.worker, "MiB", n=pages)
    yield fax_figure("rss_mb_reader", measured.peaks.reader, "MiB", n=pages)
    yield fax_figure("mb_worker_with_readers", measured.peaks.tree, "MiB", n=pages)
