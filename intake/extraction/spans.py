"""The space beside and below a label in which its value stands, bounded by the next label."""

import re
from dataclasses import dataclass

from intake.extraction.labels import STRONG, Label, Labels
from intake.extraction.layout import Layout, Line, Token

GAP_RIGHT = 3.0  # ems of white at which the value beside a label ends
GAP_AFTER_COLON = 4.0
FIRST_BELOW, NEXT_BELOW = 3.2, 1.2  # ems down to the first line below a label, and from line to line
LINES_BELOW = 3
ROOM_TO_SIGN = 9  # ems between "Sincerely" and the printed name
LOOK_DOWN = 7
LINES_AROUND = 3
FULL_LINE = 0.72  # share of the page's width that a line reaches when its text goes on below
ALIGNED = 1.5  # ems
SENTENCE_END = re.compile(r"[.?!]\W*$")
TO_THE_LEFT = 1.5  # ems by which a value may begin left of the label above it


@dataclass(frozen=True, slots=True)
class Span:
    """Words in a row on one line; `start` is the index of the first."""

    tokens: tuple[Token, ...]
    line: int
    start: int

    @property
    def text(self) -> str:
        """The words with a space between, without the rules and colons before them."""
        return " ".join(token.text for token in self.tokens).lstrip(" :|_.-").rstrip(" |_-")


def right_of(labels: Labels, label: Label) -> Span:
    """The words after a label on its line, up to the next label or a wide gap."""
    line = labels.layout.lines[label.line]
    following = [
        other
        for other in labels.by_line[label.line]
        if other.start >= label.stop and other.strength >= STRONG
    ]
    stop = following[0].start if following else len(line.tokens)
    widest = GAP_AFTER_COLON if label.colon else GAP_RIGHT
    end = label.stop
    while end < stop and (end == label.stop or line.gap_before(end) <= widest):
        end += 1
    return Span(line.tokens[label.stop : end], label.line, label.stop)


def below(labels: Labels, label: Label) -> list[Span]:
    """The lines under a label, in its column, until another label or too much white."""
    found: list[Span] = []
    layout, right_edge, bottom = labels.layout, _column_end(labels, label), label.bottom
    room = ROOM_TO_SIGN if label.meaning == "sign_off" else FIRST_BELOW
    for line in layout.lines[label.line + 1 : label.line + LOOK_DOWN]:
        span = _in_column(line, label, right_edge)
        if span is None:
            continue
        white = (min(token.top for token in span.tokens) - bottom) / layout.em
        if white > room or _is_labelled(labels, line, label, right_edge):
            break
        found.append(span)
        room, bottom = NEXT_BELOW, max(token.bottom for token in span.tokens)
        if len(found) == LINES_BELOW:
            break
    return found


def running_on(layout: Layout, span: Span) -> list[Span]:
    """The lines on which the text of a span goes on: aligned with it, or with the paragraph it stands in."""
    found = [span]
    paragraph = layout.lines[span.line].tokens[0].left
    for line in layout.lines[span.line + 1 : span.line + LOOK_DOWN]:
        last = found[-1]
        if SENTENCE_END.search(last.text) or last.tokens[-1].right < FULL_LINE * layout.width:
            break
        if line.top - max(token.bottom for token in last.tokens) > NEXT_BELOW * layout.em:
            break
        starts = [cell for cell in line.cells if _starts_at(line, cell, (span.tokens[0].left, paragraph))]
        if not starts:
            break
        tokens = line.tokens[starts[0].start : starts[0].stop]
        found.append(Span(tokens, line.number, starts[0].start))
    return found


def _starts_at(line: Line, cell: range, lefts: tuple[int, int]) -> bool:
    return any(abs(line.tokens[cell.start].left - left) <= ALIGNED * line.em for left in lefts)


def _column_end(labels: Labels, label: Label) -> float:
    """Where the next column begins: at the next label of the line, or of the lines around it."""
    em = labels.layout.em
    value_end = max([label.right, *(token.right for token in right_of(labels, label).tokens)])
    lefts = [
        other.left
        for line in range(label.line - LINES_AROUND, label.line + LINES_AROUND + 1)
        for other in labels.by_line[line]
        if other.strength >= STRONG and other.left > (label.right if line == label.line else value_end + em)
    ]
    return min(lefts) - 0.5 * em if lefts else float(labels.layout.width)


def _in_column(line: Line, label: Label, right_edge: float) -> Span | None:
    inside = [
        index
        for index, token in enumerate(line.tokens)
        if label.left - TO_THE_LEFT * line.em <= token.left < right_edge
        and token.top > label.top + 0.5 * line.em
    ]
    if not inside:
        return None
    end = inside[0] + 1
    while end in inside and line.gap_before(end) <= GAP_RIGHT + 0.5:
        end += 1
    return Span(line.tokens[inside[0] : end], line.number, inside[0])


def _is_labelled(labels: Labels, line: Line, label: Label, right_edge: float) -> bool:
    left_edge = label.left - 2 * line.em
    return any(
        left_edge <= other.left < right_edge and other.strength >= STRONG
        for other in labels.by_line[line.number]
    )
