"""From a clean 300-dpi page to what a fax machine delivers: black and white, 204x196 or 204x98 dpi."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.faxes.canvas import Box, Canvas
from benchmarks.faxes.faces import FAMILIES, installed_font

FAX_WIDTH, FINE_HEIGHT, STANDARD_HEIGHT = 1728, 2156, 1078
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
HEADER_HEIGHT = 34  # fine rows
EDGE = 3  # pixels off the sheet that take nothing from a letter

Grey = NDArray[np.float32]
Bits = NDArray[np.bool_]


@dataclass(frozen=True)
class Level:
    """How badly a page suffers; `skew` in degrees, `speckle` a pixel, `cut` a share of the page."""

    skew: float
    speckle: float
    streaks: int
    drops: int
    generations: int
    spread: float
    cut: float
    noise: float
    faint: float = 0


LEVELS = {
    "clean": Level(skew=0.3, speckle=0.00002, streaks=0, drops=0, generations=0, spread=0, cut=0, noise=3),
    "moderate": Level(
        skew=1.2, speckle=0.0002, streaks=1, drops=2, generations=1, spread=0.3, cut=0.004, noise=10
    ),
    "bad": Level(
        skew=2.2, speckle=0.0007, streaks=2, drops=5, generations=1, spread=0.6, cut=0.015, noise=18
    ),
    "awful": Level(
        skew=3.0, speckle=0.0016, streaks=4, drops=9, generations=2, spread=1, cut=0.03, noise=26, faint=0.5
    ),
}


@dataclass(frozen=True)
class Placement:
    """How the page came to lie on the received sheet, so that places on it can be found there."""

    page: tuple[int, int]
    sheet: tuple[int, int]
    angle: float
    shift: tuple[float, float]
    rotation: int

    def box(self, box: Box) -> list[float] | None:
        """The box on the received sheet in its pixels, or None when it fell off the edge."""
        left, top, right, bottom = self._around(box)
        width, height = self.sheet
        if right < 2 or left > width - 2 or bottom < 2 or top > height - 2:
            return None
        return [max(0, left), max(0, top), min(width, right), min(height, bottom)]

    def is_cut(self, box: Box) -> bool:
        """Whether a part of the box that can be seen fell off the edge."""
        left, top, right, bottom = self._around(box)
        width, height = self.sheet
        return min(left, top, width - right, height - bottom) < -EDGE

    def _around(self, box: Box) -> tuple[float, float, float, float]:
        corners = [self._point(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = zip(*corners, strict=True)
        return round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.page
        x, y = self._tilted(x - width / 2, y - height / 2)
        x, y = x + width / 2 + self.shift[0], y + height / 2 + self.shift[1]
        if self.rotation == 90:
            x, y = height - y, x
        elif self.rotation == 180:
            x, y = width - x, height - y
        elif self.rotation == 270:
            x, y = y, width - x
        turned = (height, width) if self.rotation in (90, 270) else (width, height)
        return x * self.sheet[0] / turned[0], y * self.sheet[1] / turned[1]

    def _tilted(self, x: float, y: float) -> tuple[float, float]:
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return cos * x + sin * y, cos * y - sin * x


@dataclass(frozen=True)
class Received:
    """A page as received: one bit a pixel; `skew` in degrees, `morph` is none, dilate or erode."""

    image: Image.Image
    placement: Placement
    skew: float
    morph: str


def receive(page: Canvas, level_name: str, rng: Random, *, fine: bool, rotation: int) -> Received:
    """Send the page through the machine, turned clockwise by `rotation` degrees."""
    level = LEVELS[level_name]
    noise = np.random.default_rng(rng.randrange(2**31))
    placement = _placement(page, level, rng, fine=fine, rotation=rotation)
    image = _tilt(page.image, placement)
    for _ in range(level.generations):
        image = _photocopy(image, rng, noise)
    if rotation:
        image = image.transpose(TURNS[rotation])
    image = image.resize(placement.sheet, Image.Resampling.BOX if fine else Image.Resampling.BILINEAR)
    grey, morph = _spread_ink(image, level, rng)
    bits = _threshold(grey, level, rng, noise)
    _speckle(bits, level, noise)
    _streak(bits, level, rng)
    _drop_rows(bits, level, rng)
    return Received(Image.fromarray(bits), placement, round(math.degrees(placement.angle), 2), morph)


def print_header(image: Image.Image, text: str) -> None:
    """Print the sending machine's line at the very top; it is never skewed."""
    height = HEADER_HEIGHT * image.height // FINE_HEIGHT
    strip = Image.new("L", (FAX_WIDTH, HEADER_HEIGHT), 255)
    ImageDraw.Draw(strip).text((30, 3), text, font=installed_font(FAMILIES["mono"][0], 24), fill=0)
    strip = strip.resize((FAX_WIDTH, height), Image.Resampling.BOX)
    image.paste(strip.point(lambda value: 255 if value > 140 else 0).convert("1"), (0, 4))


