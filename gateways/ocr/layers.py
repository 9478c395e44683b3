"""The text that a PDF carries beside its picture, believed only where the picture says the same.

A text layer may be stale, hidden or forged, so it never adds a word and never overrules print: on a page that
agrees with its layer as a whole, a word that OCR took for its twin (O for 0, l for 1) is written as the layer
has it.
"""

import ctypes
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gateways.ocr import Word

MOST_CHARACTERS = 12_000  # a page of small print has 6,000; a longer layer is passed over
FEWEST_WORDS = 8
AGREEING = 0.8  # share of the layer's words that must stand on the picture, give or take twins
OVERLAP = 0.5  # of the smaller box, from which two words are in one place
ROW = 64  # pixels; words are looked for in the rows they touch
TWINS = str.maketrans("OoQIl|!SsZzBG", "0001111552286")
UNCERTAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")


def layer_of(page: pdfium.PdfPage, width: int, height: int) -> tuple[Word, ...]:
    """The words of a page's text layer in pixels of its picture of that size; none if there are too many."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if not 0 < count <= MOST_CHARACTERS:
            return ()
        letters = [(chr(pdfium_c.FPDFText_GetUnicode(text, at)), at) for at in range(count)]
        runs = groupby(letters, key=lambda letter: not letter[0].isspace() and letter[0].isprintable())
        words = [list(run) for visible, run in runs if visible]
        return tuple(_word(page, text, word, (width, height)) for word in words)
    finally:
        text.close()


def _word(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, letters: list[tuple[str, int]], size: tuple[int, int]
) -> Word:
    boxes = [text.get_charbox(at) for _, at in letters]  # left, bottom, right, top; PDF units
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    corners = [_pixel(page, size, x, y) for x, y in ((min(lefts), max(tops)), (max(rights), min(bottoms)))]
    (x0, x1), (y0, y1) = (sorted(edges) for edges in zip(*corners, strict=True))
    return Word("".join(letter for letter, _ in letters), x0, y0, x1 - x0, y1 - y0, 1.0)


def _pixel(page: pdfium.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def repaired(words: Sequence[Word], layer: Sequence[Word]) -> tuple[Word, ...]:
    """The words, those with a twin in an agreeing layer written as it has them; else as they are."""
    rows: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        for row in _rows(word):
            rows[row].append(at)
    partners = [(told, _partner(told, words, rows)) for told in layer]
    agreed = [(told, at) for told, at in partners if at is not None and _alike(told.text, words[at].text)]
    if len(layer) < FEWEST_WORDS or len(agreed) < AGREEING * len(layer):
        return tuple(words)
    mended = list(words)
    for told, at in agreed:
        mended[at] = replace(words[at], text=told.text)
    return tuple(mended)


def _partner(told: Word, words: Sequence[Word], rows: dict[int, list[int]]) -> int | None:
    """The place in `words` of the word that covers most of that one."""
    near = {at for row in _rows(told) for at in rows.get(row, ())}
    best = max(near, key=lambda at: _shared(told, words[at]), default=None)
    return best if best is not None and _shared(told, words[best]) >= OVERLAP else None


def _rows(word: Word) -> range:
    return range(word.y // ROW, (word.y + word.height) // ROW + 1)


def _shared(one: Word, other: Word) -> float:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    smaller = min(one.width * one.height, other.width * other.height)
    return max(0, across) * max(0, down) / max(1, smaller)


def _alike(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return text.translate(UNCERTAIN).replace("rn", "m").translate(TWINS).casefold()
