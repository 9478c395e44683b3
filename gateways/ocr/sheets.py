"""A page's picture as the file holds it, before anything is done to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from gateways.ocr import TooLarge, Word
from gateways.ocr.limits import Limits

FAX_DPI = 204  # ITU-T T.4: 204 dots an inch across; 98 or 196 down
BELIEVABLE_DPI = range(60, 1201)
SHEET_INCHES = 8.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as received: its picture, the resolution along and down it in dots an inch, its text layer."""

    image: Image.Image
    dpi: tuple[float, float]
    layer: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that could be opened: how many pages it says it has (None: not known) and its pages."""

    total: int | None
    sheets: Iterator[Sheet]


def check_size(width: float, height: float, limits: Limits) -> None:
    """Refuse a picture by its declared size, before it is unpacked."""
    if width * height > limits.pixels:
        raise TooLarge


def believable(dpi: tuple[float, float], width: int) -> tuple[float, float]:
    """The given resolution if it can be true, else the one at which the picture is a letter page wide."""
    if all(int(value) in BELIEVABLE_DPI for value in dpi):
        return dpi
    guess = max(float(width) / SHEET_INCHES, float(BELIEVABLE_DPI.start))
    return guess, guess
