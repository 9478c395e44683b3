"""Where on a page a value stands that a person typed. Pure.

Found only as it is printed: the same date, digits, code or words. A value that the OCR misread is not found,
and then nothing is learned from the correction.
"""

from collections.abc import Iterator
from datetime import date

from intake import fields, typed
from intake.extraction import Box, PageText, layout
from intake.extraction.layout import Line
from organizations.names import name_key

LONGEST = 8  # words of a value
EDGES = " .,;:|_()[]"
WORDS = (typed.line, typed.name, typed.text)
SEVERAL = (typed.icd10, typed.cpt)


def places_of(key: str, value: str, page: PageText, *, today: date) -> list[Box]:
    """The boxes of a field's value (normal form; of several codes the first) on one page."""
    field = fields.BY_KEY[key]
    wanted = value.split(", ", maxsplit=1)[0] if field.parse in SEVERAL else value
    found: list[Box] = []
    for line in layout.of(page).lines:
        start = 0
        while start < len(line.tokens):
            stop = next((end for end in _ends(line, start) if _is(field, wanted, line, start, end, today)), 0)
            if box := layout.box_of(line.tokens[start:stop]) if stop else None:
                found.append(box)
            start = stop or start + 1
    return found


def _ends(line: Line, start: int) -> Iterator[int]:
    """Shortest first: a word more may still be the same value, but not the same place."""
    yield from range(start + 1, min(len(line.tokens), start + LONGEST) + 1)


def _is(field: fields.Field, wanted: str, line: Line, start: int, stop: int, today: date) -> bool:
    text = " ".join(token.text for token in line.tokens[start:stop]).strip(EDGES)
    if field.parse in WORDS:
        return name_key(text) == name_key(wanted) != ""
    if not text or (any(map(str.isdigit, wanted)) and not any(map(str.isdigit, text))):
        return False
    try:
        return field.parse(text, today) == wanted
    except typed.Wrong:
        return False
