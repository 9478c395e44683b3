"""How well, how fast and in how much memory faxes are read: `./dev bench fax [--json] [--size N]`.

Reads the shared set of faxes, where it lies beside the project, and two sets of the project's own generator
(known layouts; held-out layouts that training never sees) with the real pipeline in two workers, and runs the
bare tesseract command (OMP_THREAD_LIMIT=1) on the same pages in the same minutes.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fax_reading.figures import cost, fax_figure, quality
from benchmarks.fax_reading.long_faxes import (
    FEW,
    MANY,
    memory_over_many_pages,
    seconds_for_five_pages,
)
from benchmarks.fax_reading.sets import fax_sets
from benchmarks.fax_reading.workers import measure
from benchmarks.figures import Record, show


def main(arguments: list[str] | None = None) -> int:
    """Print each figure; 1 when there is no tesseract command to compare with."""
    parser = argparse.ArgumentParser(prog="./dev bench fax", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--size", type=int, help="faxes of each set (usual: 60 shared, 24 of each own set)")
    parser.add_argument("--pages", type=int, default=MANY, help="pages of the long fax")
    options = parser.parse_args(arguments)
    if not shutil.which("tesseract"):
        print("The tesseract command is missing. Install the package tesseract-ocr.", file=sys.stderr)
        return 1
    show(_figures(options.size, options.pages), as_json=options.json)
    return 0


def _figures(size: int | None, pages: int) -> Iterator[Record]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "referralhub.settings")
    with tempfile.TemporaryDirectory() as folder:
        sets = list(fax_sets(Path(folder), size))
        measured = measure(
            [(one.name, one.folder / truth["files"][0], truth) for one in sets for truth in one.truths]
        )
        yield from quality(sets, measured)
        yield from cost(measured)
        seconds_for_five_pages(sets[0])  # warms up
        yield fax_figure("five_pages_s", seconds_for_five_pages(sets[0]), "s", n=FEW)
    settled, most = memory_over_many_pages(pages)
    yield fax_figure("rss_mb_over_many_pages", most, "MiB", baseline=settled, n=pages)


if __name__ == "__main__":
    sys.exit(main())
