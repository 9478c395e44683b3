"""How sure a value is, and in a clerk's words why it should be looked at."""

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from intake.extraction.assignment import Award
from intake.extraction.layout import Token
from intake.extraction.tagging import MODEL

WEIGHTS = MODEL / "confidence.json"
HARD_TO_READ = 0.6  # mean confidence of the OCR engine below which a value is called so
HANDWRITTEN = 0.35  # by how much a value reads worse than the print of its page
CLOSE = 0.8  # share of the winner's score at which another value is a rival
UNSURE = 0.8
ALIKE = {"O0": "O or zero?", "I1": "I or one?", "S5": "S or five?", "B8": "B or eight?", "Z2": "Z or two?"}
WITH_LETTERS = ("member_id", "group_no")
TWO_OF = {
    "patient_dob": "birth dates",
    "patient_first": "names",
    "patient_last": "names",
    "patient_phone": "phone numbers",
    "ref_phone": "phone numbers",
    "ref_fax": "fax numbers",
    "member_id": "member numbers",
    "referral_date": "dates",
    "payer_name": "payers",
}


def of(award: Award, *, print_quality: float, company: float) -> float:
    """Probability, 0 to 1, that the value is right. `print_quality` is how well the page's print reads,
    `company` the mean score of all values of the paper: strange papers have low ones."""
    weights = trained()
    total = weights["bias"] + weights["roles"].get(award.role, 0.0)
    for name, value in features_of(award, print_quality=print_quality, company=company).items():
        total += weights["features"][name] * value
    return round(_bent(1 / (1 + math.exp(-total)), weights["curve"]), 4)


def write(weights: dict[str, Any]) -> None:
    """Store newly trained weights."""
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    trained.cache_clear()


@cache
def trained() -> dict[str, Any]:
    """The weights, and the curve from their answer to the share that was right on layouts kept aside."""
    found: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def _bent(answer: float, curve: Sequence[Sequence[float]]) -> float:
    """The answer on the curve, straight between its points and level beyond its ends."""
    if answer <= curve[0][0]:
        return curve[0][1] * answer / curve[0][0] if curve[0][0] else curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if answer <= x1:
            return y0 + (y1 - y0) * (answer - x0) / (x1 - x0)
    x, y = curve[-1]
    return y + (1 - y) * 0.5 * (answer - x) / (1 - x) if x < 1 else y


def features_of(award: Award, *, print_quality: float, company: float) -> dict[str, float]:
    """What the confidence rests on, each about 0 to 1."""
    tokens = _tokens(award)
    weakest = min(award.bids, key=lambda bid: bid.score)
    score = min(0.999, max(0.001, weakest.score))
    first = award.bids[0]
    return {
        "score": score,
        "odds": math.log(score / (1 - score)) / 7,
        "unlabelled": float(first.around.label is None),
        "later_page": float(first.page > 1),
        "ocr_mean": _reading(tokens),
        "ocr_least": min((token.confidence for token in tokens), default=0.0),
        "proof": min(bid.candidate.proof for bid in award.bids),
        "repaired": float(any(bid.candidate.repaired for bid in award.bids)),
        "rival": min(1.0, award.runner_up / weakest.score) if weakest.score else 0.0,
        "ticked": float(weakest.candidate.ticked),
        "print_quality": print_quality,
        "company": company,
        "several": min(1.0, (len(award.bids) - 1) / 3),
    }


def why(award: Award, *, print_quality: float, confidence: float) -> str:
    """The first thing that a person should look at, or nothing when the value reads clearly."""
    return next(_doubts(award, print_quality, confidence), "")


def _doubts(award: Award, print_quality: float, confidence: float) -> Iterator[str]:
    first = award.bids[0]
    reading = _reading(_tokens(award))
    if award.runner_up > CLOSE * first.score:
        yield f"Two different {TWO_OF.get(award.role, 'values')} on the page"
    if print_quality - reading > HANDWRITTEN:
        yield "Handwritten"
    if any(bid.candidate.repaired for bid in award.bids):
        yield "A letter was read as a digit"
    if reading < HARD_TO_READ:
        yield "Hard to read"
    yield from _letters_or_digits(award)
    if confidence < UNSURE:
        labelled = first.around.label is not None or first.candidate.ticked
        yield "Not sure" if labelled else "No label beside it"


def _letters_or_digits(award: Award) -> Iterator[str]:
    """Ids mix letters and digits, so nothing but the eye tells O from zero."""
    value = award.bids[0].candidate.value
    mixed = any(map(str.isalpha, value)) and any(map(str.isdigit, value))
    if award.role in WITH_LETTERS and mixed:
        yield from (question for pair, question in ALIKE.items() if set(pair) & set(value))


def _tokens(award: Award) -> list[Token]:
    return [token for bid in award.bids for token in bid.candidate.tokens]


def _reading(tokens: Sequence[Token]) -> float:
    return sum(token.confidence for token in tokens) / len(tokens) if tokens else 0.0
