"""Whether two faxes say the same, by what was read on them: the person, and the words in the same places.

Pure. Two patients on one form look alike; what tells them apart is read. Two of last name, first name and
birth date must be the same and the third must not be another. Where only the birth date was read on both, a
name would stand among the words that differ, so hardly one may. Papers that name nobody (an advertisement)
are the same when no word that was read surely on both differs. A referral whose patient could not be read is
like no other: its form, filled in by hand, would be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from statistics import median
from typing import Any

from organizations.names import name_key

NAMES = ("patient_last", "patient_first")
WHO = (*NAMES, "patient_dob")
AGREEING = 2  # of the three
NEARLY = 0.8  # of a name's letters: what a misread letter leaves
SURE = 0.8  # the engine's own confidence
TELLING = 3  # letters or digits
SAME_WORD = 0.75  # of its letters
COMPARED = 20  # words; fewer prove nothing
MISREAD = 0.015  # of the words compared, surely read and yet wrong
DIFFERING = 0.25  # of the words compared; a corrected value is far less, another letter is more

Values = Mapping[str, str]
StoredWords = Sequence[Sequence[Any]]  # as Page.words


class Person(Enum):
    """What two papers say of their patients."""

    SAME = "same"
    LIKELY = "likely"  # one birth date, and no name was read on both
    UNKNOWN = "unknown"  # too little was read on either
    OTHER = "other"


def person(one: Values, other: Values) -> Person:
    """Whether two papers are about one patient."""
    read = [key for key in WHO if one.get(key) and other.get(key)]
    same = [key for key in read if name_key(one[key]) == name_key(other[key])]
    if _names(one) == _names(other):  # also last name first
        same = [*NAMES, *(["patient_dob"] if "patient_dob" in same else [])]
    others = [key for key in read if key not in same]
    if not all(_nearly(key, one, other) for key in others):
        return Person.OTHER
    if len(same) >= AGREEING:
        return Person.SAME
    return Person.LIKELY if same == ["patient_dob"] and not others else Person.UNKNOWN


def _names(values: Values) -> list[str]:
    names = [name_key(values.get(key, "")) for key in NAMES]
    return sorted(names) if all(names) else [str(id(values))]


def _nearly(key: str, one: Values, other: Values) -> bool:
    return _alike(name_key(one[key]), name_key(other[key])) >= NEARLY


@dataclass(frozen=True)
class Compared:
    """How many words stand in the same place on two pages, and how many of them are other words."""

    words: int
    differing: int

    def is_enough_for(self, persons: set[Person]) -> bool:
        """The less is known of the patients, the less may differ: a name that was lost would stand there."""
        if persons <= {Person.SAME}:
            return self.differing <= DIFFERING * self.words
        allowed = MISREAD * self.words if persons <= {Person.SAME, Person.LIKELY} else 0
        return Person.OTHER not in persons and self.words >= COMPARED and self.differing <= allowed


def compared(pairs: Iterable[tuple[StoredWords, StoredWords]]) -> Compared:
    """All pages together; each pair is the words of a page and those of the page it looks like."""
    verdicts = [verdict for one, other in pairs for verdict in _verdicts(_sure(one), _sure(other))]
    return Compared(len(verdicts), verdicts.count(False))


@dataclass(frozen=True)
class _Word:
    text: str
    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "_Word") -> bool:
        """Whether the other stands where this one does."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        off = abs(self.y + self.height / 2 - other.y - other.height / 2)
        return 2 * across > min(self.width, other.width) and 2 * off < max(self.height, other.height)

    def says_the_same(self, other: "_Word") -> bool:
        """Up to a misread letter, or a word cut in two."""
        a, b = self.text, other.text
        return a in b or b in a or _alike(a, b) >= SAME_WORD


def _sure(words: StoredWords) -> list[_Word]:
    plain = [
        ("".join(c for c in text.casefold() if c.isalnum()), *box)
        for text, *box, conf in words
        if conf >= SURE
    ]
    return [_Word(*word) for word in plain if len(word[0]) >= TELLING]


def _verdicts(words: list[_Word], others: list[_Word]) -> list[bool]:
    """For each word with one in its place on the other page: whether it says the same."""
    across, down = _offset(words, others)
    moved = [_Word(w.text, w.x + across, w.y + down, w.width, w.height) for w in words]
    matches = [(word, [other for other in others if word.covers(other)]) for word in moved]
    return [any(word.says_the_same(other) for other in there) for word, there in matches if there]


def _offset(words: list[_Word], others: list[_Word]) -> tuple[float, float]:
    """How far the second page lies from the first, by the words that occur once on each."""
    a, b = _once(words), _once(others)
    common = a.keys() & b.keys()
    if not common:
        return 0, 0
    return median(b[t].x - a[t].x for t in common), median(b[t].y - a[t].y for t in common)


def _once(words: list[_Word]) -> dict[str, _Word]:
    texts = [word.text for word in words]
    return {word.text: word for word in words if texts.count(word.text) == 1}


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
