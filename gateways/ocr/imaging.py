"""What is done to a page's picture: square pixels, straight lines, black and white.

Only Pillow: importing numpy would cost a third of a page's reading in every process. The choice of steps
was measured on synthetic faxes: squaring the pixels and a light blur help; median filters, despeckling,
removing rules and upscaling all lose words.
"""

import io
import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

from gateways.ocr.sheets import FAX_DPI, Sheet

BLUR = 1.0  # pixels
PROFILE_SCALE = 3  # slant is measured on a picture a third as large
ROUGHER = 2  # and by half degrees, on one half as large again
DARK = 160  # grey level below which a dot of the small picture is ink
COARSE = [step / 2 for step in range(-7, 8)]  # degrees
FINE = [step / 10 for step in range(-4, 5)]
LEAST_SKEW = 0.15  # degrees; turning by less costs more sharpness than it gains
BLACK = 128  # grey level below which a dot is printed black
BLANK = 0.0006  # share of ink below which a page is not worth reading
NEAR_SQUARE = 0.1
PACKED = 4  # zlib level: 3 % larger than the usual 6 for three quarters of its time
PHOTO_GREYS = slice(48, 208)  # neither black nor white
PHOTO_SHARE = 0.15  # of all dots; drawn text has a few greys at its edges, a photograph is full of them
MARGIN = 24  # pixels at each edge in which shadows of the scanner do not count as ink


def squared(sheet: Sheet) -> Image.Image:
    """The picture with square pixels at about 204 dpi; a page within a tenth of that is left alone."""
    across, down = (FAX_DPI / value for value in sheet.dpi)
    stretch = sheet.dpi[0] / sheet.dpi[1]
    if abs(across - 1) <= NEAR_SQUARE and abs(stretch - 1) <= NEAR_SQUARE:
        return sheet.image
    if abs(across - 1) <= NEAR_SQUARE:
        across, down = 1, stretch
    size = max(1, round(sheet.image.width * across)), max(1, round(sheet.image.height * down))
    return sheet.image.resize(size, Image.Resampling.BICUBIC)


def without_shadows(image: Image.Image) -> Image.Image:
    """A photograph or grey scan with its shadows and paper colour taken out; a fax passes unchanged."""
    greys = image.histogram()
    if sum(greys[PHOTO_GREYS]) < PHOTO_SHARE * sum(greys):
        return image
    paper = image.reduce(8).filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.BoxBlur(4)).resize(image.size)
    return ImageChops.subtract(paper, image).point(lambda depth: 255 - min(255, depth * 3))


def is_blank(image: Image.Image) -> bool:
    """Whether there is nothing on the page but specks and the edge of the sheet."""
    right, bottom = max(MARGIN + 1, image.width - MARGIN), max(MARGIN + 1, image.height - MARGIN)
    inner = image.crop((MARGIN, MARGIN, right, bottom))
    return sum(inner.histogram()[:BLACK]) < BLANK * inner.width * inner.height


def skew_of(image: Image.Image) -> float:
    """The slant in degrees counter-clockwise at which rows of ink and paper alternate most sharply."""
    ink = _ink(image)
    rough = ink.reduce(ROUGHER)
    coarse = max(COARSE, key=lambda angle: _sharpness(rough, angle))
    return max((coarse + step for step in FINE), key=lambda angle: _sharpness(ink, angle))


def straightened(image: Image.Image) -> tuple[Image.Image, float]:
    """The picture with its slant taken out, and that slant in degrees (0 when it was left alone)."""
    skew = round(skew_of(image), 1)
    if abs(skew) < LEAST_SKEW:
        return image, 0.0
    return image.rotate(-skew, Image.Resampling.BILINEAR, fillcolor=255), skew


def softened(image: Image.Image) -> Image.Image:
    """The picture as the engine reads it best; never shown to a person."""
    return image.filter(ImageFilter.GaussianBlur(BLUR))


def png_of(image: Image.Image) -> bytes:
    """A 1-bit PNG."""
    packed = io.BytesIO()
    image.convert("1", dither=Image.Dither.NONE).save(packed, "PNG", compress_level=PACKED)
    return packed.getvalue()


def _ink(image: Image.Image) -> Image.Image:
    small = image.reduce(PROFILE_SCALE)
    ink = small.point(lambda level: 255 if level < DARK else 0)
    ink.paste(0, (0, 0, ink.width, MARGIN // PROFILE_SCALE))
    return ink


def _sharpness(ink: Image.Image, angle: float) -> float:
    """How sharply rows of ink and paper alternate once the picture is sheared by this angle."""
    slope = -math.tan(math.radians(angle))
    shear = (1, 0, 0, slope, 1, -slope * ink.width / 2)
    level = ink.transform(ink.size, Image.Transform.AFFINE, shear, Image.Resampling.NEAREST)
    rows = level.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    return sum((below - above) ** 2 for above, below in pairwise(rows)) / max(1, len(rows))
