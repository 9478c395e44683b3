"""Text whose parts are tagged as the value of a field: «member_id|HPC884160271»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"«(\w+)\|([^»]*)»")


@dataclass(frozen=True)
class Tag:
    """One tagged run of text; two runs of the same field are different tags."""

    field: str
    place: int


@dataclass(frozen=True)
class Piece:
    """Part of a word, inside one tag or none."""

    text: str
    tag: Tag | None


Word = list[Piece]


def tagged(field: str, text: str) -> str:
    """The text, marked as the value of a field."""
    return f"«{field}|{text}»"


def plain(markup: str) -> str:
    """What is read on the page."""
    return _TAG.sub(r"\2", markup)


def fields_in(markup: str) -> set[str]:
    """The fields that the text has values of."""
    return {match[1] for match in _TAG.finditer(markup)}


def words(markup: str) -> Iterator[Word]:
    """The words in order: a space ends one, the edge of a tag does not; two spaces make an empty one."""
    word: Word = []
    for text, tag in _runs(markup):
        for place, part in enumerate(text.split(" ")):
            if place:
                yield word
                word = []
            if part:
                word.append(Piece(part, tag))
    if word:
        yield word


def wrapped(whole: list[Word], widths: list[float], space: float, limit: float) -> Iterator[list[Word]]:
    """Rows of words no wider than the limit, but of one word at least."""
    row: list[Word] = []
    used = 0.0
    for word, width in zip(whole, widths, strict=True):
        if row and used + space + width > limit:
            yield row
            row, used = [], 0.0
        row.append(word)
        used += width + (space if used else 0)
    if row:
        yield row


def text_of(row: list[Word]) -> str:
    """The row as it is read."""
    return " ".join("".join(piece.text for piece in word) for word in row if word)


def _runs(markup: str) -> Iterator[tuple[str, Tag | None]]:
    end = 0
    for match in _TAG.finditer(markup):
        yield markup[end : match.start()], None
        yield match[2], Tag(match[1], match.start())
        end = match.end()
    yield markup[end:], None
