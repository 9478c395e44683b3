"""Words in lines and cells, as a person sees them. An em is the height of the page's usual word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from intake.extraction.shapes import Box, PageText, WordOnPage

LEAST_CONFIDENCE = 0.05
LEAST_HEIGHT = 14  # pixels; lower "words" are dots and rules
CELL_GAP = 1.6  # ems of white between two words that belong to different cells
SAME_LINE = 0.5  # share of a word's height by which its middle may be off its line
LINES_LOOKED_BACK = 6
READABLE = re.compile(r"[^\W_]|#")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Words side by side, left to right. `text` joins them with single spaces."""

    number: int
    tokens: tuple[Token, ...]
    em: float

    @cached_property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(token.text for token in self.tokens)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in `text`."""
        starts, at = [], 0
        for token in self.tokens:
            starts.append(at)
            at += len(token.text) + 1
        return starts

    @cached_property
    def cells(self) -> list[range]:
        """Runs of words without a wide gap, as ranges of word indexes."""
        edges = (
            [0]
            + [i for i in range(1, len(self.tokens)) if self.gap_before(i) > CELL_GAP]
            + [len(self.tokens)]
        )
        return [range(start, stop) for start, stop in pairwise(edges) if stop > start]

    @property
    def top(self) -> int:
        """Highest pixel."""
        return min(token.top for token in self.tokens)

    @property
    def bottom(self) -> int:
        """Lowest pixel."""
        return max(token.bottom for token in self.tokens)

    def gap_before(self, index: int) -> float:
        """Ems of white between this word and the one before it."""
        return (self.tokens[index].left - self.tokens[index - 1].right) / self.em

    def between(self, start: int, stop: int) -> range:
        """Indexes of the words that the characters start..stop of `text` touch."""
        touched = [
            index
            for index, (at, token) in enumerate(zip(self.starts, self.tokens, strict=True))
            if at < stop and start < at + len(token.text)
        ]
        return range(touched[0], touched[-1] + 1) if touched else range(0)


@dataclass(frozen=True)
class Layout:
    """One page as lines."""

    number: int
    width: int
    height: int
    em: float
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """The page's lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def tokens(self) -> Iterator[Token]:
        """All words in reading order."""
        return (token for line in self.lines for token in line.tokens)


def of(page: PageText) -> Layout:
    """The layout of a page. Specks and rules that were read as words are left out."""
    tokens = [_token(word) for word in page.words if _is_word(word)]
    em = float(median(max(LEAST_HEIGHT, token.height) for token in tokens)) if tokens else float(LEAST_HEIGHT)
    lines = tuple(Line(number, row, em) for number, row in enumerate(_rows(tokens)))
    return Layout(page.number, page.width, page.height, em, lines)


def box_of(tokens: Sequence[Token]) -> Box | None:
    """The smallest box around some words."""
    if not tokens:
        return None
    left, top = min(t.left for t in tokens), min(t.top for t in tokens)
    return Box(left, top, max(t.right for t in tokens) - left, max(t.bottom for t in tokens) - top)


def _is_word(word: WordOnPage) -> bool:
    return word.confidence > LEAST_CONFIDENCE and READABLE.search(word.text) is not None


def _token(word: WordOnPage) -> Token:
    return Token(word.text, word.x, word.y, word.x + word.width, word.y + word.height, word.confidence)


def _rows(tokens: Iterable[Token]) -> list[tuple[Token, ...]]:
    rows: list[_Row] = []
    for token in sorted(tokens, key=lambda token: token.middle):
        for row in rows[-LINES_LOOKED_BACK:]:
            if abs(row.middle - token.middle) < SAME_LINE * min(max(token.height, LEAST_HEIGHT), row.height):
                row.add(token)
                break
        else:
            rows.append(_Row(token))
    rows.sort(key=lambda row: row.middle)
    return [tuple(sorted(row.tokens, key=lambda token: token.left)) for row in rows]


class _Row:
    """A line while it is being gathered."""

    def __init__(self, token: Token) -> None:
        self.tokens = [token]
        self.middle = token.middle
        self.height = max(float(LEAST_HEIGHT), float(token.height))

    def add(self, token: Token) -> None:
        self.tokens.append(token)
        self.middle += (token.middle - self.middle) / len(self.tokens)
        self.height = max(float(LEAST_HEIGHT), float(median(one.height for one in self.tokens)))
