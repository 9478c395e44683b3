"""The page on top of a fax of ours: for whom, from whom, how many pages, and what to do with it.

No patient is named on it: a cover lies in the tray for anybody to see (45 CFR 164.530(c)).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizations.models import Organization
from organizations.words import clock_time, phone
from referrals.actions.looking_up import status_code
from referrals.drawing import (
    BODY,
    BOLD,
    HEIGHT,
    LARGE,
    LEADING,
    LEFT,
    PLAIN,
    QUIET,
    SMALL,
    WIDTH,
    facts,
    letterhead,
    paragraph,
    qr,
    rule,
)  # fmt: skip
from referrals.models import Dispatch

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


@dataclass(frozen=True)
class Purpose:
    """The words of a cover: what it is, what scanning the code does, and the ways to answer."""

    title: str
    scan: str
    asks: str
    ways: tuple[str, ...]


PURPOSES = {
    "report": Purpose(
        "Fax: consult report",
        "Scan to open the report's page.",
        "When you have read the report, tell us. Any one of these will do:",
        (
            "Scan the code, or open {link}",
            "Open {by_code} and type the status code.",
            "Call {phone}.",
        ),
    ),
    "request": Purpose(
        "Fax: information needed",
        "Scan to open the referral's page.",
        "We cannot go on without it. Any one of these will do:",
        (
            "Tick and fill in the next page and fax it to {fax}, with your papers behind it.",
            "Scan the code, or open {link}",
            "Call {phone}.",
        ),
    ),
}


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
    organization, purpose = dispatch.referral.organization, PURPOSES[dispatch.purpose]
    out = BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    canvas.setTitle("Fax cover")
    line = letterhead(canvas, purpose.title, organization.name, HEIGHT - 78)
    line = facts(canvas, _rows(dispatch, organization, pages), line - 18)
    rule(canvas, line + 6)
    line = _code(canvas, status_code(dispatch.referral, organization), link, purpose, line - 26)
    line = _what_to_do(canvas, organization, link, purpose, line - 8)
    paragraph(canvas, CONFIDENTIAL, line - 22, size=SMALL)
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


def _code(canvas: Canvas, code: str, link: str, purpose: Purpose, line: float) -> float:
    top = line + 26 - QUIET
    _, bottom = qr(canvas, link, top)
    canvas.setFont(PLAIN, BODY)
    canvas.drawString(LEFT, top - 40, "Status code")
    canvas.setFont(BOLD, LARGE)
    canvas.drawString(LEFT, top - 76, code)
    canvas.setFont(PLAIN, BODY)
    for row, text in enumerate((purpose.scan, "It asks for the patient's birth date.")):
        canvas.drawString(LEFT, top - 108 - row * BODY * LEADING, text)
    return bottom - QUIET


def _what_to_do(
    canvas: Canvas, organization: Organization, link: str, purpose: Purpose, line: float
) -> float:
    by_code = f"{settings.PUBLIC_URL}{reverse('status_check', urlconf=settings.ROOT_URLCONF)}"
    line = paragraph(canvas, purpose.asks, line, font=BOLD)
    for number, way in enumerate(purpose.ways, start=1):
        text = way.format(
            link=link, by_code=by_code, phone=phone(organization.phone), fax=phone(organization.fax)
        )
        line = paragraph(canvas, f"{number}.  {text}", line - 3)
    return line
