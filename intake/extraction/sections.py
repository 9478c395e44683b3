"""Whose lines these are: the patient's, the referrer's, the receiver's, the insurance's, or codes."""

from dataclasses import dataclass

from intake.extraction.kinds import SECTION_OF
from intake.extraction.labels import Labels
from intake.extraction.layout import Line
from intake.extraction.text import plain
from intake.extraction.vocabulary import section_words

REACH = 14  # lines up that a heading is looked for
LONGEST = 7  # words of a heading
RUNNING = 0.5  # share of the page's width from which a line without wide gaps is running text
OTHER_COLUMN = 6  # lines further away that a heading of another column counts
LEFT, RIGHT = 5, 36  # ems to either side of a heading's left edge that it governs
SHORT = 4  # letters; a section word as short must begin its cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell or label that names a section; `for_all`: it speaks for the whole width of the page."""

    section: str
    line: int
    left: int
    for_all: bool


class Sections:
    """The headings of one page, and what they govern."""

    def __init__(self, labels: Labels) -> None:
        self._em = labels.layout.em
        found = [*_cells_that_name(labels), *_labels_that_imply(labels)]
        self._headings = sorted(found, key=lambda heading: (heading.line, heading.left))

    def at(self, line: int, left: int) -> str:
        """The section of a place: by the nearest heading above, its own column first; or nothing."""
        nearest, section = float(REACH), ""
        for heading in self._headings:
            far = self._distance(heading, line, left)
            if far is not None and far <= nearest:
                nearest, section = far, heading.section
        return section

    def _distance(self, heading: Heading, line: int, left: int) -> float | None:
        up, aside = line - heading.line, (left - heading.left) / self._em
        if up < 0 or (up == 0 and aside <= 0):
            return None
        if heading.for_all or abs(aside) <= LEFT:
            return up
        return up + OTHER_COLUMN if 0 < aside <= RIGHT else None


def _cells_that_name(labels: Labels) -> list[Heading]:
    return [
        Heading(section, line.number, line.tokens[cell.start].left, _for_all(labels, line, cell))
        for line in labels.layout.lines
        for cell in line.cells
        if len(cell) <= LONGEST and (section := _named(" ".join(line.tokens[i].text for i in cell)))
    ]


def _labels_that_imply(labels: Labels) -> list[Heading]:
    """ "Patient DOB" says that what follows is the patient's."""
    found = []
    for label in labels.found:
        if section := SECTION_OF.get(label.meaning.partition("_")[0]):
            line = labels.layout.lines[label.line]
            found.append(Heading(section, label.line, label.left, _for_all(labels, line, line.cells[0])))
    return found


def _for_all(labels: Labels, line: Line, cell: range) -> bool:
    """A heading alone on its line, without a value, or a line of running text."""
    if len(line.cells) > 1:
        return False
    with_value = any(
        cell.start <= label.start and label.stop < cell.stop for label in labels.by_line[line.number]
    )
    return not with_value or line.tokens[-1].right - line.tokens[0].left > RUNNING * labels.layout.width


def _named(text: str) -> str:
    words = plain(text)
    return next((section for section, phrases in section_words() if _any_in(phrases, words)), "")


def _any_in(phrases: frozenset[str], words: str) -> bool:
    return any(
        words == phrase
        or words.startswith(phrase + " ")
        or (len(phrase) > SHORT and f" {phrase} " in f" {words} ")
        for phrase in phrases
    )
