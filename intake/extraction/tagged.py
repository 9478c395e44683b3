"""Candidates that the tagger gives away: names, payers, ids, addresses and reasons in any wording."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.extraction import addresses, gazetteer, names, sentences
from intake.extraction.candidate import FAIR_PROOF, STRONG_PROOF, Candidate
from intake.extraction.layout import Layout, Line, Token
from intake.extraction.tagging import Tags
from intake.extraction.text import tidy

BEGINS, GOES_ON = 0.3, 0.1  # probabilities from which a word begins a value, and continues one
ENDS = {"reason": 0.03, "patient_address": 0.05}  # sentences go on in words that could be anything
APART, APART_IN_TEXT = 3.0, 4.0  # ems of white within one value on a line
NEXT_LINE = 2.6  # ems from one line of a value to the next
TO_THE_LEFT = 2.0
PROOF = 0.6
CLEAR = 0.955  # confidence of the OCR engine from which a word is taken as it stands
FEWEST_WORDS, LONG_WORD, FEWEST_LONG_WORDS = 2, 4, 2
ID_SHAPE = re.compile(r"(?=[A-Z\-]*\d)[A-Z0-9][A-Z0-9\-]{3,15}")
ID_PIECE, JOINED_ID = re.compile(r"[A-Z]?\d{2,}[A-Z]?"), 0.9  # ems
SENTENCE_END = re.compile(r"(?<=[a-z0-9)])[.?]\s")
BETWEEN = re.compile(r"[:_#()=\[\]|]+")
NAME_ROLES = ("patient_first", "patient_last", "patient_middle")


@dataclass(frozen=True)
class Run:
    """Words of one role in a row on a line; `start` is the index of the first."""

    tokens: tuple[Token, ...]
    line: Line
    start: int

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(token.text for token in self.tokens)


def find(layout: Layout, tags: Tags) -> Iterator[Candidate]:
    """All of them on a page."""
    for run in _runs(layout, tags, NAME_ROLES):
        yield from _patient(run, tags)
    for role, made in MAKERS.items():
        for run in _runs(layout, tags, (role,)):
            yield from made([run])
    for role, made in OVER_LINES.items():
        groups = list(_joined(layout, _runs(layout, tags, (role,), APART_IN_TEXT)))
        for runs in groups + (_street_and_city(groups) if role == "patient_address" else []):
            yield from made(runs)
            yield from _sentence(layout, runs) if role == "reason" else ()


def _runs(layout: Layout, tags: Tags, roles: Sequence[str], apart: float = APART) -> list[Run]:
    return [run for line in layout.lines for run in _on_line(line, tags, roles, apart)]


def _on_line(line: Line, tags: Tags, roles: Sequence[str], apart: float) -> Iterator[Run]:
    """Runs of words that may have the role, cut back to what surely has."""
    chances = tags.along(line.tokens, *roles)
    if max(chances, default=0) <= BEGINS:
        return
    chances = _bridged(chances)
    goes_on = ENDS.get(roles[0], GOES_ON)
    begins = min(BEGINS, 4 * goes_on)
    start = 0
    for stop in range(1, len(chances) + 1):
        inside = stop < len(chances) and chances[stop] > goes_on and line.gap_before(stop) <= apart
        if inside and chances[stop - 1] > goes_on:
            continue
        sure = [i for i in range(start, stop) if chances[i] > begins]
        if sure:
            yield Run(line.tokens[sure[0] : sure[-1] + 1], line, sure[0])
        start = stop


def _bridged(chances: list[float]) -> list[float]:
    """Up to two doubtful words between sure ones belong to the same value: numbers within a sentence do."""
    around = range(1, 3)
    return [
        max(chance, 1.01 * GOES_ON)
        if any(chances[i - k] > BEGINS for k in around if i >= k)
        and any(chances[i + k] > BEGINS for k in around if i + k < len(chances))
        else chance
        for i, chance in enumerate(chances)
    ]


def _joined(layout: Layout, runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that go on below each other as one value."""
    groups: list[list[Run]] = []
    for run in runs:
        for group in groups:
            if _follows(group, run, layout.em):
                group.append(run)
                break
        else:
            groups.append([run])
    yield from groups


def _street_and_city(groups: list[list[Run]]) -> list[list[Run]]:
    """Pairs of a street and the city after it, which forms ask for in cells of their own."""
    return [
        [*street, *city]
        for street, city in pairwise(groups)
        if not addresses.ZIP.search(street[-1].text) and addresses.ZIP.search(city[-1].text)
    ]


def _follows(group: list[Run], run: Run, em: float) -> bool:
    last = group[-1]
    down = run.tokens[0].top - last.tokens[0].top
    left = min(one.tokens[0].left for one in group)
    right = max(one.tokens[-1].right for one in group)
    beside = run.tokens[0].left < right + em and run.tokens[-1].right > left - TO_THE_LEFT * em
    return 0 < down < NEXT_LINE * em and beside


def _patient(run: Run, tags: Tags) -> Iterator[Candidate]:
    """A whole name, or one part of it where its cell holds only that."""
    first = sum(tags.of(token, "patient_first") for token in run.tokens)
    last = sum(tags.of(token, "patient_last") for token in run.tokens)
    person = names.parse(_in_order(run, tags))
    if person and min(first, last) > BEGINS:
        yield _candidate([run], "person", person.full, parts=(person.first, person.last))
    elif part := names.single(run.text):
        yield _candidate([run], "name_part", part)


