"""What the tagger sees of each word: its letters, its form, its place, and which words stand around it.

Letters are hashed n-grams, so that a label nobody listed still looks like its relatives, and a misread word
like itself. Everything here is part of the trained weights: a change asks for new ones.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from intake.extraction import codes, dates, phones
from intake.extraction.addresses import STATES
from intake.extraction.gazetteer import within
from intake.extraction.layout import Layout, Line, Token
from intake.extraction.text import as_digits, squashed
from intake.extraction.vocabulary import choices, table
from providers.npi import is_npi

Array = npt.NDArray[Any]
MOST_WORDS = 512  # of a page; what stands below them is not tagged
BUCKETS, GRAMS = 1 << 15, 20
NGRAM_SIZES = (3, 4, 2)
SHAPES, FACTS = 20, 14  # numbers about a word's own letters; about its line and page
NEIGHBOURS = 12
CELL_GAP = 1.6  # ems
LINES_TO_HEADING, WORDS_OF_HEADING = 10, 5
# Edges of the buckets, in ems, into which the way from one word to another falls.
ASIDE = np.array([-40, -20, -10, -5, -2, -0.7, 0.7, 2, 5, 10, 20, 40])
DOWN = np.array([-30, -14, -7, -3.5, -1.8, -0.5, 0.5, 1.8, 3.5, 7, 14, 30])
PAIRS = (len(ASIDE) + 1) * (len(DOWN) + 1)
CREDENTIALS = frozenset(squashed(word) for word in table("names")["credentials"])
OLD, YOUNG = 15, 2.5  # years


@dataclass(frozen=True)
class Encoded:
    """A page as arrays, one row a word in reading order; `tokens` are the words."""

    tokens: tuple[Token, ...]
    grams: Array  # hashed n-grams of each word; 0 is none
    facts: Array  # what is known of each word, 0 to 1
    neighbours: Array  # row of each neighbour; -1 is none
    places: Array  # left, right and middle, in widths of the page
    em: float  # in widths of the page

    @property
    def pairs(self) -> Array:
        """The bucket of the way from each word to each other."""
        left, middle = self.places[:, 0] / self.em, self.places[:, 2] / self.em
        aside = np.digitize(left[:, None] - left[None, :], ASIDE)
        down = np.digitize(middle[:, None] - middle[None, :], DOWN)
        return (aside * (len(DOWN) + 1) + down).astype(np.int64)


def encode(layout: Layout, today: date) -> Encoded | None:
    """A page as the tagger wants it; None when there are no words."""
    lines = _first_words(layout)
    tokens = tuple(token for line in lines for token in line.tokens)
    if not tokens:
        return None
    words = [_of_word(token.text) for token in tokens]
    cells = _cells(lines)
    facts = np.zeros((len(tokens), SHAPES + FACTS), np.float32)
    facts[:, :SHAPES] = [shape for _, shape in words]
    _fill_facts(facts[:, SHAPES:], lines, tokens, cells, layout.em, today)
    places = np.array([(t.left, t.right, t.middle) for t in tokens], np.float32) / layout.width
    neighbours = _neighbours(lines, tokens, cells, layout.em)
    return Encoded(
        tokens,
        np.array([grams for grams, _ in words], np.int64),
        facts,
        neighbours,
        places,
        layout.em / layout.width,
    )


def _first_words(layout: Layout) -> list[Line]:
    lines, count = [], 0
    for line in layout.lines:
        count += len(line.tokens)
        if count > MOST_WORDS:
            break
        lines.append(line)
    return lines


@lru_cache(maxsize=50_000)
def _of_word(text: str) -> tuple[list[int], list[float]]:
    """Hashed n-grams of a word, and what its form says."""
    framed = f"^{re.sub(r'[0-9]', '0', text.lower())}$"
    pieces = [framed] + [framed[i : i + n] for n in NGRAM_SIZES for i in range(len(framed) - n + 1)]
    outline = "#" + re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"[0-9]", "0", text)))
    hashed = [1 + crc32(piece.encode()) % (BUCKETS - 1) for piece in [*pieces[: GRAMS - 1], outline]]
    return hashed + [0] * (GRAMS - len(hashed)), [float(fact) for fact in _shape(text)]


def _shape(text: str) -> list[float | bool]:
    bare = re.sub(r"[^A-Za-z0-9]", "", text)
    digits, upper, lower = as_digits(bare), bare.upper(), bare.lower()
    return [
        any(c.isdigit() for c in text),
        bare.isdigit(),
        any(c.isdigit() for c in bare) and any(c.isalpha() for c in bare),
        text[:1].isupper() and text[1:].islower(),
        bare.isupper() and bare.isalpha(),
        text[-1] in ":?",
        text[-1] in ",;",
        text[-1] == ".",
        is_npi(digits),
        codes.is_icd10(upper),
        next(codes.icd10(text.strip("[]();,")), None) is not None,
        re.fullmatch(r"\d{5}|[A-EGHJ-MPQ-V]\d{4}", upper) is not None,
        re.fullmatch(r"\d{5}(-\d{4})?", text.strip(",.")) is not None,
        bare in STATES,
        upper in CREDENTIALS,
        lower in ("dr", "doctor", "mr", "ms", "mrs"),
        lower in choices("patient_sex"),
        lower in choices("urgency"),
        min(len(text), 15) / 15,
        text[0] in "([",
    ]


def _cells(lines: list[Line]) -> list[range]:
    """The cell (rows of its words) that each word stands in."""
    cells, at = [], 0
    for line in lines:
        for cell in line.cells:
            cells += [range(at + cell.start, at + cell.stop)] * len(cell)
        at += len(line.tokens)
    return cells


def _fill_facts(
    facts: Array, lines: list[Line], tokens: tuple[Token, ...], cells: list[range], em: float, today: date
) -> None:
    facts[:, 0] = [token.confidence for token in tokens]
    facts[:, 1] = [min(3.0, token.height / em) / 2 for token in tokens]
    facts[:, 2] = [cell.start == row for row, cell in enumerate(cells)]
    facts[:, 3] = [min(row - cell.start, 8) / 8 for row, cell in enumerate(cells)]
    facts[:, 4] = [min(len(cell), 12) / 12 for cell in cells]
    facts[:, 5] = [token.middle / 2200 for token in tokens]
    at = 0
    for line in lines:
        _fill_line(facts[at : at + len(line.tokens)], line, today)
        at += len(line.tokens)


def _fill_line(facts: Array, line: Line, today: date) -> None:
    for day in dates.find(line.text, latest=today):
        years = (today - day.on).days / 365
        words = _rows(line, day.start, day.stop)
        facts[words, 6], facts[words, 7], facts[words, 8] = 1, years < YOUNG, years > OLD
        facts[words, 9] = years < 0
    for phone in phones.find(line.text):
        facts[_rows(line, phone.start, phone.stop), 10] = 1
    for column, of in ((11, "payers"), (12, "specialties")):
        for _, start, stop in within(line.text, of):
            facts[_rows(line, start, stop), column] = 1
    facts[:, 13] = len(line.cells) == 1


def _rows(line: Line, start: int, stop: int) -> slice:
    words = line.between(start, stop)
    return slice(words.start, words.stop)


def _neighbours(lines: list[Line], tokens: tuple[Token, ...], cells: list[range], em: float) -> Array:
    """Three words before and two after on the line, the cell's first word and that of the cell before it, the
    nearest word above and its cell's first, the nearest below, and the heading above."""
    count = len(tokens)
    rows = np.arange(count)
    line_of = np.repeat(np.arange(len(lines)), [len(line.tokens) for line in lines])
    found = np.full((count, NEIGHBOURS), -1, np.int64)
    for column, step in enumerate((-1, -2, -3, 1, 2)):
        other = rows + step
        inside = (other >= 0) & (other < count)
        same = inside & (line_of[np.clip(other, 0, count - 1)] == line_of)
        found[same, column] = other[same]
    first = np.array([cell.start for cell in cells])
    last = np.array([cell.stop - 1 for cell in cells])
    found[:, 5] = np.where(first != rows, first, -1)
    before = first - 1
    on_line = (before >= 0) & (line_of[np.clip(before, 0, count - 1)] == line_of)
    found[on_line, 6] = first[before[on_line]]
    _above_and_below(found, tokens, first, last, em)
    found[:, 10:12] = _headings(lines)[line_of]
    return found


