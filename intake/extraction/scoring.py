"""How well a candidate fits each role that it could play: a small trained network over the evidence."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from intake.extraction import evidence
from intake.extraction.candidate import Candidate
from intake.extraction.features import Array
from intake.extraction.labels import STRONG
from intake.extraction.layout import Layout
from intake.extraction.surroundings import Surroundings
from intake.extraction.tagging import MODEL, Tags

WEIGHTS = MODEL / "scorer.npz"
TICKED = 0.97  # the picture has decided
TAUGHT, NOT_TAUGHT = 0.9, 0.2  # a person has decided: at least so sure, or so much is left of another role
NOT_ASKED, PARTS = 0.25, ("patient_first", "patient_last")
BESIDE = 0.5  # nearness from which a value is the label's


def role_scores(
    found: Sequence[tuple[Candidate, Surroundings]], tags: Tags, layout: Layout
) -> Iterator[tuple[Candidate, Surroundings, str, float]]:
    """Each candidate of a page with each role its kind can play, and the probability that it does."""
    plays = [
        (candidate, around, role, row)
        for candidate, around in found
        for role, row in evidence.of(candidate, around, tags, layout).items()
    ]
    chances = probabilities(np.stack([row for *_, row in plays])).tolist() if plays else []
    for (candidate, around, role, _), chance in zip(plays, chances, strict=True):
        likely = _as_asked(role, candidate, around, chance)
        yield candidate, around, role, TICKED if candidate.ticked else _as_taught(role, around, likely)


def _as_asked(role: str, candidate: Candidate, around: Surroundings, chance: float) -> float:
    """A label that asks for one part of a name decides that it is this part, and no whole name."""
    label = around.label
    if label is None or label.meaning not in PARTS or around.near < BESIDE or label.strength < STRONG:
        return chance
    if candidate.kind == "name_part" and role != label.meaning:
        return chance * NOT_ASKED
    return chance * NOT_ASKED if role == evidence.NAME else chance


def _as_taught(role: str, around: Surroundings, chance: float) -> float:
    """A label that a person's corrections gave a meaning decides about the value beside it."""
    label = around.label
    if label is None or not label.taught or around.near < BESIDE:
        return chance
    meant = label.meaning == role or (role == evidence.NAME and label.meaning in evidence.TAGS_OF[role])
    return max(chance, TAUGHT) if meant else chance * NOT_TAUGHT


def probabilities(rows: Array) -> Array:
    """The trained network's answers to rows of evidence."""
    trained = weights()
    hidden = np.tanh(rows @ trained["into"] + trained["into_bias"])
    logits = hidden @ trained["out"] + trained["out_bias"]
    answers: Array = 1 / (1 + np.exp(-logits))
    return answers


@cache
def weights() -> Mapping[str, Array]:
    """The trained weights."""
    with np.load(WEIGHTS) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}
