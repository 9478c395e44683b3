"""The command line: `python -m benchmarks.faxes --out DIR --n 60 --seed 1000 --set all`."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.faxes.degradation import LEVELS
from benchmarks.faxes.faces import MissingFontError
from benchmarks.faxes.samples import samples
from benchmarks.faxes.sending import SUFFIXES, Sending, save, send
from benchmarks.faxes.sets import MIXTURES, sendings
from benchmarks.faxes.truth import fax_truth

SETS = (
    "all or clean: the known layouts; held-out: layouts by another hand, to measure on; demo: twelve samples"
)


def main(arguments: list[str] | None = None) -> int:
    """Write a set of faxes and their truth.jsonl into a folder; 1 when that is not possible."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        written = write_set(_chosen(options), options.out, options.formats)
    except MissingFontError as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"{written} faxes and truth.jsonl are in {options.out}.")
    return 0


def write_set(chosen: Iterator[tuple[Sending, Random]], folder: Path, formats: str) -> int:
    """Send each fax and write it down; returns how many there were."""
    number = -1
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for number, (sending, rng) in enumerate(chosen):
            sheets = send(sending, rng)
            files = save(sending, sheets, folder, _formats(formats, number))
            truth.write(json.dumps(fax_truth(sending, sheets, files)) + "\n")
    return number + 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faxes", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--set", choices=[*MIXTURES, "demo"], default="all", help=SETS)
    parser.add_argument("--n", type=int, default=60, help="how many faxes (not for demo)")
    parser.add_argument("--seed", type=int, default=1000, help="the same seed gives the same files")
    parser.add_argument("--formats", default="alternate", help="pdf, tiff, pdf,tiff or alternate")
    parser.add_argument("--level", choices=[*LEVELS], help="the same damage for all")
    parser.add_argument("--resolution", choices=["fine", "standard"], help="the same resolution for all")
    parser.add_argument(
        "--until", type=date.fromisoformat, default=date(2026, 11, 24), help="latest date on them"
    )
    return parser


def _chosen(options: argparse.Namespace) -> Iterator[tuple[Sending, Random]]:
    if options.set == "demo":
        yield from samples()
        return
    for sending, rng in sendings(options.set, options.n, options.seed, options.until):
        level = options.level or sending.level
        fine = sending.fine if options.resolution is None else options.resolution == "fine"
        yield replace(sending, level=level, fine=fine), rng


def _formats(formats: str, number: int) -> tuple[str, ...]:
    if formats == "alternate":
        return (tuple(SUFFIXES)[number % 2],)
    return tuple(formats.split(","))
