"""Teaching the confidence: how often values with such evidence are right, on layouts nobody learned from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from intake.extraction import confidence, layout, reader
from intake.extraction.assignment import SEVERAL, Award
from intake.extraction.features import Array
from intake.extraction.roles_of_words import FIELDS
from intake.training.faxes import KnownFax
from intake.training.truths import agrees

FOLDS, ROUNDS, WEAKENED = 6, 400, 2e-4
FEWEST_IN_STEP = 25  # fields that one step of the curve stands on
BINS = 10
REQUESTS = ("referral", "prior_auth")


@dataclass(frozen=True)
class Outcome:
    """One field that was read: its evidence, and whether it was right."""

    role: str
    features: dict[str, float]
    right: bool
    fax: int


def outcomes_of(faxes: Iterable[KnownFax]) -> list[Outcome]:
    """Every field read from the referrals among some faxes."""
    found = []
    for number, fax in enumerate(faxes):
        if fax.papers[0][0] != "referral":
            continue
        seen = [reader.see(page, layout.of(page), fax.today, {}) for page in fax.pages]
        for paper in reader.papers_of(seen):
            truth = fax.truths[paper.first_page - 1] if len(fax.truths) >= paper.first_page else {}
            found += [_outcome(award, paper, truth, number) for award in paper.awards]
    return found


def _outcome(award: Award, paper: reader.ReadPaper, truth: Any, fax: int) -> Outcome:
    values = [bid.candidate.value for bid in award.bids]
    right = agrees(award.role, values if award.role in SEVERAL else values[0], truth)
    quality = paper.print_quality[award.bids[0].page]
    features = confidence.features_of(award, print_quality=quality, company=paper.company)
    return Outcome(award.role, features, right, fax)


def learn(outcomes: Sequence[Outcome], *, seed: int) -> dict[str, Any]:
    """A logistic regression, and the curve that bends its answers to what was right out of fold."""
    torch.manual_seed(seed)
    names = sorted(outcomes[0].features)
    inputs = np.array(
        [
            [*(one.features[name] for name in names), *(float(one.role == role) for role in FIELDS)]
            for one in outcomes
        ],
        np.float32,
    )
    right = np.array([one.right for one in outcomes], np.float32)
    folds = np.array([one.fax % FOLDS for one in outcomes])
    unseen = np.zeros(len(right), np.float32)
    for fold in range(FOLDS):
        weights, bias = _regression(inputs[folds != fold], right[folds != fold])
        unseen[folds == fold] = _answers(inputs[folds == fold], weights, bias)
    weights, bias = _regression(inputs, right)
    curve = _rising(unseen, right)
    return {
        "bias": round(float(bias), 4),
        "features": dict(zip(names, np.round(weights[: len(names)], 4).tolist(), strict=True)),
        "roles": dict(zip(FIELDS, np.round(weights[len(names) :], 4).tolist(), strict=True)),
        "curve": curve,
    }


def _regression(inputs: Array, right: Array) -> tuple[Array, float]:
    weights = torch.zeros(inputs.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    known, truth = torch.from_numpy(inputs), torch.from_numpy(right)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(known @ weights + bias, truth)
        total: torch.Tensor = wrong + WEAKENED * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return weights.detach().numpy(), float(bias)


def _answers(inputs: Array, weights: Array, bias: float) -> Array:
    answers: Array = 1 / (1 + np.exp(-(inputs @ weights + bias)))
    return answers


def _rising(answers: Array, right: Array) -> list[list[float]]:
    """Points (answer, share right) that never fall: pooled adjacent violators over runs of many fields."""
    order = np.argsort(answers, kind="stable")
    size = max(FEWEST_IN_STEP, len(order) // 40)
    runs = [order[i : i + size] for i in range(0, len(order), size)]
    blocks = [[float(answers[run].sum()), float(right[run].sum()), float(len(run))] for run in runs]
    pooled: list[list[float]] = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last, strict=True)]
    return [[round(total / n, 4), round((good + 0.5) / (n + 1), 4)] for total, good, n in pooled]


def reliability(sure: Sequence[float], right: Sequence[bool]) -> list[dict[str, float]]:
    """Bins of equal width: how many fields, their mean confidence, and the share that was right."""
    bins = []
    for low in range(BINS):
        inside = [i for i, one in enumerate(sure) if min(int(one * BINS), BINS - 1) == low]
        if inside:
            bins.append(
                {
                    "from": low / BINS,
                    "to": (low + 1) / BINS,
                    "fields": len(inside),
                    "confidence": round(sum(sure[i] for i in inside) / len(inside), 4),
                    "right": round(sum(right[i] for i in inside) / len(inside), 4),
                }
            )
    return bins


def expected_error(bins: Sequence[dict[str, float]]) -> float:
    """The expected calibration error: how far confidence and share right are apart, weighted by fields."""
    total = sum(one["fields"] for one in bins)
    return (
        sum(one["fields"] * abs(one["confidence"] - one["right"]) for one in bins) / total if total else 0.0
    )
