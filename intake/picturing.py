"""Page pictures made smaller, or bound into one PDF. Pure: they are our own PNGs, never a sender's file."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

DPI = 200
THUMB_WIDTH = 150
THUMB_GRAYS = 16


def thumbnail(png: bytes) -> bytes:
    """The picture 150 pixels wide in 16 grays: enough to tell a form from a letter, too small to read."""
    with Image.open(BytesIO(png)) as page:
        height = max(1, round(page.height * THUMB_WIDTH / page.width))
        small = page.convert("L").resize((THUMB_WIDTH, height), Image.Resampling.BOX).quantize(THUMB_GRAYS)
    return _saved(small, "PNG", optimize=True)


def bound(pngs: Sequence[bytes]) -> bytes:
    """One PDF with a page for each picture; 1-bit pictures stay fax-sized (CCITT G4)."""
    first, *others = [Image.open(BytesIO(png)) for png in pngs]
    return _saved(first, "PDF", save_all=True, append_images=others, resolution=float(DPI))


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()
