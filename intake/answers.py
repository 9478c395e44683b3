"""Our own request come back by fax: found by its code, with what was ticked and written on it. Pure.

The QR code is read from the page's picture; where it is spoiled, the code's words are. Its corners say where
on this picture the boxes and lines of `referrals.letters` are, however the page was scaled or slanted.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image

from intake.extraction import Box, PageText
from organizations.ids import normalise_code
from referrals import letters

MOST_PAGES = 20  # of a fax that are looked at: a request lies on top, or behind a cover
PRINTED = re.compile(r"\bcode\W{0,3}([0-9A-Z]{4})\s+([0-9A-Z]{4})\s+([0-9A-Z]{4})\b", re.I)
LENGTH = 12
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
TICKED = 0.09  # share of dark dots inside a box: 0.12 and more when crossed, up to 0.07 where a streak runs
INSIDE, WITHIN_FRAME, AROUND_FRAME = 5.0, 6.5, 9.0  # points from a box's middle
SEARCH = range(-20, 21, 4)  # pixels by which a box may stand elsewhere than computed from the code's corners


@dataclass(frozen=True)
class Reply:
    """A request that came back. Items count from 0; `ticked` is None when the boxes could not be found."""

    code: str
    page: int
    box: Box | None = None
    ticked: tuple[int, ...] | None = None
    written: dict[int, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """To be kept in one field of a reading."""
        return json.dumps({"code": self.code, "ticked": self.ticked, "written": self.written})


def from_text(kept: str, page: int) -> Reply:
    """A reply as it was kept."""
    facts = json.loads(kept)
    ticked = None if facts["ticked"] is None else tuple(facts["ticked"])
    return Reply(facts["code"], page, None, ticked, {int(n): text for n, text in facts["written"].items()})


def reply_on(pages: Sequence[PageText]) -> Reply | None:
    """The first request of ours among the pages, by its QR code, else by its printed code."""
    looked_at = pages[:MOST_PAGES]
    return next(_scanned(looked_at), None) or next(_printed(looked_at), None)


def _scanned(pages: Iterable[PageText]) -> Iterator[Reply]:
    for page in pages:
        picture = Image.open(io.BytesIO(page.image)).convert("L")
        for code, grid in _codes(picture):
            yield Reply(code, page.number, grid.code, _ticked(picture, grid), _written(page, grid))


def _codes(picture: Image.Image) -> Iterator[tuple[str, "_Grid"]]:
    """Our codes: at full size, where their corners are sharpest, and at half, where a streak spoils less."""
    for shrunk in (1, 2):
        for found in zxingcpp.read_barcodes(picture.reduce(shrunk), formats=QR):
            code = letters.code_in(found.text)
            if len(code) == LENGTH:
                yield code, _Grid.of(found.position, shrunk)


def _printed(pages: Iterable[PageText]) -> Iterator[Reply]:
    for page in pages:
        for match in PRINTED.finditer(" ".join(word.text for word in page.words)):
            yield Reply(normalise_code("".join(match.groups())), page.number)


@dataclass(frozen=True)
class _Grid:
    """From points beside the QR code's corner to pixels of the picture."""

    x: float
    y: float
    across: tuple[float, float]
    down: tuple[float, float]

    @classmethod
    def of(cls, position: zxingcpp.Position, shrunk: int) -> "_Grid":
        corner, right, below = position.top_left, position.top_right, position.bottom_left
        unit = letters.SIDE / shrunk
        across = (right.x - corner.x) / unit, (right.y - corner.y) / unit
        down = (below.x - corner.x) / unit, (below.y - corner.y) / unit
        return cls(corner.x * shrunk, corner.y * shrunk, across, down)

    def point(self, right: float, below: float) -> tuple[float, float]:
        return (
            self.x + right * self.across[0] + below * self.down[0],
            self.y + right * self.across[1] + below * self.down[1],
        )

    @property
    def code(self) -> Box:
        right, bottom = self.point(letters.SIDE, letters.SIDE)
        return Box(round(self.x), round(self.y), round(right - self.x), round(bottom - self.y))


def _ticked(picture: Image.Image, grid: _Grid) -> tuple[int, ...]:
    return tuple(n for n in range(letters.MOST_ITEMS) if _ink(picture, grid, letters.box_of(n)) >= TICKED)


def _ink(picture: Image.Image, grid: _Grid, box: letters.Place) -> float:
    """The share of dark dots inside a box, where its frame is found to stand."""
    x, y = grid.point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    unit = grid.across[0]
    places = [(x + right, y + down) for right in SEARCH for down in SEARCH]
    found = max(places, key=lambda place: _frame(picture, place[0], place[1], unit))
    return _dark(picture, found[0], found[1], INSIDE * unit) / max(1.0, (2 * INSIDE * unit) ** 2)


def _frame(picture: Image.Image, x: float, y: float, unit: float) -> int:
    """Dark dots on the ring in which a box's frame would lie."""
    return _dark(picture, x, y, AROUND_FRAME * unit) - _dark(picture, x, y, WITHIN_FRAME * unit)


def _dark(picture: Image.Image, x: float, y: float, half: float) -> int:
    square = picture.crop((round(x - half), round(y - half), round(x + half), round(y + half)))
    return sum(square.histogram()[:128])


def _written(page: PageText, grid: _Grid) -> dict[int, str]:
    found = {n: _over_line(page, grid, letters.line_of(n)) for n in range(letters.MOST_ITEMS)}
    return {n: text for n, text in found.items() if text}


def _over_line(page: PageText, grid: _Grid, line: letters.Place) -> str:
    (left, top), (right, bottom) = grid.point(line.left, line.top), grid.point(line.right, line.bottom)
    inside = [
        word
        for word in page.words
        if left <= word.x + word.width / 2 <= right and top <= word.y + word.height / 2 <= bottom
    ]
    text = " ".join(word.text for word in sorted(inside, key=lambda word: word.x))
    return text.strip(" _.-")
