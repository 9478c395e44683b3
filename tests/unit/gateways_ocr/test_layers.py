"""A PDF's own text is believed only where its picture says the same."""

import io
from dataclasses import replace

from reportlab.pdfgen import canvas

from gateways.ocr import Word
from gateways.ocr.layers import repaired
from gateways.ocr.limits import Limits
from gateways.ocr.local import LocalOcr
from gateways.ocr.opening import open_file
from tests.unit.gateways_ocr.paper import LINES

SENTENCE = "Patient Maria Delgado born 05/06/1981 member HPC6O27l group 88120 plan gold"
PRINTED = SENTENCE.split()


def row(texts, y=100):
    return [Word(text, 100 + 150 * at, y, 120, 30, 0.9) for at, text in enumerate(texts)]


def texts(words):
    return [word.text for word in words]


def pdf(*, shown=LINES, hidden=()):
    """A page of print, and text that is there but not drawn (PDF text render mode 3)."""
    packed = io.BytesIO()
    page = canvas.Canvas(packed, pagesize=(612, 792))
    for mode, lines in ((0, shown), (3, hidden)):
        text = page.beginText(60, 700)
        text.setFont("Helvetica", 12)
        text.setLeading(30)
        text.setTextRenderMode(mode)
        text.textLines("\n".join(lines))
        page.drawText(text)
    page.save()
    return packed.getvalue()


def test_a_confusion_is_written_as_an_agreeing_layer_has_it():
    told = row(["HPC60271" if text == "HPC6O27l" else text for text in PRINTED])
    words = repaired(row(PRINTED), told)
    assert texts(words) == texts(told)
    assert words[6] == replace(row(PRINTED)[6], text="HPC60271")


def test_a_word_that_is_no_twin_is_never_overruled():
    told = row(["HPC99999" if text == "HPC6O27l" else text for text in PRINTED])
    assert texts(repaired(row(PRINTED), told)) == PRINTED


def test_a_layer_that_disagrees_is_ignored_as_a_whole():
    told = row(["HPC60271" if text == "HPC6O27l" else text[::-1] + "x" for text in PRINTED])
    assert texts(repaired(row(PRINTED), told)) == PRINTED


def test_a_layer_with_the_same_words_elsewhere_is_ignored():
    assert texts(repaired(row(PRINTED), row([*PRINTED[:6], "HPC60271", *PRINTED[7:]], y=900))) == PRINTED


def test_a_layer_adds_no_word():
    told = row(PRINTED) + row(["Aspirin"], y=900)
    assert texts(repaired(row(PRINTED), told)) == PRINTED


def test_the_layer_of_a_drawn_page_lies_on_its_picture():
    (sheet,) = open_file(pdf(), Limits()).sheets
    assert texts(sheet.layer) == " ".join(LINES).split()
    word = sheet.layer[0]
    box = (word.x, word.y, word.x + word.width, word.y + word.height)
    assert sheet.image.crop(box).getextrema()[0] < 64


def test_text_that_is_hidden_in_a_pdf_is_not_read():
    (page,) = LocalOcr().read(pdf(hidden=["Patient name: Somebody Else"] * 12), media_type="")
    assert not {"Somebody", "Else"} & set(texts(page.words))