def _placement(page: Canvas, level: Level, rng: Random, *, fine: bool, rotation: int) -> Placement:
    angle = math.radians(rng.uniform(-level.skew, level.skew))
    shift = rng.uniform(-level.cut, level.cut) * page.width, rng.uniform(0, level.cut) * page.height
    sheet = FAX_WIDTH, FINE_HEIGHT if fine else STANDARD_HEIGHT
    return Placement((page.width, page.height), sheet, angle, shift, rotation)


def _tilt(image: Image.Image, placement: Placement) -> Image.Image:
    cos, sin = math.cos(placement.angle), math.sin(placement.angle)
    x, y = placement.page[0] / 2, placement.page[1] / 2
    to_x, to_y = x + placement.shift[0], y + placement.shift[1]
    # Pillow wants the way back: from the new place of a pixel to its old one.
    back = (cos, -sin, x - cos * to_x + sin * to_y, sin, cos, y - sin * to_x - cos * to_y)
    return image.transform(image.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=255)


def _photocopy(image: Image.Image, rng: Random, noise: np.random.Generator) -> Image.Image:
    blurred = _grey(image.filter(ImageFilter.GaussianBlur(rng.uniform(0.6, 1.3))))
    blurred += noise.standard_normal(blurred.shape, dtype=np.float32) * 8
    copied = (blurred - 128) * rng.uniform(1.6, 3) + 128 + rng.uniform(-18, 14)
    return Image.fromarray(np.clip(copied, 0, 255).astype(np.uint8))


def _spread_ink(image: Image.Image, level: Level, rng: Random) -> tuple[Grey, str]:
    """Strokes grow thicker or thinner, as on a worn machine."""
    if rng.random() >= level.spread:
        return _grey(image), "none"
    morph = rng.choice(["dilate", "erode", "dilate"])
    changed = image.filter(ImageFilter.MinFilter(3) if morph == "dilate" else ImageFilter.MaxFilter(3))
    return _grey(image) * 0.55 + _grey(changed) * 0.45, morph


def _threshold(grey: Grey, level: Level, rng: Random, noise: np.random.Generator) -> Bits:
    """To black and white: True is white."""
    threshold = rng.uniform(120, 165) - (12 if level.noise > 10 else 0)
    if rng.random() < level.faint:
        grey, threshold = grey * 0.62 + 80, rng.uniform(140, 165)
    return np.asarray(grey + noise.standard_normal(grey.shape, dtype=np.float32) * level.noise > threshold)


def _speckle(bits: Bits, level: Level, noise: np.random.Generator) -> None:
    height, width = bits.shape
    count = int(level.speckle * bits.size)
    ys, xs = noise.integers(0, height - 1, count), noise.integers(0, width - 2, count)
    bits[ys, xs] = False
    large = noise.random(count) < 0.35
    bits[ys[large] + 1, xs[large]] = False
    bits[ys[large], xs[large] + 1] = False


def _streak(bits: Bits, level: Level, rng: Random) -> None:
    """A dirty or dead spot of the scanner draws a line down the page."""
    for _ in range(rng.randint(0, level.streaks)):
        x = rng.randrange(20, bits.shape[1] - 20)
        bits[:, x : x + rng.choice([1, 1, 2])] = rng.random() >= 0.7


def _drop_rows(bits: Bits, level: Level, rng: Random) -> None:
    """A row lost on the line is repeated from the one above, or left white."""
    for _ in range(rng.randint(0, level.drops)):
        y = rng.randrange(60, bits.shape[0] - 4)
        bits[y : y + rng.choice([1, 1, 2])] = bits[y - 1] if rng.random() < 0.6 else True


def _grey(image: Image.Image) -> Grey:
    return np.asarray(image, dtype=np.float32).copy()
