"""What stands around a candidate: the label that governs it, its section, its place on the page."""

from dataclasses import dataclass

from intake.extraction.candidate import Candidate
from intake.extraction.kinds import speaks_of
from intake.extraction.labels import Label, Labels
from intake.extraction.sections import Sections

WORDS_BETWEEN = 8
WORDS_IN_LIST = 40  # codes stand in lists, each with its own words
LISTED = ("icd10", "cpt")
EACH_WORD, EACH_EM, FREE_GAP = (
    0.22,
    0.015,
    2,
)  # what a word, or an em of white beyond the free gap, takes away
FULL_LINE = 0.72  # share of the page's width that a line of running text reaches
WORDS_AT_LINE_END = 3
LINES_UP, REACH_DOWN = 13, 3.2  # lines and ems from a label to the value below it
TO_THE_LEFT = 1.5  # ems by which a value may begin left of the label above it
ABOVE, EACH_EM_DOWN, EACH_EM_ASIDE = 0.93, 0.15, 0.05
FREE_DOWN, FREE_ASIDE = 1, 2
CLEAR, OWN_LABEL = 0.9, 0.75  # nearness beyond doubt; nearness of the label a candidate was found from


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`near` is 1 right beside or under the label, less with every word and em between; 0 without a label."""

    label: Label | None
    near: float
    section: str
    height: float  # 0 at the top of the page, 1 at its foot
    first_page: bool
    alone: bool  # nothing else stands in its cell


@dataclass(frozen=True, slots=True)
class Governed:
    """A label that may govern a candidate, and how near it is, 0 to 1."""

    label: Label | None = None
    near: float = 0.0


def of(candidate: Candidate, labels: Labels, sections: Sections) -> Surroundings:
    """The surroundings of a candidate on its page."""
    governed = _governed(candidate, labels)
    place = governed.label or candidate
    return Surroundings(
        label=governed.label,
        near=governed.near,
        section=sections.at(place.line, place.left),
        height=candidate.top / max(1, labels.layout.height),
        first_page=labels.layout.number == 1,
        alone=_alone(candidate, labels),
    )


def _governed(candidate: Candidate, labels: Labels) -> Governed:
    """By the label a reader would take the value for: beside it, else above it, whichever is nearer."""
    nearest = max(_beside(candidate, labels), _above(candidate, labels), key=lambda governed: governed.near)
    own = candidate.label
    if own is None or nearest.near >= CLEAR or nearest.label is own:
        return nearest
    agree = nearest.label is None or nearest.label.meaning == own.meaning
    return Governed(own, max(OWN_LABEL, nearest.near) if agree else OWN_LABEL)


def _beside(candidate: Candidate, labels: Labels) -> Governed:
    """The last label before it on its line, or at the end of the line above in running text."""
    before = [label for label in labels.by_line[candidate.line] if label.stop <= candidate.start]
    label = next((label for label in reversed(before) if speaks_of(label.meaning, candidate.kind)), None)
    if label is None:
        return Governed() if before else _at_end_of_line_above(candidate, labels)
    between = candidate.start - label.stop
    if between > (WORDS_IN_LIST if candidate.kind in LISTED else WORDS_BETWEEN):
        return Governed()
    gap = max(0.0, (candidate.left - label.right) / labels.layout.em - FREE_GAP)
    return Governed(label, label.strength / (1 + EACH_WORD * between + EACH_EM * gap))


def _at_end_of_line_above(candidate: Candidate, labels: Labels) -> Governed:
    layout = labels.layout
    if candidate.line == 0:
        return Governed()
    line, above = layout.lines[candidate.line], layout.lines[candidate.line - 1]
    apart = len(above.cells) > 1 or line.top - above.bottom > layout.em
    ending = [label for label in labels.by_line[above.number] if speaks_of(label.meaning, candidate.kind)]
    if apart or not ending or above.tokens[-1].right < FULL_LINE * layout.width:
        return Governed()
    between = len(above.tokens) - ending[-1].stop + candidate.start
    if between > WORDS_AT_LINE_END:
        return Governed()
    return Governed(ending[-1], ending[-1].strength / (1 + EACH_WORD * between))


def _above(candidate: Candidate, labels: Labels) -> Governed:
    lines = range(candidate.line - 1, max(-1, candidate.line - LINES_UP - 1), -1)
    able = (
        label
        for line in lines
        for label in labels.by_line[line]
        if speaks_of(label.meaning, candidate.kind) and _is_over(label, candidate, labels)
    )
    em = labels.layout.em
    found = [Governed(label, _nearness_from_above(label, candidate, em)) for label in able]
    return max(found, key=lambda governed: governed.near, default=Governed())


def _is_over(label: Label, candidate: Candidate, labels: Labels) -> bool:
    em = labels.layout.em
    down, aside = (candidate.top - label.bottom) / em, (candidate.left - label.left) / em
    overlaps = aside >= -TO_THE_LEFT or candidate.left < label.left < candidate.right
    return -1 <= down <= REACH_DOWN and overlaps and candidate.left < _cell_end(label, labels)


def _nearness_from_above(label: Label, candidate: Candidate, em: float) -> float:
    down = max(0.0, (candidate.top - label.bottom) / em - FREE_DOWN)
    aside = max(0.0, (candidate.left - label.left) / em - FREE_ASIDE)
    return ABOVE * label.strength / (1 + EACH_EM_DOWN * down + EACH_EM_ASIDE * aside)


def _cell_end(label: Label, labels: Labels) -> float:
    after = [other.left for other in labels.by_line[label.line] if other.start >= label.stop]
    return after[0] - 0.5 * labels.layout.em if after else float(labels.layout.width)


def _alone(candidate: Candidate, labels: Labels) -> bool:
    cells = labels.layout.lines[candidate.line].cells
    cell = next((cell for cell in cells if candidate.start in cell), range(0))
    return len(cell) <= len(candidate.tokens)
