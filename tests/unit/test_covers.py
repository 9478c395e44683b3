from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import time_machine
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from organizations.models import Organization
from patients.models import Patient
from referrals import drawing
from referrals.covers import NotSendable, with_cover
from referrals.models import Dispatch, Referral

LINK = "https://referralhub.example/s/7KQ2abcdefghijklmnopqrstuv/"


@pytest.fixture
def dispatch():
    organization = Organization(name="Lakeside Specialty", phone="+12175550100", link_key="7KQ2")
    patient = Patient(given_name="Maria", family_name="Delgado")
    referral = Referral(organization=organization, status_code="M4XD9TRW", number="R-20418", patient=patient)
    return Dispatch(referral=referral, to="+12175550142", to_label="Prairie Family Medicine")


def pdf_of(*pages):
    out = BytesIO()
    canvas = Canvas(out)
    for words in pages:
        canvas.drawString(100, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture_of(kind, *colours, mode="L"):
    out = BytesIO()
    first, *rest = [Image.new(mode, (170, 220), colour) for colour in colours]
    first.save(out, kind, **({"save_all": True, "append_images": rest} if rest else {}))
    return out.getvalue()


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    words = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return words


@time_machine.travel(datetime(2026, 11, 25, 16, tzinfo=UTC))
def test_the_cover_says_for_whom_from_whom_how_many_and_how_to_answer(dispatch):
    cover, *report = words_of(with_cover(dispatch, pdf_of("one", "two", "three"), LINK))
    for words in (
        "Prairie Family Medicine",
        "(217) 555-0142",
        "Lakeside Specialty",
        "(217) 555-0100",
        "4, with this one",
        "11/25/2026 10:00 AM",
        "7KQ2 M4XD 9TRW",
        LINK,
        "type the status code",
        "Call (217) 555-0100",
        "Confidential",
    ):
        assert words in cover
    assert [words.strip() for words in report] == ["one", "two", "three"]


def test_no_patient_is_named_on_the_cover(dispatch):
    (cover, _report) = words_of(with_cover(dispatch, pdf_of("Maria Delgado"), LINK))
    for secret in ("Maria", "Delgado", "R-20418"):
        assert secret not in cover


def test_the_file_itself_tells_nothing_more(dispatch):
    with pikepdf.open(BytesIO(with_cover(dispatch, pdf_of("x"), LINK))) as packet:
        assert all(
            str(key) != "/Author" or "anonymous" in str(value) for key, value in packet.docinfo.items()
        )
        assert "Maria" not in str(dict(packet.docinfo)) and "Maria" not in str(packet.Root.get("/Metadata"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_gets_a_page_of_its_own(dispatch, kind):
    assert len(words_of(with_cover(dispatch, picture_of(kind, 128), LINK))) == 2


def test_each_picture_of_a_fax_is_a_page(dispatch):
    assert len(words_of(with_cover(dispatch, picture_of("TIFF", 0, 1, mode="1"), LINK))) == 3


def test_a_coloured_picture_is_faxed_grey(dispatch):
    assert len(words_of(with_cover(dispatch, picture_of("PNG", (200, 10, 10, 128), mode="RGBA"), LINK))) == 2


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4 broken", b"GIF89a", pdf_of("x")[:200]])
def test_what_cannot_be_read_is_not_sent(dispatch, content):
    with pytest.raises(NotSendable, match=r"Save it as a PDF and add it again."):
        with_cover(dispatch, content, LINK)


def test_a_locked_report_is_not_sent(dispatch):
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf_of("secret"))) as report:
        report.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(NotSendable):
        with_cover(dispatch, out.getvalue(), LINK)


def test_the_link_can_be_scanned_after_a_coarse_fax():
    assert drawing.QR_SQUARE / 72 * 98 >= 6  # lines of a standard fax for one square