def _above_and_below(found: Array, tokens: tuple[Token, ...], first: Array, last: Array, em: float) -> None:
    left = np.array([t.left for t in tokens], np.float32)
    right = np.array([t.right for t in tokens], np.float32)
    middle = np.array([t.middle for t in tokens], np.float32)
    cell_left, cell_right = left[first], right[last]
    down = middle[:, None] - middle[None, :]
    reach = np.maximum(right, left + em)[:, None]
    over = (down > 0.6 * em) & (down < 6 * em) & (left[None, :] < reach)
    over &= (cell_right[None, :] > left[:, None]) & (cell_left[None, :] <= left[:, None] + 1.5 * em)
    cost = np.where(over, down * 3 + np.abs(left[None, :] - left[:, None]), np.inf)
    nearest = cost.argmin(1)
    has = np.isfinite(cost[np.arange(len(tokens)), nearest])
    found[has, 7], found[has, 8] = nearest[has], first[nearest[has]]
    under = (
        (down < -0.6 * em)
        & (down > -4 * em)
        & (left[None, :] < right[:, None])
        & (right[None, :] > left[:, None])
    )
    cost = np.where(under, -down, np.inf)
    nearest = cost.argmin(1)
    has = np.isfinite(cost[np.arange(len(tokens)), nearest])
    found[has, 9] = nearest[has]


def _headings(lines: list[Line]) -> Array:
    """First and last word of the nearest line above each line that is short, alone and without digits."""
    found = np.full((len(lines), 2), -1, np.int64)
    heading, age, at = (-1, -1), LINES_TO_HEADING + 1, 0
    for number, line in enumerate(lines):
        if age <= LINES_TO_HEADING:
            found[number] = heading
        if (
            len(line.cells) == 1
            and len(line.tokens) <= WORDS_OF_HEADING
            and not any(map(str.isdigit, line.text))
        ):
            heading, age = (at, at + len(line.tokens) - 1), 0
        age += 1
        at += len(line.tokens)
    return found
