"""Teaching the scorer: which of a page's candidates play which roles, by the evidence for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from intake.extraction import (
    Box,
    PageText,
    boxes,
    candidates,
    evidence,
    labels,
    layout,
    surroundings,
    tagging,
    wording_near,
)
from intake.extraction.features import Array
from intake.extraction.roles_of_words import FIELDS
from intake.extraction.sections import Sections
from intake.training.dice import Dice
from intake.training.faxes import KnownFax
from intake.training.pages import Sample
from intake.training.truths import is_right

LESSONS = 0.3  # of the made-up pages
HIDDEN, ROUNDS, BATCH, RATE, DECAY = 32, 25, 2048, 4e-3, 1e-3


@dataclass(frozen=True)
class Rows:
    """Evidence, a row for each candidate and role, and which are right."""

    evidence: Array
    right: Array


def rows_of(faxes: Iterable[KnownFax]) -> Rows:
    """The evidence of every candidate of some faxes."""
    found: list[Array] = []
    right: list[bool] = []
    dice = Dice("lessons")
    for fax in faxes:
        for page, truth in zip(fax.pages, fax.truths, strict=True):
            laid_out = layout.of(page)
            tags, known = tagging.of(laid_out, fax.today), labels.find(laid_out, lessons(page, dice))
            sections = Sections(known)
            found_here = candidates.find(known, tags, latest=fax.today)
            for candidate in boxes.settle(found_here, page.image):
                around = surroundings.of(candidate, known, sections)
                for role, row in evidence.of(candidate, around, tags, laid_out).items():
                    found.append(row)
                    right.append(is_right(role, candidate, truth))
    return Rows(np.stack(found), np.array(right, np.float32))


def together(parts: Sequence[Rows]) -> Rows:
    """Several lots of rows as one."""
    return Rows(np.concatenate([one.evidence for one in parts]), np.concatenate([one.right for one in parts]))


def lessons(page: PageText, dice: Dice) -> dict[str, str]:
    """What corrections might have taught about a made-up page, now and then: label wording -> field."""
    if not isinstance(page, Sample) or not dice.chance(LESSONS):
        return {}
    words = [(word, role) for word, role in zip(page.words, page.word_roles, strict=True) if role in FIELDS]
    taught = {}
    for word, role in dice.sample(words, min(2, len(words))):
        first = next(one for one, other in words if other == role)
        if wording := wording_near(page, Box(first.x, first.y, word.width, first.height)):
            taught[wording] = role
    return taught


def learn(rows: Rows, *, seed: int) -> nn.Sequential:
    """A network of one hidden layer. The same seed and rows give the same weights."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(rows.evidence.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1))
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    inputs, truth = torch.from_numpy(rows.evidence), torch.from_numpy(rows.right)
    steps = max(1, len(truth) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE * 3, total_steps=ROUNDS * steps)
    for _ in range(ROUNDS):
        order = torch.randperm(len(truth))
        for step in range(steps):
            chosen = order[step * BATCH : (step + 1) * BATCH]
            loss = nn.functional.binary_cross_entropy_with_logits(
                net(inputs[chosen]).squeeze(-1), truth[chosen]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net


def write(net: nn.Sequential, path: Path) -> None:
    """The weights as the reader loads them."""
    first, last = net[0], net[2]
    np.savez(
        path,
        into=first.weight.detach().numpy().T,
        into_bias=first.bias.detach().numpy(),
        out=last.weight.detach().numpy()[0],
        out_bias=last.bias.detach().numpy()[0],
    )
