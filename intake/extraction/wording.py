"""The words of a label that stands beside or above a value: what a correction can teach about a sender."""

from intake.extraction import layout
from intake.extraction.layout import Layout, Line
from intake.extraction.phrases import phrase_of
from intake.extraction.shapes import Box, PageText

LONGEST = 8  # words of a label
APART = 3.0  # ems of white between two words of which only one belongs to the label
FURTHEST_ASIDE = 30.0  # ems from a label to the value on its line
FURTHEST_ABOVE = 4.0  # ems from a label to the value below it
TO_THE_LEFT = 1.5  # ems by which a value may begin left of the label above it


def wording_near(page: PageText, box: Box) -> str:
    """The label beside a box, else above it, as `taught` wants it: plain lower-case words; "" if none."""
    laid_out = layout.of(page)
    line = _line_of(laid_out, box)
    return _beside(line, box) or _above(laid_out, line, box) if line else ""


def _line_of(laid_out: Layout, box: Box) -> Line | None:
    """The line with the box's first word on it, else the line that is nearest to the box."""
    middle = box.y + min(box.height, 1.5 * laid_out.em) / 2
    return min(laid_out.lines, key=lambda line: abs((line.top + line.bottom) / 2 - middle), default=None)


def _beside(line: Line, box: Box) -> str:
    """Words left of the box, back to a wide gap, a number or the colon of the label before."""
    left = [i for i, token in enumerate(line.tokens) if (token.left + token.right) / 2 < box.x]
    if not left or (box.x - line.tokens[left[-1]].right) / line.em > FURTHEST_ASIDE:
        return ""
    start = stop = left[-1] + 1
    while start > 0 and stop - start < LONGEST and _goes_on(line, start - 1, stop):
        start -= 1
    return phrase_of(" ".join(token.text for token in line.tokens[start:stop]))


def _goes_on(line: Line, index: int, stop: int) -> bool:
    text = line.tokens[index].text
    if sum(map(str.isdigit, text)) > 1:
        return False
    return index == stop - 1 or (line.gap_before(index + 1) <= APART and not text.endswith((":", ";", ",")))


def _above(laid_out: Layout, line: Line, box: Box) -> str:
    for over in reversed(laid_out.lines[: line.number]):
        if (box.y - over.bottom) / laid_out.em > FURTHEST_ABOVE:
            return ""
        for cell in over.cells:
            first, last = over.tokens[cell.start], over.tokens[cell.stop - 1]
            if first.left - TO_THE_LEFT * laid_out.em <= box.x <= last.right and len(cell) <= LONGEST:
                return phrase_of(" ".join(over.tokens[i].text for i in cell))
    return ""
