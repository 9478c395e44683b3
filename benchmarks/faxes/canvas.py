"""A sheet of paper at 300 dpi that remembers each line of text and each field value with its box."""

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from benchmarks.faxes.faces import POINT, Face, Pen, Print
from benchmarks.faxes.markup import Piece, Tag, Word, fields_in, plain, text_of, words, wrapped
from benchmarks.faxes.pen import smooth

Box = tuple[float, float, float, float]
LETTER = (2550, 3300)  # 8.5 x 11 inches
ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}
LINE_HEIGHT, LEADING = 1.15, 1.3  # of the size of the letters
PEN_SIZE = 1.15  # people write larger than forms are printed


@dataclass(frozen=True)
class Line:
    """A line of text on the page."""

    text: str
    box: Box
    by_hand: bool


@dataclass(frozen=True)
class Mark:
    """Where a value of a field stands."""

    field: str
    box: Box


class Canvas:
    """A blank page, and what can be drawn on it at a place. All measures are pixels, sizes are points."""

    def __init__(self, rng: Random, role: str, *, family: str = "sans", landscape: bool = False) -> None:
        self.rng, self.role, self.family, self.landscape = rng, role, family, landscape
        self.width, self.height = LETTER[::-1] if landscape else LETTER
        self.left, self.right = 150.0, self.width - 150.0
        self.image = Image.new("L", (self.width, self.height), 255)
        self.ink = ImageDraw.Draw(self.image)
        self.lines: list[Line] = []
        self.marks: list[Mark] = []
        self.pen: Pen | None = None
        self.pen_fields: frozenset[str] | None = None

    def write_by_hand(self, *fields: str) -> None:
        """From now on the values of these fields are written with a pen; of all fields when none is named."""
        self.pen = Pen(self.rng)
        self.pen_fields = frozenset(fields) or None

    def text(
        self,
        x: float,
        y: float,
        markup: str,
        size: float = 10,
        *,
        bold: bool = False,
        width: float = 1e6,
        align: str = "left",
        shade: int = 0,
    ) -> float:
        """Draw wrapped text; returns the y below its last line."""
        face = Print(self.family, size, bold=bold)
        return self._write(face, size, x, y, markup=markup, width=width, align=align, shade=shade)

    def value(self, x: float, y: float, markup: str, size: float = 10, *, width: float = 1e6) -> float:
        """Draw what someone filled in: by hand, when this page's values are."""
        if self.pen is None or not self._is_by_hand(markup):
            return self.text(x, y, markup, size, width=width)
        size *= PEN_SIZE
        x, y = x + self.rng.uniform(-6, 14), y + self.rng.uniform(-4, 8)
        return self._write(
            self.pen.sized(size), size, x, y, markup=markup, width=width, align="left", shade=0
        )

    def sign(self, x: float, y: float) -> None:
        """A signature nobody can read, on the line at y."""
        loops = [
            (x + 34 * step + self.rng.uniform(-14, 14), y - self.rng.uniform(-14, 62)) for step in range(16)
        ]
        tail = [(x + 700, y - 20), (x + 740, y - 26)]
        self.ink.line(smooth([(x, y), (x + 40, y - 120), *loops, *tail]), fill=0, width=6, joint="curve")

    def measure(self, markup: str, size: float, *, bold: bool = False) -> float:
        """Width of printed text."""
        return Print(self.family, size, bold=bold).length(plain(markup))

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: int = 3) -> None:
        """Draw a rule."""
        self.ink.line((x0, y0, x1, y1), fill=0, width=weight)

    def frame(self, x: float, y: float, width: float, height: float, weight: int = 3) -> None:
        """Draw an empty rectangle."""
        self.ink.rectangle((x, y, x + width, y + height), outline=0, width=weight)

    def fill(self, x: float, y: float, width: float, height: float, shade: int = 0) -> None:
        """Draw a filled rectangle."""
        self.ink.rectangle((x, y, x + width, y + height), fill=shade, outline=0)

    def mark(self, field: str, box: Box) -> None:
        """Note that a value of the field stands in the box, as for a ticked square."""
        self.marks.append(Mark(field, box))

    def _is_by_hand(self, markup: str) -> bool:
        return self.pen_fields is None or bool(fields_in(markup) & self.pen_fields)

    def _write(
        self,
        face: Face,
        size: float,
        x: float,
        y: float,
        *,
        markup: str,
        width: float,
        align: str,
        shade: int,
    ) -> float:
        space = face.length(" ")
        whole = list(words(markup))
        widths = [_length(face, word) for word in whole]
        for row in wrapped(whole, widths, space, width):
            total = sum(_length(face, word) for word in row) + space * (len(row) - 1)
            start = x - total * ALIGNED[align]
            bottom = y + size * POINT * LINE_HEIGHT
            self._write_row(face, row, (start, y, start + total, bottom), space=space, shade=shade)
            self.lines.append(Line(text_of(row), (start, y, start + total, bottom), isinstance(face, Pen)))
            y += int(size * POINT * LEADING)
        return y

    def _write_row(self, face: Face, row: list[Word], box: Box, *, space: float, shade: int) -> None:
        boxes: dict[Tag, Box] = {}
        x, y, _, bottom = box
        for word in row:
            for piece in word:
                end = x + face.length(piece.text)
                face.write(self.ink, x, y, piece.text, shade)
                _extend(boxes, piece, (x, y, end, bottom))
                x = end
            x += space
        self.marks.extend(Mark(tag.field, box) for tag, box in boxes.items())


def _length(face: Face, word: Word) -> float:
    return sum(face.length(piece.text) for piece in word)


def _extend(boxes: dict[Tag, Box], piece: Piece, box: Box) -> None:
    if piece.tag is not None:
        begun = boxes.get(piece.tag, box)
        boxes[piece.tag] = (begun[0], begun[1], box[2], begun[3])
