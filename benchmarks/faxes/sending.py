"""One fax: its documents drawn, sent through the machine page by page, and saved as a file."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.faxes.cases import Case
from benchmarks.faxes.degradation import Received, print_header, receive
from benchmarks.faxes.layouts import Layout
from benchmarks.faxes.page import Page
from benchmarks.faxes.wording import date_text, phone_text
from referralhub.demo.world import phone

FINE, STANDARD = (204, 196), (204, 98)  # dots per inch, across and down
TURNED_SHARE = 0.7  # of the pages of an upside-down fax that has several
ADVERTISER = ("Island Getaways Direct", phone("0177", "312"))
HEADER = "{date} {hour}  {number}  {name}   PAGE {{page:03d}}/{{pages:03d}}"
UNSEEN_HEADERS = (
    "From: {name}   To: {to}   Page: {{page}}/{{pages}}   Date: {date} {hour}",
    "{date} {hour} FAX {number}  {name}  -> intake   [{{page:02d}}/{{pages:02d}}]",
    "Received {date} at {hour} from {number}   pg {{page}} of {{pages}}",
    "{hour} {date} ID:{name} FAX NO:{number} P. {{page:02d}}",
)
SUFFIXES = {"pdf": "pdf", "tiff": "tif"}


@dataclass(frozen=True)
class Sending:
    """A fax to be sent: what it holds and how well it comes through."""

    fax_id: str
    set_name: str
    seed: int
    documents: tuple[tuple[Layout, Case], ...]
    level: str = "clean"
    fine: bool = True
    upside_down: bool = False

    @property
    def dpi(self) -> tuple[int, int]:
        """Dots per inch, across and down."""
        return FINE if self.fine else STANDARD

    @property
    def modifier(self) -> str | None:
        """What is unusual about it."""
        unusual = ["two_referrals"] * (len(self.documents) > 1) + ["upside_down"] * self.upside_down
        return "+".join(unusual) or None


@dataclass(frozen=True)
class Sheet:
    """One page, of which document of the fax it is, and how it was received."""

    document: int
    page: Page
    received: Received


def send(sending: Sending, rng: Random) -> list[Sheet]:
    """Draw every page and send it."""
    drawn = [
        (document, page)
        for document, (layout, case) in enumerate(sending.documents)
        for page in layout.draw(case, rng)
    ]
    header = _header(sending, rng)
    sheets = []
    for number, (document, page) in enumerate(drawn, 1):
        rotation = _rotation(sending, page, rng, alone=len(drawn) == 1)
        received = receive(page, sending.level, rng, fine=sending.fine, rotation=rotation)
        print_header(received.image, header.format(page=number, pages=len(drawn)))
        sheets.append(Sheet(document, page, received))
    return sheets


def save(sending: Sending, sheets: list[Sheet], folder: Path, formats: tuple[str, ...]) -> list[str]:
    """Write the fax as pdf, tiff (Group 4) or both; returns the file names."""
    first, *rest = (sheet.received.image for sheet in sheets)
    names = []
    for form in formats:
        options: dict[str, Any] = {"compression": "group4"}
        if form == "pdf":  # without dates, so that the same fax is the same file
            options = {"creationDate": None, "modDate": None, "producer": "benchmarks.faxes"}
        names.append(f"{sending.fax_id}.{SUFFIXES[form]}")
        first.save(folder / names[-1], save_all=True, append_images=rest, dpi=sending.dpi, **options)
    return names


def _header(sending: Sending, rng: Random) -> str:
    """What the sending machine prints on top: date, time, number, name, and {page} of {pages}."""
    layout, case = sending.documents[0]
    name, number = _sender(layout, case)
    style = rng.choice(UNSEEN_HEADERS) if sending.set_name == "held-out" else HEADER
    return style.format(
        date=date_text(case.written_on),
        hour=f"{rng.randrange(7, 18):02d}:{rng.randrange(60):02d}",
        number=phone_text(number, 1),
        name=name.upper()[:28],
        to=phone_text(case.specialist.practice.fax, 1),
    )


def _sender(layout: Layout, case: Case) -> tuple[str, str]:
    if layout.doc_class == "junk":
        return ADVERTISER
    author = case.specialist if layout.doc_class == "consult_report" else case.referrer
    return author.practice.name, author.practice.fax


def _rotation(sending: Sending, page: Page, rng: Random, *, alone: bool) -> int:
    """Clockwise degrees; a landscape page always goes through sideways."""
    if page.landscape:
        return rng.choice([90, 270])
    return 180 if sending.upside_down and (alone or rng.random() < TURNED_SHARE) else 0
