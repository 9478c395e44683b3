"""Made-up pages as batches of tensors, made by a process of its own while the network learns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from intake.extraction import features, layout
from intake.extraction.features import Encoded
from intake.extraction.roles_of_words import PAGE_ROLES, WORD_ROLES
from intake.training.dice import Dice
from intake.training.pages import Sample, samples

UNKNOWN = -100  # what torch's losses leave out
FEWEST_WORDS = 5
POOL = 8  # batches that are sorted by length together


@dataclass(frozen=True)
class Example:
    """An encoded page with its truth."""

    page: Encoded
    word_roles: np.ndarray
    page_role: int
    starts: float


@dataclass(frozen=True)
class Batch:
    """Tensors of several pages; `inputs` in the order of `Network.forward`."""

    inputs: tuple[Tensor, ...]
    word_roles: Tensor
    page_role: Tensor
    starts: Tensor


def example(sample: Sample, days_later: int = 5) -> Example | None:
    """A made-up page as the network sees it; None when hardly a word is left."""
    page = features.encode(layout.of(sample), sample.case.sent + timedelta(days=days_later))
    if page is None or len(page.tokens) < FEWEST_WORDS:
        return None
    roles = {(w.text, w.x, w.y): role for w, role in zip(sample.words, sample.word_roles, strict=True)}
    known = [WORD_ROLES.index(roles.get((t.text, t.left, t.top), "")) for t in page.tokens]
    return Example(page, np.array(known), PAGE_ROLES.index(sample.role), float(sample.starts))


def collate(examples: list[Example]) -> Batch:
    """Pages padded to the longest."""
    longest = max(len(e.page.tokens) for e in examples)

    def padded(of: Any, width: int, fill: float, kind: type) -> Tensor:
        out: Any = np.full((len(examples), longest, width), fill, kind)
        for row, e in enumerate(examples):
            out[row, : len(e.page.tokens)] = of(e)
        return torch.from_numpy(out)

    pairs = np.full((len(examples), longest, longest), features.PAIRS, np.int64)
    for row, e in enumerate(examples):
        count = len(e.page.tokens)
        pairs[row, :count, :count] = e.page.pairs
        pairs[row, count:, 0] = 0  # a word that is not there must look at something
    inputs = (
        padded(lambda e: e.page.grams, features.GRAMS, 0, np.int64),
        padded(lambda e: e.page.facts, features.SHAPES + features.FACTS, 0, np.float32),
        padded(lambda e: e.page.neighbours, features.NEIGHBOURS, -1, np.int64),
        padded(lambda e: e.page.places, 3, 0, np.float32),
        torch.from_numpy(pairs),
    )
    roles = padded(lambda e: e.word_roles[:, None], 1, UNKNOWN, np.int64).squeeze(-1)
    return Batch(
        inputs,
        roles,
        torch.tensor([e.page_role for e in examples]),
        torch.tensor([e.starts for e in examples]),
    )


class Stream(IterableDataset):
    """Endless batches; the same seed gives the same ones."""

    def __init__(self, seed: int, size: int) -> None:
        self.seed, self.size = seed, size

    def __iter__(self) -> Iterator[Batch]:
        examples, dice = _examples(self.seed), Dice(self.seed)
        while True:
            pool = sorted((next(examples) for _ in range(self.size * POOL)), key=lambda e: len(e.page.tokens))
            batches = [pool[i : i + self.size] for i in range(0, len(pool), self.size)]
            dice.shuffle(batches)
            yield from map(collate, batches)


def _examples(seed: int) -> Iterator[Example]:
    number = 0
    while True:
        for sample in samples(f"{seed}-{number}"):
            if found := example(sample, days_later=number % 40):
                yield found
        number += 1
