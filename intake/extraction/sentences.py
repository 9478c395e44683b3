"""From some words of a text to the whole sentence that they stand in, over the ends of lines."""

import re

from intake.extraction.layout import Layout, Line, Token
from intake.extraction.spans import FULL_LINE

ENDS = re.compile(r"(?:[a-z0-9)\]%]{2}|\d)[.?!:]['\"”’]?$|[:?!]$")
APART = 3.0  # ems of white within a line of text
NEXT_LINE, ALIGNED = 1.3, 1.5  # ems from line to line of one text, and between their left edges
MOST_LINES = 2  # that a sentence reaches beyond its first words, up and down


def to_the_left(layout: Layout, line: Line, start: int) -> tuple[Token, ...]:
    """The words of the sentence before the word `start`, with those on the line above."""
    found: list[Token] = []
    for _ in range(MOST_LINES):
        at = start
        while at > 0 and (at == len(line.tokens) or line.gap_before(at) <= APART):
            if ENDS.search(line.tokens[at - 1].text):
                return (*line.tokens[at:start], *found)
            at -= 1
        found = [*line.tokens[at:start], *found]
        above = layout.lines[line.number - 1] if line.number else None
        if at > 0 or above is None or not _goes_on(layout, above, line):
            break
        line, start = above, len(above.tokens)
    return tuple(found)


def to_the_right(layout: Layout, line: Line, stop: int) -> tuple[Token, ...]:
    """The words of the sentence from the word `stop` on, with those on the lines below."""
    found: list[Token] = []
    if stop and ENDS.search(line.tokens[stop - 1].text):
        return ()
    left = _cell_of(line, max(0, stop - 1))
    at = stop
    for _ in range(MOST_LINES):
        start = at
        while at < len(line.tokens) and (at == start != stop or at == 0 or line.gap_before(at) <= APART):
            at += 1
            if ENDS.search(line.tokens[at - 1].text):
                return (*found, *line.tokens[start:at])
        found += line.tokens[start:at]
        below = layout.lines[line.number + 1] if line.number + 1 < len(layout.lines) else None
        under = _under(layout, line, below, left, line.tokens[at - 1]) if below else None
        if below is None or under is None:
            break
        line, at, stop = below, under, -1
    return tuple(found)


def _cell_of(line: Line, at: int) -> int:
    """The left edge of the cell that a word stands in."""
    return next((line.tokens[cell.start].left for cell in line.cells if at in cell), line.tokens[0].left)


def _under(layout: Layout, line: Line, below: Line, left: int, last: Token) -> int | None:
    """The word below at which a text goes on: at its left edge, after a full line or with a small letter."""
    if below.top - last.bottom > NEXT_LINE * layout.em:
        return None
    edges = (left, line.tokens[0].left)
    for cell in below.cells:
        word = below.tokens[cell.start]
        aligned = any(abs(word.left - edge) <= ALIGNED * layout.em for edge in edges)
        if aligned and (last.right >= FULL_LINE * layout.width or word.text[0].islower()):
            return cell.start
    return None


def _goes_on(layout: Layout, line: Line, below: Line) -> bool:
    """Whether a line is full, and the next one begins where it begins."""
    near = below.top - line.bottom <= NEXT_LINE * layout.em
    aligned = abs(below.tokens[0].left - line.tokens[0].left) <= ALIGNED * layout.em
    return near and aligned and line.tokens[-1].right >= FULL_LINE * layout.width