def _in_order(run: Run, tags: Tags) -> str:
    """The name's words, with a comma where the last name comes first but OCR lost it."""
    chances = [tags.of(token, "patient_last") - tags.of(token, "patient_first") for token in run.tokens]
    if "," in run.text or len(chances) < FEWEST_WORDS or chances[0] < BEGINS or chances[-1] > 0:
        return run.text
    cut = next((i for i, chance in enumerate(chances) if chance <= 0), 1)
    words = [token.text.strip(".") for token in run.tokens]
    return f"{' '.join(words[:cut])}, {' '.join(words[cut:])}"


def _clinician(runs: list[Run]) -> Iterator[Candidate]:
    person = names.parse(runs[0].text)
    if person:
        yield _candidate(runs, "person", person.full, parts=(person.first, person.last))


def _known(of: str, kind: str) -> Callable[[list[Run]], Iterator[Candidate]]:
    """The words; where they read badly, the known name that they nearly are."""

    def make(runs: list[Run]) -> Iterator[Candidate]:
        text = tidy(" ".join(run.text for run in runs)).strip("()")
        clear = min(token.confidence for run in runs for token in run.tokens) > CLEAR
        known = None if clear else gazetteer.nearest(text, of)
        if value := known.name if known else text:
            yield _candidate(runs, kind, value, proof=known.likeness if known else PROOF)

    return make


def _id(runs: list[Run]) -> Iterator[Candidate]:
    """The words joined, for the groups of a number stand apart; what a label left in front is cut off."""
    pieces = BETWEEN.split("".join(token.text for token in runs[0].tokens))
    value = max(pieces, key=lambda piece: (any(map(str.isdigit, piece)), len(piece))).strip(" .,;-").upper()
    if ID_SHAPE.fullmatch(value):
        yield _candidate(runs, "id", value)
        yield from _longer_id(runs[0], value)


def _longer_id(run: Run, value: str) -> Iterator[Candidate]:
    """With the group of digits right behind it, which the tagger took for something else."""
    line, stop = run.line, run.start + len(run.tokens)
    if stop < len(line.tokens) and line.gap_before(stop) <= JOINED_ID:
        more = line.tokens[stop].text.strip(" .,;-").upper()
        if ID_PIECE.fullmatch(more) and ID_SHAPE.fullmatch(value + more):
            tokens = (*run.tokens, line.tokens[stop])
            yield Candidate(
                "id", value + more, value + more, tokens, line.number, run.start, PROOF, tagged=True
            )


def _address(runs: list[Run]) -> Iterator[Candidate]:
    text = ", ".join(tidy(run.text) for run in runs)
    whole = addresses.find(text)
    if whole:
        yield _candidate(runs, "address", tidy(whole[0]), proof=STRONG_PROOF)
    elif any(map(str.isdigit, text)) and len(text.split()) > FEWEST_WORDS:
        yield _candidate(runs, "address", text)


def _reason(runs: list[Run]) -> Iterator[Candidate]:
    whole = " ".join(run.text for run in runs)
    texts = [tidy(text).removesuffix(";") for text in (whole, SENTENCE_END.split(whole, maxsplit=1)[0])]
    for text in dict.fromkeys(texts):
        if _says_something(text):
            yield _candidate(runs, "reason", text, proof=FAIR_PROOF)


def _says_something(text: str) -> bool:
    return len([word for word in text.split() if len(word) >= LONG_WORD]) >= FEWEST_LONG_WORDS


def _sentence(layout: Layout, runs: list[Run]) -> Iterator[Candidate]:
    """The whole sentence, and its end from the first word that was tagged on: tags break off at odd words."""
    first, last = runs[0], runs[-1]
    inside = [token for run in runs for token in run.tokens]
    before = sentences.to_the_left(layout, first.line, first.start)
    after = sentences.to_the_right(layout, last.line, last.start + len(last.tokens))
    for words in ([*before, *inside, *after], [*inside, *after], [*before, *inside]):
        text = tidy(" ".join(token.text for token in words))
        if len(words) > len(inside) and _says_something(text):
            line = _line_of(layout, words[0])
            at = line.tokens.index(words[0])
            yield Candidate("reason", text, text, tuple(words), line.number, at, FAIR_PROOF, tagged=True)


def _line_of(layout: Layout, token: Token) -> Line:
    return next(line for line in layout.lines if token in line.tokens)


MAKERS: dict[str, Callable[[list[Run]], Iterator[Candidate]]] = {
    "ref_provider": _clinician,
    "to_provider": _clinician,
    "member_id": _id,
    "group_no": _id,
}
OVER_LINES: dict[str, Callable[[list[Run]], Iterator[Candidate]]] = {
    "payer_name": _known("payers", "payer"),
    "to_specialty": _known("specialties", "specialty"),
    "patient_address": _address,
    "reason": _reason,
}


def _candidate(
    runs: Sequence[Run], kind: str, value: str, *, proof: float = PROOF, parts: tuple[str, str] | None = None
) -> Candidate:
    tokens = tuple(token for run in runs for token in run.tokens)
    first = runs[0]
    return Candidate(
        kind, value, value, tokens, first.line.number, first.start, proof, parts=parts, tagged=True
    )
