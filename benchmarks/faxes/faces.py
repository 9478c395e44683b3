"""What text is drawn with: a printed font, or a pen."""

from functools import lru_cache
from random import Random
from typing import Protocol

from PIL import ImageDraw, ImageFont

from benchmarks.faxes.pen import GLYPHS, Glyph, plain_letters, smooth

POINT = 300 / 72  # pixels of a 300-dpi page
FAMILIES = {  # regular and bold; the packages fonts-liberation, fonts-dejavu and fonts-urw-base35
    "sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "mono": ("LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
    "dejavu": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "narrow": ("LiberationSansNarrow-Regular.ttf", "LiberationSansNarrow-Bold.ttf"),
    "condensed": ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"),
    "slab": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    "nimbus": ("NimbusSans-Regular.otf", "NimbusSans-Bold.otf"),
    "schoolbook": ("C059-Roman.otf", "C059-Bold.otf"),
    "palatino": ("P052-Roman.otf", "P052-Bold.otf"),
    "bookman": ("URWBookman-Light.otf", "URWBookman-Demi.otf"),
    "gothic": ("URWGothic-Book.otf", "URWGothic-Demi.otf"),
    "courier": ("NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf"),
}


class MissingFontError(Exception):
    """A font is not installed; the text says which and how to get it."""


class Face(Protocol):
    """Something that writes."""

    def length(self, text: str) -> float:
        """Width of the text in pixels."""

    def write(self, ink: ImageDraw.ImageDraw, x: float, y: float, text: str, shade: int) -> None:
        """Draw the text with its top left corner at x, y."""


class Print:
    """A printed font of a size in points."""

    def __init__(self, family: str, size: float, *, bold: bool = False) -> None:
        self.font = installed_font(FAMILIES[family][bold], int(size * POINT))

    def length(self, text: str) -> float:
        """Width of the text in pixels."""
        return self.font.getlength(text)

    def write(self, ink: ImageDraw.ImageDraw, x: float, y: float, text: str, shade: int) -> None:
        """Draw the text."""
        ink.text((x, y), text, font=self.font, fill=shade)


class Pen:
    """One person's handwriting: their slant, spread, unrest and pen stay the same over a page."""

    def __init__(self, rng: Random, size: float = 12) -> None:
        self.rng = rng
        self.slant = rng.uniform(-0.05, 0.28)
        self.spread = rng.uniform(0.9, 1.15)
        self.unrest = rng.uniform(0.14, 0.3)
        self.nib = rng.uniform(0.42, 0.62)
        self.sized(size)

    def sized(self, size: float) -> "Pen":
        """The same hand at a size in points."""
        self.unit = size * POINT * 0.098
        return self

    def length(self, text: str) -> float:
        """Width of the text in pixels."""
        return sum(self._advance(GLYPHS[letter]) for letter in plain_letters(text))

    def write(self, ink: ImageDraw.ImageDraw, x: float, y: float, text: str, shade: int) -> None:
        """Draw the text stroke by stroke, no two letters alike."""
        baseline = y + 9 * self.unit
        for letter in plain_letters(text):
            drift = self.rng.gauss(0, 0.25) * self.unit
            for stroke in GLYPHS[letter].strokes:
                points = [self._place(point, x, baseline + drift) for point in stroke.points]
                self._stroke(ink, smooth(points) if stroke.curved else points, shade)
            x += self._advance(GLYPHS[letter])

    def _advance(self, glyph: Glyph) -> float:
        return (glyph.width + 1.4) * self.unit * self.spread

    def _place(self, point: tuple[float, float], x: float, baseline: float) -> tuple[float, float]:
        across, up = (value + self.rng.gauss(0, self.unrest) for value in point)
        return x + (across * self.spread + up * self.slant) * self.unit, baseline - up * self.unit

    def _stroke(self, ink: ImageDraw.ImageDraw, points: list[tuple[float, float]], shade: int) -> None:
        width = self.nib * self.unit * self.rng.uniform(0.85, 1.15) * 1.6
        ink.line(points, fill=shade, width=max(2, round(width)), joint="curve")
        for x, y in (points[0], points[-1]):
            ink.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=shade)


@lru_cache(maxsize=256)
def installed_font(file: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font file from wherever the system keeps fonts; MissingFontError when it is not there."""
    try:
        return ImageFont.truetype(file, pixels)
    except OSError:
        raise MissingFontError(
            f"The font {file} is not installed. Install the fonts Liberation, DejaVu and URW: "
            "on Debian `apt-get install fonts-liberation fonts-dejavu fonts-urw-base35`, "
            "on macOS `brew install --cask font-liberation font-dejavu` and the fonts of ghostscript."
        ) from None
