"""The roles that the trained network gives to a page's words, and to the page.

The weights lie beside this module in `model/`, with the record of their training. They are loaded when the
first page is read, run on one thread, and need no network.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from intake.extraction import features
from intake.extraction.features import Array, Encoded
from intake.extraction.layout import Layout, Token
from intake.extraction.roles_of_words import PAGE_ROLES, WORD_ROLES

MODEL = Path(__file__).resolve().parent / "model"
NETWORK = MODEL / "tagger.onnx"
PLACE = {role: place for place, role in enumerate(WORD_ROLES)}
NONE = PLACE[""]


@dataclass(frozen=True)
class Tags:
    """Probabilities of each role for each word of a page; words that are not tagged have none."""

    rows: Mapping[Token, int]
    chances: Array
    page_roles: Mapping[str, float]
    starts: float  # probability that a paper begins on this page

    def of(self, token: Token | None, *roles: str) -> float:
        """Probability that a word has one of these roles."""
        row = self.rows.get(token) if token else None
        return float(self.chances[row, [PLACE[role] for role in roles]].sum()) if row is not None else 0.0

    def along(self, tokens: Sequence[Token], *roles: str) -> list[float]:
        """Probability of each of some words to have one of these roles."""
        rows = [self.rows.get(token, -1) for token in tokens]
        if not len(self.chances):
            return [0.0] * len(rows)
        found = self.chances[rows][:, [PLACE[role] for role in roles]].sum(1).tolist()
        return [chance if row >= 0 else 0.0 for row, chance in zip(rows, found, strict=True)]

    def over(self, tokens: Iterable[Token]) -> Array:
        """The rows of some words; one row of nothing when none is tagged."""
        found = [self.rows[token] for token in tokens if token in self.rows]
        return self.chances[found] if found else np.eye(1, len(WORD_ROLES), NONE, dtype=np.float32)


EMPTY = Tags({}, np.zeros((0, len(WORD_ROLES)), np.float32), {}, 1.0)


def of(layout: Layout, today: date) -> Tags:
    """The roles of a page's words. `today` tells old dates from new ones."""
    page = features.encode(layout, today)
    if page is None:
        return EMPTY
    words, role, starts = _session().run(None, _inputs(page))
    by_role = dict(zip(PAGE_ROLES, _softmax(role[0]).tolist(), strict=True))
    rows = {token: row for row, token in enumerate(page.tokens)}
    return Tags(rows, _softmax(words[0]), by_role, float(1 / (1 + np.exp(-starts[0]))))


def _inputs(page: Encoded) -> dict[str, Array]:
    named = {"grams": page.grams, "facts": page.facts, "neighbours": page.neighbours, "places": page.places}
    return {name: values[None] for name, values in {**named, "pairs": page.pairs}.items()}


def _softmax(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Array = raised / raised.sum(-1, keepdims=True)
    return shares


@cache
def _session() -> Any:
    import onnxruntime  # a third of a second, paid by the first page only

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # pages differ in size: an arena would keep the largest for good
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(NETWORK), options, providers=["CPUExecutionProvider"])
