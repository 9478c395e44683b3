"""People's names: cut from what surrounds them, split into first and last, told from other capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.extraction.vocabulary import table

_WORDS = table("names")
SUFFIXES, PARTICLES = frozenset(_WORDS["suffixes"]), frozenset(_WORDS["particles"])
NEVER, SELDOM = frozenset(_WORDS["never"].split()), frozenset(_WORDS["seldom"].split())
CREDENTIAL = rf"(?:{'|'.join(map(re.escape, _WORDS['credentials']))})"
LETTER = r"A-Za-z\u00C0-\u017F"
TITLE = re.compile(rf"^\s*(?:{'|'.join(_WORDS['titles'])})\b[.,]?\s+", re.IGNORECASE)
WITH_CREDENTIAL = re.compile(rf"[,\s]+{CREDENTIAL}(?![A-Za-z])[\s.,]*", re.IGNORECASE)
IS_CREDENTIAL = re.compile(rf"\b{CREDENTIAL}(?![A-Za-z])|^\s*(?i:Dr)\b")
STOPS = re.compile(
    r"\b(?:NPI|DOB|D\.O\.B|Date|Sex|Phone|Tel|Fax|MRN|Age|Male|Female|born|ID|on \d)\b|[(\[|:;]|\d",
    re.IGNORECASE,
)
PART = rf"[A-Z][{LETTER}'\u2019\-]*[{LETTER}]"
SHAPE = re.compile(rf"\b{PART}(?:,)?(?:\s+[A-Z]\.?)?(?:\s+{PART}){{1,2}}\b")
WORD = re.compile(rf"[{LETTER}][{LETTER}'\u2019\-]*")
AT_COMMA = re.compile(rf"([^,.]{{2,40}}?)\s*[,.]\s*([{LETTER}'\u2019\-]{{2,}}.*)")
AN_INITIAL = re.compile(r"[A-Z]|.*\s[A-Z]")
FEWEST_WORDS, MOST_WORDS = 2, 5
MOST_IN_PART = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name; `professional` says that a title of a clinician stood with it."""

    first: str
    last: str
    professional: bool

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


def parse(text: str) -> Person | None:
    """The name that the text begins with, "Last, First" or "First Last"; None when it is not one."""
    professional = IS_CREDENTIAL.search(text) is not None
    text = TITLE.sub("", text.strip(" .:|_-—~*'\""))
    text = WITH_CREDENTIAL.split(text + " ", maxsplit=1)[0] if professional else text
    text = STOPS.split(text, maxsplit=1)[0].strip(" .,:_-—~*'\"")
    surname, given = _at_comma(text)
    if given:
        first, last = _words(given), _words(surname)
        return _person(first[:1], last, professional) if len(last) <= MOST_IN_PART else None
    words = _words(text)
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return None
    return _person(words[:1], words[_where_last_begins(words) :], professional)


def everywhere(text: str) -> Iterator[tuple[Person, int, int]]:
    """Each run of capitalised words that may be a person, with where it stands."""
    for match in SHAPE.finditer(text):
        if (SELDOM | NEVER) & {word.lower().strip(",.") for word in match[0].split()}:
            continue
        credential = re.match(rf",?\s+{CREDENTIAL}(?![A-Za-z])", text[match.end() :])
        stop = match.end() + (credential.end() if credential else 0)
        title = "Dr. " if re.search(r"\bDr\.?\s*$", text[: match.start()]) else ""
        if person := parse(title + text[match.start() : stop]):
            yield person, match.start(), stop


def single(text: str) -> str:
    """One part of a name from a cell that holds only that part; empty when it does not look like one."""
    words = _words(STOPS.split(text, maxsplit=1)[0])
    part = " ".join(word for word in words if len(word) > 1)
    return part if len(words) <= MOST_IN_PART and not NEVER & set(part.lower().split()) else ""


def _at_comma(text: str) -> tuple[str, str]:
    """Cut "Last, First" at its comma, which OCR often reads as a full stop."""
    match = AT_COMMA.match(text)
    if not match or match[1].lower() in SUFFIXES or AN_INITIAL.fullmatch(match[1]):
        return text, ""
    return match[1], match[2]


def _words(text: str) -> list[str]:
    return [word.strip("'-\u2019") for word in WORD.findall(text) if word.lower() not in SUFFIXES]


def _where_last_begins(words: list[str]) -> int:
    """The last word is the last name, with the particles before it."""
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    return cut


def _person(first: list[str], last: list[str], professional: bool) -> Person | None:
    last = [word for word in last if len(word) > 1]
    if not first or not last or len(first[0]) == 1 or NEVER & {word.lower() for word in [*first, *last]}:
        return None
    if first[0].islower() and last[0].islower():
        return None
    return Person(first[0], " ".join(last), professional)
