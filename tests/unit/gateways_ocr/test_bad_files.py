"""Every broken or hostile file gets its named trouble, within bounded time and memory."""

import io
import struct
import time

import pikepdf
import pytest

from gateways.ocr import (
    Empty,
    NotADocument,
    OcrTrouble,
    PasswordNeeded,
    ReaderDied,
    TooLarge,
    Truncated,
    Unreadable,
)
from gateways.ocr.limits import MEBIBYTE, Limits
from gateways.ocr.local import LocalOcr
from tests.conftest import shared
from tests.unit.gateways_ocr import hostile
from tests.unit.gateways_ocr.paper import LINES, as_pdf, as_tiff, changed, drawn

SECONDS = 20
SMALL = 256 * MEBIBYTE


def pages_and_trouble(content, *, limits=None):
    pages = []
    try:
        pages.extend(page for page in LocalOcr(limits=limits).read(content, media_type="application/pdf"))
    except OcrTrouble as trouble:
        return pages, trouble
    return pages, None


def locked_pdf():
    return changed(as_pdf(drawn()), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u"))


def pdf_without_pages():
    packed = io.BytesIO()
    pikepdf.new().save(packed)
    return packed.getvalue()


def pdf_of_a_huge_page():
    def enlarge(pdf):
        pdf.pages[0].mediabox = [0, 0, 14400, 14400]

    return changed(as_pdf(drawn()), enlarge)


def bomb():
    """A small TIFF that claims to unpack to 3.6 gigapixels."""
    content = bytearray(as_tiff(drawn()))
    directory = int.from_bytes(content[4:8], "little")
    for entry in range(directory + 2, directory + 2 + 12 * content[directory], 12):
        if int.from_bytes(content[entry : entry + 2], "little") in (256, 257):  # width and length
            content[entry + 2 : entry + 12] = struct.pack("<HII", 4, 1, 60_000)
    return bytes(content)


MADE_HERE = {
    "empty": (lambda: b"", Empty),
    "text": (lambda: b"Please see the attached patient.", NotADocument),
    "only a magic number": (lambda: b"%PDF-1.7\n", Unreadable),
    "half a pdf": (lambda: as_pdf(drawn())[:2000], Unreadable),
    "locked pdf": (locked_pdf, PasswordNeeded),
    "pdf without pages": (pdf_without_pages, Empty),
    "pdf of a huge page": (pdf_of_a_huge_page, TooLarge),
    "bomb": (bomb, TooLarge),
    "tiff cut in its head": (lambda: as_tiff(drawn())[:200], Unreadable),
    "eicar": (lambda: hostile.EICAR, NotADocument),
    "zip bomb": (hostile.zip_bomb, NotADocument),
    "huge bitmap in a pdf": (hostile.pdf_of_a_huge_bitmap, TooLarge),
    "flate bomb to draw": (hostile.pdf_with_a_bomb_to_draw, ReaderDied),
}


@pytest.mark.parametrize(("make", "trouble"), MADE_HERE.values(), ids=MADE_HERE.keys())
def test_a_bad_file_gets_its_named_trouble(make, trouble):
    started = time.monotonic()
    pages, raised = pages_and_trouble(make())
    assert (pages, type(raised)) == ([], trouble)
    assert str(raised).endswith(".")
    assert time.monotonic() - started < SECONDS


IN_THE_COLLECTION = {
    "empty.pdf": (0, Empty),
    "notpdf.pdf": (0, NotADocument),
    "enc.pdf": (0, PasswordNeeded),
    "trunc.pdf": (0, Unreadable),
    "cuthead.tif": (0, Unreadable),
    "bomb.tif": (0, TooLarge),
    "trunc.tif": (3, Truncated),
    "blank.tif": (1, type(None)),
}


@pytest.mark.parametrize("name", IN_THE_COLLECTION)
def test_each_collected_bad_fax_gets_its_named_trouble(name):
    pages, raised = pages_and_trouble((shared("data", "faxes", "bad") / name).read_bytes())
    assert (len(pages), type(raised)) == IN_THE_COLLECTION[name]


@pytest.mark.parametrize("make", [bomb, pdf_of_a_huge_page], ids=["bomb", "huge page"])
def test_what_is_too_large_is_refused_before_it_is_unpacked(make):
    pages, raised = pages_and_trouble(make(), limits=Limits(memory_bytes=SMALL))
    assert (pages, type(raised)) == ([], TooLarge)


def test_an_ordinary_page_is_read_in_little_memory():
    pages, raised = pages_and_trouble(as_pdf(drawn()), limits=Limits(memory_bytes=SMALL))
    assert (len(pages), raised) == (1, None)


def test_the_pages_before_a_break_are_kept():
    content = as_tiff(drawn(), drawn(("Second page of the chart",)), drawn(("Third page of the chart",)))
    pages, raised = pages_and_trouble(content[: int(len(content) * 0.9)])
    assert isinstance(raised, Truncated)
    assert [page.number for page in pages] == [1, 2]


def test_the_pages_of_a_cut_pdf_that_can_be_found_are_kept():
    content = as_pdf(drawn(), drawn(("Second page of the chart",)))
    pages, raised = pages_and_trouble(content[: content.index(b"8 0 obj")])
    assert [page.number for page in pages] == [1]
    assert isinstance(raised, Truncated)


def test_more_pages_than_allowed_are_refused_before_any_is_read():
    pages, raised = pages_and_trouble(as_pdf(drawn(), drawn(), drawn()), limits=Limits(pages=2))
    assert (pages, type(raised)) == ([], TooLarge)
    assert "2 pages" in str(raised)


@pytest.mark.parametrize(
    "limits",
    [Limits(wall_seconds_a_page=0), Limits(memory_bytes=150 * MEBIBYTE)],
    ids=["too slow", "too much memory"],
)
def test_a_reader_that_cannot_even_open_the_page_is_ended(limits):
    largest = as_tiff(drawn(LINES * 8, size=(5400, 7200)))
    pages, raised = pages_and_trouble(largest, limits=limits)
    assert (pages, type(raised)) == ([], ReaderDied)


def test_a_flate_bomb_behind_a_small_picture_is_not_unpacked():
    pages, raised = pages_and_trouble(hostile.pdf_with_a_bomb_as_picture(), limits=Limits(memory_bytes=SMALL))
    assert (len(pages), raised) == (1, None)


def test_a_tiff_that_runs_in_a_circle_is_read_once():
    pages, raised = pages_and_trouble(hostile.tiff_that_runs_in_a_circle())
    assert ([page.number for page in pages], raised) == ([1, 2], None)


def test_a_file_of_two_kinds_is_what_its_first_bytes_say():
    (page,), raised = pages_and_trouble(hostile.polyglot())
    assert ("Prairie" in {word.text for word in page.words}, raised) == (True, None)


def test_scripts_and_attachments_of_a_pdf_are_left_alone():
    (page,), raised = pages_and_trouble(hostile.pdf_with_scripts_and_attachments())
    (plain,), _ = pages_and_trouble(as_pdf(drawn()))
    assert (page.words, page.image, raised) == (plain.words, plain.image, None)


def test_a_damaged_pdf_that_can_be_repaired_is_read():
    content = as_pdf(drawn()).replace(b"startxref", b"startxxxx")
    pages, raised = pages_and_trouble(content)
    assert (len(pages), raised) == (1, None)
