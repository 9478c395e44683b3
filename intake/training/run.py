"""The three stages of training in their order, and what is written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from intake.extraction import confidence, scoring, tagging
from intake.training import calibrating, faxes, judging, record, scorer, trainer
from intake.training.faxes import KnownFax

Facts = dict[str, Any]
STRANGERS_COUNT = 3  # how often each far fax counts, for there are few
JUDGED = 100  # made-up papers with wordings kept aside


def tagger(seed: int, steps: int, say: Callable[[str], object], checkpoint: Path, *, go_on: bool) -> Facts:
    """Teach the tagger on made-up pages and write it; `go_on`: from what the run before left behind."""
    tagging.MODEL.mkdir(exist_ok=True)
    learned = trainer.learn(seed=seed, steps=steps, say=say, start=checkpoint if go_on else None)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(learned.network.state_dict(), checkpoint)
    trainer.write(learned.network, tagging.NETWORK)
    run = {"seed": seed, "steps": steps, "pages": learned.pages, "loss": round(learned.loss, 4)}
    return {"runs": [*(record.read()["runs"] if go_on else []), run]}


def scorer_and_confidence(near: Sequence[KnownFax], far: Sequence[KnownFax], papers: int, seed: int) -> None:
    """Teach the scorer on one half of the near layouts, the confidence on the other and on half of the far.

    Far layouts are by another hand: without them a reader is surer of strangers' papers than it may be.
    """
    halves: tuple[list[KnownFax], list[KnownFax]] = ([], [])
    for index, fax in enumerate([*near, *faxes.made_up(f"second-{seed}", papers)]):
        halves[faxes.half(fax, index)].append(fax)
    scorer.write(scorer.learn(scorer.rows_of(halves[0]), seed=seed), scoring.WEIGHTS)
    scoring.weights.cache_clear()
    strangers = [fax for fax in far if faxes.half(fax, 0) == 0]
    outcomes = calibrating.outcomes_of(halves[1]) + calibrating.outcomes_of(strangers) * STRANGERS_COUNT
    confidence.write(calibrating.learn(outcomes, seed=seed))


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
    record.write(facts)
