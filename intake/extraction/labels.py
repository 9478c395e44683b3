"""Label phrases on a page, what they mean, and how much each looks like a label."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from intake.extraction.layout import Layout, Line
from intake.extraction.phrases import exactly, nearly, phrase_of

LONGEST = 8  # words
WITHIN_PHRASE = 1.7  # ems of white that two words of one label may have between them
BETWEEN_WORDINGS = 3.0  # ems of white, and perhaps a slash, between two wordings of one label
BEFORE, AFTER = 1.3, 0.9  # ems of white that set a label off from the words before and after it
BEFORE_COLON, OWN_CELL, STARTS_CELL, IN_TEXT = 1.0, 0.95, 0.8, 0.5
STRONG = STARTS_CELL  # a label that is at least this strong ends the value before it
CLEAR_IN_TEXT = ("patient_dob", "npi", "ref_npi", "phone", "fax", "icd10", "cpt", "patient_sex")
QUALIFIED = ("phone", "fax", "name", "address", "npi")  # "Clinic" + "Phone" ask for one thing
ENDS_IN_COLON = re.compile(r"[:?]$|\.{3,}|_{2,}$")
COLON_FOLLOWS = re.compile(r"[:.…_]+$|:|\.{3,}|_{2,}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label phrase: words `start` to `stop` of a line; `strength` 0 to 1."""

    meaning: str
    phrase: str
    line: int
    start: int
    stop: int
    strength: float
    left: int
    top: int
    right: int
    bottom: int
    taught: bool = False  # by corrections of this sender's faxes

    @property
    def colon(self) -> bool:
        """Whether a colon, dots or a rule lead from it to its value."""
        return self.strength == BEFORE_COLON


@dataclass(frozen=True)
class Labels:
    """The labels of one page."""

    layout: Layout
    found: tuple[Label, ...]

    @cached_property
    def by_line(self) -> dict[int, list[Label]]:
        """Line number -> its labels from left to right."""
        lines = defaultdict(list)
        for label in self.found:
            lines[label.line].append(label)
        return lines


def find(layout: Layout, taught: Mapping[str, str] | None = None) -> Labels:
    """All labels of a page; `taught` has further phrases, and beats the vocabulary where both have one."""
    return Labels(layout, tuple(label for line in layout.lines for label in _in_line(line, taught or {})))


def _in_line(line: Line, taught: Mapping[str, str]) -> list[Label]:
    found: list[Label] = []
    index = 0
    while index < len(line.tokens):
        label = _label_at(line, index, taught)
        if label is None:
            index += 1
            continue
        if found and _one_with(found[-1], label, line):
            label = replace(label, meaning=_of_both(found.pop(), label))
        if label.meaning == "patient_last" and any(other.meaning == "patient_last" for other in found):
            label = replace(label, meaning="patient_first")  # no line asks twice for it: "Fast Name"
        found.append(label)
        index = label.stop
    return found


def _label_at(line: Line, start: int, taught: Mapping[str, str]) -> Label | None:
    """The longest phrase from this word on that is a label, or nearly one where a label is likely."""
    for stop in range(min(len(line.tokens), start + LONGEST), start, -1):
        if _broken(line, start, stop):
            continue
        strength = _strength(line, start, stop)
        phrase = phrase_of(" ".join(token.text for token in line.tokens[start:stop]))
        if phrase in taught:
            return replace(
                _label(line, range(start, stop), taught[phrase], phrase, BEFORE_COLON), taught=True
            )
        found = exactly(phrase) or (nearly(phrase) if strength > IN_TEXT else None)
        if found and _counts(phrase, *found, strength):
            return _label(line, range(start, stop), found[0], phrase, strength)
    return None


def _broken(line: Line, start: int, stop: int) -> bool:
    """Whether a wide gap or a colon inside shows that these words are not one phrase."""
    inside = range(start + 1, stop)
    return any(line.gap_before(i) > WITHIN_PHRASE or line.tokens[i - 1].text.endswith(":") for i in inside)


def _strength(line: Line, start: int, stop: int) -> float:
    following = line.tokens[stop].text if stop < len(line.tokens) else ""
    if ENDS_IN_COLON.search(line.tokens[stop - 1].text) or COLON_FOLLOWS.match(following):
        return BEFORE_COLON
    before = line.tokens[start - 1].text if start else ""
    if start and line.gap_before(start) <= BEFORE and before not in "/|" and not before.endswith(":"):
        return IN_TEXT
    return OWN_CELL if not following or line.gap_before(stop) > AFTER else STARTS_CELL


def _counts(phrase: str, meaning: str, ambiguous: bool, strength: float) -> bool:
    if len(phrase) == 1:
        return strength == BEFORE_COLON
    if ambiguous or (" " not in phrase and meaning not in CLEAR_IN_TEXT):
        return strength in (BEFORE_COLON, OWN_CELL)
    return True


def _label(line: Line, words: range, meaning: str, phrase: str, strength: float) -> Label:
    tokens = line.tokens[words.start : words.stop]
    return Label(
        meaning=meaning,
        phrase=phrase,
        line=line.number,
        start=words.start,
        stop=words.stop,
        strength=strength,
        left=tokens[0].left,
        top=min(token.top for token in tokens),
        right=tokens[-1].right,
        bottom=max(token.bottom for token in tokens),
    )


def _one_with(before: Label, label: Label, line: Line) -> bool:
    """Whether two labels in a row are one in two wordings ("Apellido / Last Name") or in two parts."""
    if before.stop != label.start or before.colon:
        return False
    gap = line.gap_before(label.start)
    if before.meaning == label.meaning:
        return gap <= BETWEEN_WORDINGS
    return gap <= WITHIN_PHRASE and label.meaning in QUALIFIED


def _of_both(before: Label, label: Label) -> str:
    return label.meaning if before.meaning == "name" else before.meaning
