"""The three stages of training in their order, and what is written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from intake.extraction import confidence, scoring, tagging
from intake.training import calibrating, faxes, judging, record, scorer, trainer
from intake.training.faxes import KnownFax

Facts = dict[str, Any]
STRANGERS_COUNT = 3  # how often each far fax counts, for there are few
JUDGED = 100  # made-up papers with wordings kept aside


@dataclass(frozen=True)
class Stretch:
    """So many steps of training with a seed; `broken_off` is the step after which it was ended early."""

    seed: int
    steps: int
    broken_off: int = 0


# How the shipped weights came about: each stretch went on from the one before. The generator of pages was
# widened after the second and once more after the fourth; trained again, all of them see its pages of today.
RECIPE = (
    Stretch(1, 1200),
    Stretch(2, 700),
    Stretch(3, 800),
    Stretch(4, 1100, 401),
    Stretch(5, 1350),
    Stretch(6, 500),
)


NOTE = "Each run went on from the one before, on the pages that the generator made at the time."


def tagger(
    stretches: Sequence[Stretch], say: Callable[[str], object], checkpoint: Path, *, go_on: bool
) -> Facts:
    """Teach the tagger on made-up pages and write it; `go_on`: from what the run before left behind."""
    tagging.MODEL.mkdir(exist_ok=True)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    runs = list(record.read()["runs"]) if go_on else []
    for number, stretch in enumerate(stretches):
        start = checkpoint if go_on or number else None
        learned = trainer.learn(**asdict(stretch), say=say, start=start)
        torch.save(learned.network.state_dict(), checkpoint)
        trainer.write(learned.network, tagging.NETWORK)
        runs.append({**asdict(stretch), "pages": learned.pages, "loss": round(learned.loss, 4)})
    return {"runs": runs}


def scorer_and_confidence(near: Sequence[KnownFax], far: Sequence[KnownFax], papers: int, seed: int) -> None:
    """Teach the scorer on the near layouts and made-up papers, and the confidence on layouts it did not see.

    For that, each half of the layouts is read by a scorer that only knows the other half. Half of the far
    layouts, by another hand, join in: without them a reader is surer of strangers' papers than it may be.
    """
    halves: tuple[list[KnownFax], list[KnownFax]] = ([], [])
    for index, fax in enumerate([*near, *faxes.made_up(f"second-{seed}", papers)]):
        halves[faxes.half(fax, index)].append(fax)
    rows = [scorer.rows_of(half) for half in halves]
    outcomes = []
    for known, unknown in ((rows[1], halves[0]), (rows[0], halves[1])):
        _teach_scorer(known, seed)
        outcomes += calibrating.outcomes_of(unknown)
    _teach_scorer(scorer.together(rows), seed)
    strangers = [fax for fax in far if faxes.half(fax, 0) == 0]
    outcomes += calibrating.outcomes_of(strangers) * STRANGERS_COUNT
    confidence.write(calibrating.learn(outcomes, seed=seed))


def _teach_scorer(rows: scorer.Rows, seed: int) -> None:
    scorer.write(scorer.learn(rows, seed=seed), scoring.WEIGHTS)
    scoring.weights.cache_clear()


def scores(
    near: Sequence[KnownFax], far: Sequence[KnownFax], others: Mapping[str, Sequence[KnownFax]]
) -> Facts:
    """The verdicts: on the near layouts, wordings kept aside, the far layouts, and further sets."""
    aside = [replace(fax, kind="printed") for fax in faxes.made_up("judged", JUDGED)]
    sets = {
        "near layouts": near,
        "wordings kept aside": aside,
        "far layouts": far,
        "far layouts, confidence not taught": [fax for fax in far if faxes.half(fax, 0) == 1],
        **others,
    }
    return {name: judging.judge(known) for name, known in sets.items()}


def finish(facts: dict[str, Any]) -> None:
    """Write the record and its card."""
    record.write({"note": NOTE, **facts})
