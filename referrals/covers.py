"""The page on top of a faxed report: for whom, from whom, how many pages, and how to say "we have read it".

Fax machines keep one bit a pixel and often half the lines, so it is black on white without fills, in letters
of at least 11 points, and the squares of the QR code are 4.5 points (6 lines of a coarse fax). No patient is
named on it: a cover lies in the tray for anybody to see (45 CFR 164.530(c)).
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from organizations.models import Organization
from organizations.words import clock_time, phone
from referrals.actions.looking_up import status_code
from referrals.models import Dispatch

WIDTH, HEIGHT = letter  # points, 72 to the inch
LEFT, RIGHT = 54.0, WIDTH - 54.0
SMALL, BODY, LARGE = 11, 13, 30
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
QR_SQUARE = 4.5
QUIET = 4 * QR_SQUARE + 4  # four white squares around the code (ISO/IEC 18004)
LEADING = 1.35
PDF_MARK = b"%PDF-"
MARK_WITHIN = 1024  # readers accept some bytes before the mark (PDF 1.7, implementation note 13)
UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
)
CONFIDENTIAL = (
    "Confidential health information, meant only for the office named above. If it reached you by mistake, "
    "call us at once and destroy it. Federal and state law forbid keeping, copying or passing it on."
)


class NotSendable(Exception):
    """The papers cannot be faxed; the text says what to do."""


def with_cover(dispatch: Dispatch, pdf: bytes, link: str) -> bytes:
    """The cover and behind it the report, as one PDF; raises NotSendable.

    `pdf` is the report as it was stored: a PDF, or a PNG, JPEG or TIFF image, a page for each picture in it.
    """
    report = _opened(pdf)
    pages = len(report.pages) + 1
    with pikepdf.open(BytesIO(cover(dispatch, pages=pages, link=link))) as packet, report:
        packet.pages.extend(report.pages)
        out = BytesIO()
        packet.save(out)
    return out.getvalue()


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        is_pdf = PDF_MARK in content[:MARK_WITHIN]
        report = pikepdf.open(BytesIO(content if is_pdf else _pictures_as_pdf(content)))
    except UNREADABLE as broken:
        raise NotSendable(
            "The report is no PDF or picture we can read. Save it as a PDF and add it again."
        ) from broken
    if not report.pages:
        raise NotSendable("The report has no pages. Save it as a PDF and add it again.")
    return report


def _pictures_as_pdf(content: bytes) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=letter)
    for picture in _pictures(content):
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT, preserveAspectRatio=True, anchor="c")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pictures(content: bytes) -> Iterator[Image.Image]:
    with Image.open(BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as file:
        for frame in ImageSequence.Iterator(file):
            upright = ImageOps.exif_transpose(frame)
            yield upright if upright.mode in {"1", "L"} else upright.convert("L")


# ---------------------------------------------------------------- the cover itself


def cover(dispatch: Dispatch, *, pages: int, link: str) -> bytes:
    """The cover page alone. `pages` counts the cover, too."""
    organization = dispatch.referral.organization
    out = BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    canvas.setTitle("Fax cover")
    line = _letterhead(canvas, organization, HEIGHT - 78)
    line = _facts(canvas, _rows(dispatch, organization, pages), line - 18)
    line = _code(canvas, status_code(dispatch.referral, organization), link, line - 26)
    line = _how_to_acknowledge(canvas, organization, link, line - 8)
    _paragraph(canvas, CONFIDENTIAL, line - 22, size=SMALL)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rows(dispatch: Dispatch, organization: Organization, pages: int) -> list[tuple[str, str]]:
    now = timezone.now().astimezone(organization.zone)
    return [
        ("To", dispatch.to_label or "Referring office"),
        ("Fax", phone(dispatch.to)),
        ("From", organization.name),
        ("Telephone", phone(organization.phone)),
        ("Date", f"{now:%m/%d/%Y} {clock_time(now)}"),
        ("Pages", f"{pages}, with this one"),
    ]


def _letterhead(canvas: Canvas, organization: Organization, line: float) -> float:
    canvas.setFont(BOLD, LARGE)
    canvas.drawString(LEFT, line, "Fax: consult report")
    below = _paragraph(canvas, organization.name, line - 24, size=BODY)
    _rule(canvas, below - 2)
    return below - 12


def _facts(canvas: Canvas, rows: list[tuple[str, str]], line: float) -> float:
    for name, value in rows:
        canvas.setFont(PLAIN, BODY)
        canvas.drawString(LEFT, line, name)
        line = _paragraph(canvas, value, line, size=BODY, font=BOLD, left=LEFT + 90)
        line -= 4
    _rule(canvas, line + 6)
    return line


def _code(canvas: Canvas, code: str, link: str, line: float) -> float:
    top = line + 26 - QUIET
    bottom = _qr(canvas, link, top)
    canvas.setFont(PLAIN, BODY)
    canvas.drawString(LEFT, top - 40, "Status code")
    canvas.setFont(BOLD, LARGE)
    canvas.drawString(LEFT, top - 76, code)
    canvas.setFont(PLAIN, BODY)
    for row, text in enumerate(("Scan to open the report's page.", "It asks for the patient's birth date.")):
        canvas.drawString(LEFT, top - 108 - row * BODY * LEADING, text)
    return bottom - QUIET


def _qr(canvas: Canvas, link: str, top: float) -> float:
    """Draw the code in the right-hand corner under `top`; gives its bottom."""
    squares = segno.make(link, error="m", micro=False).matrix
    side = len(squares) * QR_SQUARE
    left = RIGHT - side
    canvas.setFillGray(0)
    for y, row in enumerate(squares, start=1):
        for x, is_dark in enumerate(row):
            if is_dark:
                canvas.rect(left + x * QR_SQUARE, top - y * QR_SQUARE, QR_SQUARE, QR_SQUARE, stroke=0, fill=1)
    return top - side


def _how_to_acknowledge(canvas: Canvas, organization: Organization, link: str, line: float) -> float:
    by_code = f"{settings.PUBLIC_URL}{reverse('status_check', urlconf=settings.ROOT_URLCONF)}"
    line = _paragraph(
        canvas, "When you have read the report, tell us. Any one of these will do:", line, font=BOLD
    )
    for way in (
        f"1.  Scan the code, or open {link}",
        f"2.  Open {by_code} and type the status code.",
        f"3.  Call {phone(organization.phone)}.",
    ):
        line = _paragraph(canvas, way, line - 3)
    return line


def _paragraph(
    canvas: Canvas, text: str, line: float, *, size: float = SMALL + 1, font: str = PLAIN, left: float = LEFT
) -> float:
    """Write wrapped text from this base line downwards; gives the next base line."""
    canvas.setFont(font, size)
    for part in simpleSplit(text, font, size, RIGHT - left):
        canvas.drawString(left, line, part)
        line -= size * LEADING
    return line


def _rule(canvas: Canvas, line: float) -> None:
    canvas.setLineWidth(1.5)
    canvas.line(LEFT, line, RIGHT, line)
