"""Our request comes back by fax: code and ticks survive a bad line at the coarse resolution."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from benchmarks.faxes import degradation
from intake.answers import from_text, reply_on
from organizations.models import Organization
from patients.models import Patient
from providers.models import Specialty
from referrals import letters
from referrals.models import InfoRequest, Referral

DPI = 300 / 72  # pixels to a point
FINE = (1728, 2156)
TICKED = (0, 2)


@dataclass
class Sent:
    """What the fax machine takes."""

    image: Image.Image

    @property
    def width(self):
        return self.image.width

    @property
    def height(self):
        return self.image.height


@dataclass
class Received:
    number: int
    image: bytes
    words: tuple = ()


@pytest.fixture(scope="module")
def letter():
    """The letter with two boxes crossed by hand."""
    us = Organization(name="Lakeside", phone="+12175550100", fax="+12175550101", link_key="7KQ2")
    maria = Patient(given_name="Maria", family_name="Delgado", birth_date=date(1967, 3, 14))
    referral = Referral(organization=us, patient=maria, specialty=Specialty(name="Cardiology"))
    request = InfoRequest(
        organization=us, referral=referral, wanted="ECG 11/20, office note and member ID", code="M4XD9TRW"
    )
    pdf = letters.letter_of(request, asked_of="Prairie", fax="+12175550142", now=datetime(2026, 11, 25, 10))
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=DPI).to_pil().convert("L")
    for n in TICKED:
        _cross(image, letters.box_of(n))
    return image


def _cross(image, box):
    left, top = (letters.QR_LEFT + box.left) * DPI, (792 - letters.QR_TOP + box.top) * DPI
    right, bottom = left + letters.BOX * DPI, top + letters.BOX * DPI
    pen = ImageDraw.Draw(image)
    pen.line((left + 6, top + 6, right - 6, bottom - 6), fill=0, width=6)
    pen.line((right - 6, top + 6, left + 6, bottom - 6), fill=0, width=6)


def faxed(letter, level, *, fine, seed):
    sheet = degradation.receive(Sent(letter), level, Random(seed), fine=fine, rotation=0).image
    out = BytesIO()
    sheet.convert("L").resize(FINE, Image.Resampling.BICUBIC).point(lambda v: 255 * (v > 127)).save(
        out, "PNG"
    )
    return Received(1, out.getvalue())


@pytest.mark.parametrize(("level", "fine"), [("moderate", True), ("bad", False), ("awful", False)])
def test_the_code_is_read_from_a_bad_fax(letter, level, fine):
    assert {reply_on([faxed(letter, level, fine=fine, seed=n)]).code for n in range(5)} == {"7KQ2M4XD9TRW"}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_ticked_is_told_from_what_was_not(letter, seed):
    assert reply_on([faxed(letter, "bad", fine=bool(seed % 2), seed=seed)]).ticked == TICKED


def test_a_reply_is_kept_as_it_was_read(letter):
    reply = reply_on([faxed(letter, "moderate", fine=True, seed=1)])
    kept = from_text(reply.as_text(), 1)
    assert (kept.code, kept.ticked, kept.written) == (reply.code, reply.ticked, reply.written)


def test_other_codes_are_nobodys(letter):
    assert letters.code_in("https://example.org/s/7KQ2abc/") == ""


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ("ECG 11/20, office note and insurance member ID", ["", "", "member_id"]),
        ("ICD-10, Copy of the insurance card. last labs", ["icd10", "", ""]),
        ("a working phone number; NPI", ["patient_phone", "ref_npi"]),
        (", ".join("abcdefghij"), [""] * 8),
    ],
)
def test_what_is_asked_for_becomes_items_to_tick(wanted, items):
    assert [item.key for item in letters.items_of(wanted)] == items
