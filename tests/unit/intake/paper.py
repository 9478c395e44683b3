"""Pages for the tests of reading, laid out from text: two or more blanks make a wide gap."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from intake.extraction import labels, layout

WIDTH, HEIGHT = 1728, 2200
LETTER, LINE, TALL = 14, 48, 24  # pixels


@dataclass(frozen=True)
class Word:
    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True)
class Page:
    number: int
    width: int
    height: int
    words: tuple
    image: bytes


def page_of(text, *, number=1, confidence=0.95, inked=()):
    """A page with this text from a third down; `inked` boxes (x0, y0, x1, y1) are black in its picture."""
    words = []
    for row, line in enumerate(text.strip("\n").split("\n")):
        column = 0
        for part in line.split(" "):
            if part:
                words.append(
                    Word(part, 100 + column * LETTER, 400 + row * LINE, len(part) * LETTER, TALL, confidence)
                )
            column += len(part) + 1
    picture = Image.new("1", (WIDTH, HEIGHT), 1)
    for box in inked:
        ImageDraw.Draw(picture).rectangle(box, fill=0)
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    return Page(number, WIDTH, HEIGHT, tuple(words), packed.getvalue())


def labels_of(text):
    """The labels of a page with this text."""
    return labels.find(layout.of(page_of(text)))
