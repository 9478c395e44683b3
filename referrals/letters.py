"""The page that asks another office for what is missing, to be ticked, filled in and faxed back.

Its places are fixed and measured from the QR code, so that a reply is read where the answers must stand:
boxes to tick and lines to write on, in points from the code's upper left corner, downwards and to the right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from organizations.ids import normalise_code
from organizations.words import clock_time, phone, us_date
from referrals.drawing import (
    BODY,
    BOLD,
    HEIGHT,
    LEFT,
    PLAIN,
    QUIET,
    RIGHT,
    SMALL,
    facts,
    letterhead,
    paragraph,
    qr,
    rule,
)
from referrals.models import InfoRequest

MARK = "RQ"  # before the code in the QR, so that no other code is taken for ours
SQUARE, SQUARES = 5.0, 21  # points; a QR of version 1 holds 16 characters at level Q (ISO/IEC 18004, table 7)
SIDE = SQUARE * SQUARES
QR_TOP, QR_LEFT = HEIGHT - 130, RIGHT - SIDE
BOX, STEP, FIRST = 16.0, 34.0, HEIGHT - 392  # side of a box, from item to item, upper edge of the first
WRITE_FROM, MOST_ITEMS = 290.0, 8
BETWEEN = re.compile(r"\s*(?:[,;\n•]|\.\s|\band\b)\s*")
# What is asked for, by the words for it -> the field of a referral that answers it.
ANSWERED_BY = (
    (r"\b(member|insurance|policy|subscriber)\b.*\b(id|number|no)\b|\bmember id\b", "member_id"),
    (r"\b(icd|diagnosis|dx)\b", "icd10"),
    (r"\b(cpt|procedure)\b", "cpt"),
    (r"\bnpi\b", "ref_npi"),
    (r"\b(mobile|cell)\b|\b(patient|working)\b.*\bphone\b", "patient_phone"),
    (r"\b(birth date|date of birth|dob)\b", "patient_dob"),
)


@dataclass(frozen=True)
class Item:
    """One thing asked for; `key` is the field it fills, or empty when papers answer it."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class Place:
    """A rectangle in points from the QR code's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def items_of(wanted: str) -> list[Item]:
    """What a person typed, thing by thing: "office note, insurance ID" are two. At most eight."""
    parts = [part.strip(" .") for part in BETWEEN.split(wanted) if part.strip(" .")]
    if len(parts) > MOST_ITEMS:
        parts = [*parts[: MOST_ITEMS - 1], ", ".join(parts[MOST_ITEMS - 1 :])]
    return [Item(part[:1].upper() + part[1:], _key(part)) for part in parts]


def _key(text: str) -> str:
    return next((key for words, key in ANSWERED_BY if re.search(words, text, re.I)), "")


def box_of(number: int) -> Place:
    """Where the box of an item (from 0) stands."""
    top = QR_TOP - (FIRST - number * STEP)
    return Place(LEFT - QR_LEFT, top, LEFT + BOX - QR_LEFT, top + BOX)


def line_of(number: int) -> Place:
    """Where the answer to an item is written: over its line."""
    top = QR_TOP - (FIRST - number * STEP)
    return Place(WRITE_FROM - QR_LEFT, top - 9, RIGHT - QR_LEFT, top + BOX + 1)


def spoken_code(request: InfoRequest) -> str:
    """The code as it is printed: "7KQ2 M4XD 9TRW", four characters that name us and eight for the request."""
    code = request.organization.link_key + request.code
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_in(scanned: str) -> str:
    """The twelve characters in what was scanned from our QR; empty for any other code."""
    return normalise_code(scanned[len(MARK) :]) if scanned.startswith(MARK) else ""


def letter_of(request: InfoRequest, *, asked_of: str, fax: str, now: datetime) -> bytes:
    """The page as a PDF. `asked_of` and `fax` name the office; `now` is in the clinic's time zone."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True)
    canvas.setTitle("Request for information")
    organization, patient = request.organization, request.referral.patient
    line = letterhead(canvas, "Please send back", organization.name, HEIGHT - 66)
    rows = [
        ("To", asked_of or "Referring office"),
        ("Fax", phone(fax)),
        ("Date", f"{now:%m/%d/%Y} {clock_time(now)}"),
        ("Patient", f"{patient.spoken_name}, born {us_date(patient.birth_date)}"),
        ("For", str(request.referral.specialty or "Referral")),
    ]
    facts(canvas, rows, line - 18, right=QR_LEFT - QUIET)
    _code(canvas, request)
    _ask(canvas, items_of(request.wanted), phone(organization.fax))
    _foot(canvas, phone(organization.phone))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _code(canvas: Canvas, request: InfoRequest) -> None:
    qr(canvas, MARK + spoken_code(request).replace(" ", ""), QR_TOP, error="q", square=SQUARE)
    canvas.setFont(BOLD, BODY)
    canvas.drawRightString(RIGHT, QR_TOP - SIDE - 28, f"Code {spoken_code(request)}")


def _ask(canvas: Canvas, items: Sequence[Item], our_fax: str) -> None:
    text = f"Tick what you send, write on the lines, and fax this page, your papers behind it, to {our_fax}."
    paragraph(canvas, text, FIRST + 64, size=BODY, font=BOLD)
    for number, item in enumerate(items):
        top = FIRST - number * STEP
        canvas.setLineWidth(1.5)
        canvas.rect(LEFT, top - BOX, BOX, BOX)
        right = WRITE_FROM - 8 if item.key else RIGHT
        paragraph(canvas, item.text, top - BOX + 3, size=BODY, left=LEFT + BOX + 10, right=right)
        if item.key:
            rule(canvas, top - BOX - 4, left=WRITE_FROM)


def _foot(canvas: Canvas, our_phone: str) -> None:
    canvas.setFont(PLAIN, SMALL)
    canvas.drawString(
        LEFT, 60, f"Questions: {our_phone}. Confidential health information for the office named above."
    )
