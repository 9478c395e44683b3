"""A possible value: what it is, where it stands, and how much its form alone says for it."""

from dataclasses import dataclass

from intake.extraction.labels import Label
from intake.extraction.layout import Line, Token

FULL_PROOF, STRONG_PROOF, FAIR_PROOF, WEAK_PROOF = 1.0, 0.9, 0.7, 0.45


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of one kind (`kinds.ROLES`). `proof` 0 to 1: how much its form alone shows that it was
    read right and is of its kind. `label` is set when it was found from a label, `ticked` when from a box."""

    kind: str
    value: str
    display: str
    tokens: tuple[Token, ...]
    line: int
    start: int  # index of its first word on the line
    proof: float
    repaired: bool = False
    label: Label | None = None
    ticked: bool = False
    parts: tuple[str, str] | None = None  # first and last name of a person
    tagged: bool = False  # found by the tagger, not by its form or label

    @property
    def left(self) -> int:
        """Left edge of its first word."""
        return self.tokens[0].left

    @property
    def right(self) -> int:
        """Right edge of its last word."""
        return self.tokens[-1].right

    @property
    def top(self) -> int:
        """Upper edge of its first word."""
        return self.tokens[0].top


def on_line(
    line: Line, start: int, stop: int, kind: str, value: str, /, *, proof: float, **more: object
) -> Candidate:
    """A candidate at characters start to stop of a line, shown as it stands unless `display` says how."""
    words = line.between(start, stop)
    facts = {"display": value, **more}
    tokens = tuple(line.tokens[i] for i in words)
    place = {"tokens": tokens, "line": line.number, "start": words.start}
    return Candidate(kind, value, proof=proof, **place, **facts)  # type: ignore[arg-type]
