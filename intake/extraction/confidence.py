"""How sure a value is, and in a clerk's words why it should be looked at."""

import math
from collections.abc import Iterator, Sequence

from intake.extraction.assignment import Award
from intake.extraction.layout import Token
from intake.extraction.vocabulary import table

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


def of(award: Award, *, print_quality: float) -> float:
    """Probability, 0 to 1, that the value is right. `print_quality` is how well the page's print reads."""
    weights = table("confidence")
    total = weights["bias"] + weights["roles"].get(award.role, 0.0)
    for name, value in features_of(award, print_quality=print_quality).items():
        total += weights["features"][name] * value
    return round(1 / (1 + math.exp(-total)), 4)


def features_of(award: Award, *, print_quality: float) -> dict[str, float]:
    """What the confidence rests on, each 0 to 1."""
    tokens = _tokens(award)
    weakest = min(award.bids, key=lambda bid: bid.score)
    return {
        "score": min(1.0, weakest.score),
        "ocr_mean": _reading(tokens),
        "ocr_least": min((token.confidence for token in tokens), default=0.0),
        "proof": min(bid.candidate.proof for bid in award.bids),
        "repaired": float(any(bid.candidate.repaired for bid in award.bids)),
        "rival": min(1.0, award.runner_up / weakest.score) if weakest.score else 0.0,
        "ticked": float(weakest.candidate.ticked),
        "print_quality": print_quality,
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
    if first.around.label is None and not first.candidate.ticked:
        yield "No label beside it"
    if confidence < UNSURE:
        yield "Not sure"


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
