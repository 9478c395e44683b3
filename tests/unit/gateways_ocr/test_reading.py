"""What the reader makes of good files: upright, straight, square pages with their words."""

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen import canvas

from gateways.ocr import GatewayError
from gateways.ocr.limits import Limits
from gateways.ocr.local import Child, LocalOcr
from tests.unit.gateways_ocr import hostile
from tests.unit.gateways_ocr.paper import LETTER, LINES, as_image, as_pdf, as_tiff, changed, drawn

EXPECTED = " ".join(LINES).split()


def read(content, **options):
    return list(LocalOcr(**options).read(content, media_type="image/tiff"))


def share_found(page):
    """Share of the words on the page that were read letter for letter."""
    found = {word.text for word in page.words}
    return sum(word in found for word in EXPECTED) / len(EXPECTED)


def vector_pdf():
    packed = io.BytesIO()
    page = canvas.Canvas(packed, pagesize=(612, 792))
    page.setFont("Helvetica", 12)
    for number, line in enumerate(LINES):
        page.drawString(60, 700 - 30 * number, line)
    page.save()
    return packed.getvalue()


def turned_pdf():
    def turn(pdf):
        pdf.pages[0].rotate(90, relative=True)

    return changed(as_pdf(drawn()), turn)


def stencil_pdf():
    def make_stencil(pdf):
        picture = next(iter(pdf.pages[0].get_images().values()))
        del picture["/ColorSpace"]
        picture["/ImageMask"] = True

    return changed(as_pdf(drawn()), make_stencil)


GOOD_FILES = {
    "fine tiff": lambda: as_tiff(drawn()),
    "standard tiff": lambda: as_tiff(drawn().resize((LETTER[0], LETTER[1] // 2)), dpi=(204, 98)),
    "pdf of an image": lambda: as_pdf(drawn()),
    "pdf of a stencil": stencil_pdf,
    "pdf of text": vector_pdf,
    "png": lambda: as_image(drawn(), "PNG"),
    "jpeg": lambda: as_image(drawn(), "JPEG"),
    "colour jpeg in a pdf": hostile.colour_pdf,
    "jbig2": hostile.jbig2_pdf,
    "600 dpi scan": lambda: as_tiff(drawn(size=(5083, 6471), height=100), dpi=(600, 600)),
}


@pytest.mark.parametrize("make", GOOD_FILES.values(), ids=GOOD_FILES.keys())
def test_a_good_file_becomes_square_one_bit_pages_with_their_words(make):
    (page,) = read(make())
    picture = Image.open(io.BytesIO(page.image))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "1", (page.width, page.height))
    assert 1600 < page.width < 1900
    assert 1.2 < page.height / page.width < 1.35
    assert (page.turned, page.number) == (0, 1)
    assert share_found(page) > 0.8


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_page_that_was_fed_wrongly_is_put_upright(clockwise):
    (page,) = read(as_tiff(drawn().rotate(-clockwise, expand=True)))
    assert page.turned == clockwise
    assert page.height > page.width
    assert share_found(page) > 0.8


def test_a_pdf_that_says_how_it_is_turned_is_shown_so_and_put_upright():
    (page,) = read(turned_pdf())
    assert page.turned == 90
    assert share_found(page) > 0.8


@pytest.mark.parametrize("degrees", [-2.0, 1.3])
def test_a_slant_is_found_and_taken_out(degrees):
    slanted = drawn().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    (page,) = read(as_tiff(slanted))
    assert page.skew == pytest.approx(degrees, abs=0.3)
    assert share_found(page) > 0.8


def test_a_photograph_with_a_shadow_is_read():
    shadow = Image.linear_gradient("L").resize(LETTER).point(lambda level: 120 + level // 3)
    (page,) = read(as_image(ImageChops.multiply(drawn(), shadow), "JPEG"))
    assert share_found(page) > 0.8


def test_a_blank_page_is_kept_without_words():
    first, second = read(as_tiff(drawn(), Image.new("L", LETTER, 255)))
    assert first.words
    assert (second.words, second.number) == ((), 2)


def test_progress_is_told_before_each_page():
    heard = []
    list(LocalOcr().read(as_pdf(drawn(), drawn()), media_type="", on_page=lambda *told: heard.append(told)))
    assert heard == [(1, 2), (2, 2)]


def test_pages_of_mixed_resolution_all_become_square():
    pages = read(hostile.mixed_tiff())
    assert [page.received for page in pages] == [(1728, 2200), (1728, 1100), (2540, 3234)]
    assert all(1.2 < page.height / page.width < 1.35 and share_found(page) > 0.8 for page in pages)


@pytest.mark.parametrize("make", [as_tiff, as_pdf])
@pytest.mark.parametrize("after", [1, 2, 3])
def test_pages_that_an_earlier_try_read_are_passed_over(make, after):
    content, begun = make(drawn(), drawn(), drawn()), []
    pages = LocalOcr().read(content, media_type="", on_page=lambda *told: begun.append(told), after=after)
    wanted = list(range(after + 1, 4))
    assert [page.number for page in pages] == wanted
    assert begun == [(number, 3) for number in wanted]


def test_pages_come_one_by_one():
    pages = LocalOcr().read(as_tiff(*[drawn()] * 4), media_type="image/tiff")
    started = time.monotonic()
    next(pages)
    one = time.monotonic() - started
    list(pages)
    assert time.monotonic() - started > 2 * one


def test_leaving_early_ends_the_reading_process():
    with Child(Limits(), "") as child:
        child.feed(as_tiff(drawn(), drawn()))
        next(child.frames())
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_the_reading_process_is_told_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for foreign bytes")
    with Child(Limits(), "") as child:
        environment = Path(f"/proc/{child.pid}/environ")
        if not environment.exists():
            pytest.skip("needs /proc to look into the process")
        child.feed(as_tiff(drawn()))
        next(child.frames())
        assert b"SECRET_KEY" not in environment.read_bytes()


def test_both_engines_read_the_same_words():
    (by_library,), (by_command,) = (
        read(as_tiff(drawn()), engine=name) for name in ("tesserocr", "pytesseract")
    )
    one, other = ({word.text for word in page.words} for page in (by_library, by_command))
    assert len(one & other) > 0.85 * len(one | other)


def test_an_engine_that_is_not_installed_is_named_plainly(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GatewayError, match="No OCR engine is installed"):
        read(as_tiff(drawn()), engine="pytesseract")


def test_small_print_alone_in_a_cell_is_found_on_second_look():
    from gateways.ocr.engines import engine
    from gateways.ocr.leftovers import with_leftovers

    page = drawn(("Known words here", "Passed over"))
    known = [word for word in engine().words(page) if word.text in ("Known", "words", "here")]
    words = with_leftovers(page, known, engine())
    passed = next(word for word in words if word.text == "Passed")
    assert abs(passed.x - 140) < 12
    assert abs(passed.y - 281) < 20
