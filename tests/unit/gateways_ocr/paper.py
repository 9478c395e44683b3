"""Pages drawn for the tests, and files made of them."""

import io

import pikepdf
from PIL import Image, ImageDraw, ImageFont

LETTER = (1728, 2200)
LINES = (
    "Prairie Family Medicine",
    "Referral to Cardiology",
    "Patient name: Leslie Stewart",
    "Date of birth: 05/06/2001",
    "Reason: palpitations despite treatment, please evaluate",
    "Referring provider: Jeremy Gamble, MD",
    "Insurance: Medicaid, member M75481588",
)


def drawn(lines=LINES, *, size=LETTER, height=34):
    """A page with these lines of print."""
    page = Image.new("L", size, 255)
    brush, font = ImageDraw.Draw(page), ImageFont.load_default(height)
    for number, line in enumerate(lines):
        brush.text((140, 200 + number * int(height * 2.4)), line, fill=0, font=font)
    return page


def as_tiff(*pages, dpi=(204, 196)):
    """A G4 TIFF, as fax servers write."""
    packed = io.BytesIO()
    first, *rest = [page.convert("1", dither=Image.Dither.NONE) for page in pages]
    first.save(packed, "TIFF", compression="group4", dpi=dpi, save_all=True, append_images=rest)
    return packed.getvalue()


def as_pdf(*pages, dpi=204):
    """A PDF whose pages are one image each."""
    packed = io.BytesIO()
    first, *rest = [page.convert("1", dither=Image.Dither.NONE) for page in pages]
    first.save(packed, "PDF", resolution=dpi, save_all=True, append_images=rest)
    return packed.getvalue()


def as_image(page, kind):
    """A PNG or JPEG."""
    packed = io.BytesIO()
    page.save(packed, kind, dpi=(204, 204))
    return packed.getvalue()


def changed(content, change, **saving):
    """A PDF after `change(pdf)`."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(packed, **saving)
    return packed.getvalue()
