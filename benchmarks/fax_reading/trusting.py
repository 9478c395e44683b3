"""What confidences are worth: how far they lie off, and how much could be filled in without a look."""

from collections import defaultdict
from collections.abc import Sequence

BINS = 10


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error (0 to 1) over ten equal bins of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    off = sum(abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return off / max(1, len(judged))


def filled_share(judged: Sequence[tuple[float, bool]], asked: int, precision: float = 0.99) -> float:
    """Share of the fields asked that could be filled in at that precision, the threshold chosen here."""
    ranked = sorted(judged, reverse=True)
    right, best = 0, 0
    for taken, (confidence, is_right) in enumerate(ranked, 1):
        right += is_right
        last_of_its_confidence = taken == len(ranked) or ranked[taken][0] != confidence
        if last_of_its_confidence and right / taken >= precision:
            best = taken
    return best / max(1, asked)
