"""Which of several options is ticked: the one whose box, left of its word, has clearly more ink."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PIL import Image

from intake.extraction.candidate import FAIR_PROOF, Candidate
from intake.extraction.layout import Token

MORE_INK = 1.22  # times the ink of the next option
BOX_WIDTH = 1.75  # times the height of the word
ROW = 40  # pixels within which options stand on one row
LEAST_HEIGHT = 22
WITH_BOXES = ("patient_sex", "urgency")


def settle(candidates: Sequence[Candidate], picture: bytes) -> list[Candidate]:
    """The candidates with each row of options reduced to the one that is ticked, or to none."""
    rows = _rows(candidates)
    if not rows:
        return list(candidates)
    optional = {id(option) for row in rows for option in row}
    rest = [candidate for candidate in candidates if id(candidate) not in optional]
    if not picture:
        return rest
    page = Image.open(io.BytesIO(picture)).convert("L")
    return rest + [replace(ticked, ticked=True) for row in rows if (ticked := _ticked(row, page))]


def _rows(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Rows on which two or more different values of one role stand."""
    rows: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.kind in WITH_BOXES and candidate.proof >= FAIR_PROOF:
            rows[candidate.kind, round(candidate.tokens[0].middle / ROW)].append(candidate)
    return [row for row in rows.values() if len({option.value for option in row}) > 1]


def _ticked(row: Sequence[Candidate], page: Image.Image) -> Candidate | None:
    inked = sorted(((_ink(option.tokens[0], page), option) for option in row), key=lambda pair: -pair[0])
    return inked[0][1] if inked[0][0] > MORE_INK * inked[1][0] else None


def _ink(word: Token, page: Image.Image) -> float:
    """Share of dark dots in the square left of a word."""
    height = max(LEAST_HEIGHT, word.height)
    right = word.left - 3
    area = (max(0, right - int(BOX_WIDTH * height)), max(0, word.top - 5), max(1, right), word.bottom + 5)
    square = page.crop(area)
    return sum(square.histogram()[:128]) / max(1, square.width * square.height)
