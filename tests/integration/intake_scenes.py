"""Arrivals in one line. Call inside an organization's scope."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from zoneinfo import ZoneInfo

from PIL import Image

from intake.actions import arriving, reading, rearranging
from intake.extraction import Box, Extraction, ReadDocument, ReadField, extract
from intake.models import Arrival

serial = count(1)
CLINIC = ZoneInfo("America/Chicago")
MARIA = {
    "patient_last": "Delgado-Ruiz",
    "patient_first": "Maria",
    "patient_dob": "1967-03-14",
    "patient_sex": "F",
    "patient_phone": "2175550188",
    "patient_address": "1826 N Monroe, Decatur, IL 62526",
    "payer_name": "Heritage PPO",
    "member_id": "HPC 8841 6027",
    "to_specialty": "Cardiology",
    "urgency": "urgent",
    "reason": "New exertional chest tightness",
    "icd10": "R07.89",
    "ref_provider": "Hannah Lindqvist, MD",
    "ref_npi": "1999000122",
    "ref_fax": "2175550142",
}
THEO = {
    **MARIA,
    "patient_last": "Beaumont",
    "patient_first": "Theo",
    "patient_dob": "1971-06-30",
    "member_id": "TB 1",
}


LETTER, LINE = 20, 60  # pixels
MARIAS_FORM = {"last": "Delgado", "first": "Maria", "born": "03/14/1967", "member": "HPC884160"}


def clinic_day(*, ago: int = 0) -> date:
    """The day at the clinic, which at night is another one than in UTC."""
    return datetime.now(CLINIC).date() - timedelta(days=ago)


THEOS_FORM = {"last": "Beaumont", "first": "Theo", "born": "06/30/1971", "member": "TBX774411"}


@dataclass
class Sheet:
    """A page as the OCR gives it."""

    number: int
    width: int = 1700
    height: int = 2200
    turned: int = 0
    words: tuple = ()
    image: bytes = b""

    def __post_init__(self):
        self.image = self.image or png()


def png(width=340, height=440):
    written = BytesIO()
    Image.new("1", (width, height), 1).save(written, "PNG")
    return written.getvalue()


def pdf():
    """Bytes that are a PDF at sight, each time others."""
    return b"%PDF-1.4\n%" + str(next(serial)).encode()


def read_field(key, value, *, confidence=0.97, why="", page=1):
    return ReadField(key, value, str(value), confidence, page, Box(400, 300, 200, 30), why)


def paper(values=MARIA, *, first=1, last=1, doc_class="referral", doubtful=()):
    """What the reader makes of one paper; `doubtful` fields are unclear."""
    fields = tuple(
        read_field(k, v, page=first, **({"confidence": 0.4, "why": "O or zero?"} if k in doubtful else {}))
        for k, v in values.items()
    )
    return ReadDocument(doc_class, first, last, fields)


def make_arrival(content=None, **facts):
    """A fax that has come and waits to be read."""
    defaults = {"source": "fax", "from_number": "+12175550142"}
    return arriving.receive(content or pdf(), **{**defaults, **facts})


def make_ready(*papers, pages=None, **facts) -> Arrival:
    """A fax read into the given papers (one about Maria when none is given)."""
    papers = papers or (paper(),)
    arrival = make_arrival(**facts)
    reading.begin(arrival.pk, read_key=arrival.read_key)
    total = pages or papers[-1].page_to
    for number in range(1, total + 1):
        reading.record_page(arrival.pk, Sheet(number))
    reading.finish(arrival.pk, Extraction(papers, ("referral",) * total))
    return arrival.refresh()


class Word:
    """One word as the OCR gives it."""

    def __init__(self, text, x, y):
        self.text, self.x, self.y = text, x, y
        self.width, self.height, self.confidence = LETTER * len(text), 30, 0.96


def form_page(number, *, last, first, born, member):
    """A referral form about one patient, as read."""
    lines = [
        "REFERRAL REQUEST",
        f"Patient Last Name: {last}",
        f"First Name: {first}",
        f"Date of Birth: {born}",
        f"Member ID: {member}",
        "Refer to: Cardiology",
        "Reason for referral: chest pain on effort",
        "Referring provider: Hannah Lindqvist, MD",
    ]
    words = []
    for at, line in enumerate(lines):
        x = 150
        for text in line.split():
            words.append(Word(text, x, 200 + at * LINE))
            x += LETTER * (len(text) + 1)
    return Sheet(number, words=tuple(words))


def make_read(*pages, cut=True) -> Arrival:
    """A fax of these pages, read in earnest; without `cut` the machine took it for one paper."""
    arrival = make_arrival()
    reading.begin(arrival.pk, read_key=arrival.read_key)
    for page in pages:
        reading.record_page(arrival.pk, page)
    extraction = extract(list(pages))
    if not cut:
        whole = rearranging.one_paper(extraction, (1, len(pages)))
        extraction = type(extraction)((whole,), extraction.page_roles)
    reading.finish(arrival.pk, extraction)
    return arrival.refresh()


def form_of(arrival, **changes):
    """What the browser posts when nobody changes anything; `match` is a new patient unless given."""
    first = arrival.readings.standing().filter(handled_at=None).first()
    values = {row.key: row.final_value for row in first.fields.all()} if first else {}
    return {"reading": str(first.pk) if first else "", "match": "new", **values, **changes}
