"""Long faxes: how soon five pages can be reviewed, and whether five hundred take more memory than fifty."""

import io
import time
from collections.abc import Iterator
from random import Random

from PIL import Image, ImageDraw, ImageFont

from benchmarks.fax_reading.memory import resident
from benchmarks.fax_reading.sets import FaxSet
from gateways.ocr.children import Child
from gateways.ocr.limits import Limits
from gateways.ocr.local import LocalOcr
from gateways.ocr.opening import open_file

FEW, MANY, SETTLED = 5, 500, 50  # pages
LETTER, FINE = (1728, 2156), (204, 196)
WORDS = "patient referral cardiology please evaluate history chest pain member plan visit clinic".split()  # noqa: SIM905


def seconds_for_five_pages(chosen: FaxSet) -> float:
    """From the stored file to fields, five ordinary pages in one file, read by a warm worker."""
    from django.utils import timezone

    from intake.extraction import extract

    content = _tiff(_first_pages(chosen))
    started = time.monotonic()
    extract(list(LocalOcr().read(content, media_type="image/tiff")), today=timezone.localdate())
    return time.monotonic() - started


def memory_over_many_pages(pages: int = MANY) -> tuple[float, float]:
    """MiB of the reading process: the most over its first fifty pages, and the most over all."""
    seen = []
    with Child(Limits(), "") as child:
        child.feed(_tiff(_light_pages(pages)))
        for header, _ in child.frames():
            if header["event"] == "page":
                seen.append(resident(child.pid))
    return max(seen[:SETTLED]), max(seen)


def _first_pages(chosen: FaxSet) -> Iterator[Image.Image]:
    finest_first = sorted(
        chosen.truths, key=lambda truth: (truth["handwritten"], truth["resolution"] != "fine")
    )
    sheets = (
        sheet.image
        for truth in finest_first
        for sheet in open_file((chosen.folder / truth["files"][0]).read_bytes(), Limits()).sheets
    )
    for _, image in zip(range(FEW), sheets, strict=False):
        yield image


def _light_pages(count: int) -> Iterator[Image.Image]:
    """Pages of a few lines each, all different."""
    rng, font = Random(500), ImageFont.load_default(34)
    for _ in range(count):
        page = Image.new("1", LETTER, 1)
        for line in range(3):
            ImageDraw.Draw(page).text((140, 200 + 90 * line), " ".join(rng.sample(WORDS, 5)), 0, font)
        yield page


def _tiff(pages: Iterator[Image.Image]) -> bytes:
    packed = io.BytesIO()
    bitonal = (page.convert("1", dither=Image.Dither.NONE) for page in pages)
    first = next(bitonal)
    first.save(packed, "TIFF", compression="group4", dpi=FINE, save_all=True, append_images=bitonal)
    return packed.getvalue()
