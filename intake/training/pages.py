"""Made-up faxes: which papers, in which order, and what is true of them."""

from dataclasses import dataclass

from intake.training import brief, letter, noise, papers, unrelated
from intake.training.canvas import HEIGHT, WIDTH, Canvas
from intake.training.case import Case
from intake.training.dice import Dice
from intake.training.form import Form

LANDSCAPE = 2200
KINDS = {
    "form": 38,
    "letter": 15,
    "note": 8,
    "prior_auth": 6,
    "cover": 5,
    "chart": 5,
    "lab": 5,
    "consult": 7,
    "records_request": 5,
    "order": 6,
    "confirmation": 4,
    "junk": 5,
    "side_column": 7,
    "pad": 5,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A word on a made-up page."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True)
class Sample:
    """One page with what is true of it: the roles of words and page, and whether a paper starts here."""

    number: int
    words: tuple[Printed, ...]
    word_roles: tuple[str, ...]
    role: str
    starts: bool
    case: Case
    width: int = WIDTH
    height: int = HEIGHT
    image: bytes = b""


def samples(seed: int | str, *, aside: bool = False, kind: str = "") -> list[Sample]:
    """The pages of one paper."""
    dice = Dice(seed, aside=aside)
    case = Case(dice)
    kind = kind or dice.choices(list(KINDS), list(KINDS.values()))[0]
    return [_sample(sheet, number, case) for number, sheet in enumerate(_paper(kind, case), 1)]


def _paper(kind: str, case: Case) -> list[Canvas]:
    makers = {
        "form": lambda: Form(case, "referral").pages(),
        "prior_auth": lambda: Form(case, "prior_auth").pages(),
        "side_column": lambda: brief.side_column(case),
        "pad": lambda: brief.pad(case),
        "letter": lambda: letter.letter(case),
        "note": lambda: letter.note(case),
        "cover": lambda: papers.cover(case),
        "chart": lambda: papers.chart(case, starts=False),
        "lab": lambda: papers.lab(case, starts=True),
        "consult": lambda: papers.consult(case),
        "records_request": lambda: unrelated.records_request(case),
        "order": lambda: unrelated.order(case),
        "confirmation": lambda: unrelated.confirmation(case),
        "junk": lambda: unrelated.junk(case),
    }
    return makers[kind]()


def _sample(sheet: Canvas, number: int, case: Case) -> Sample:
    words = noise.read(sheet)
    wide = sheet.dice.chance(0.05)
    if wide:
        for word in words:
            word.x0, word.x1 = word.x0 * LANDSCAPE / WIDTH, word.x1 * LANDSCAPE / WIDTH
    printed = tuple(
        Printed(
            w.text,
            round(w.x0),
            round(w.y0),
            max(1, round(w.x1 - w.x0)),
            max(1, round(w.y1 - w.y0)),
            w.confidence,
        )
        for w in words
    )
    height = max(HEIGHT, round(max((w.y1 for w in words), default=0)) + 50)
    return Sample(
        number,
        printed,
        tuple(w.role for w in words),
        sheet.role,
        sheet.starts,
        case,
        width=LANDSCAPE if wide else WIDTH,
        height=height,
    )
