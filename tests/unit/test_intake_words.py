"""Names taken apart, files judged at the door, and the lines of the inbox."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from intake import admission, naming, picturing, summary

LIMIT = 50 * 1024 * 1024


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("DELGADO-RUIZ", "Delgado-Ruiz"),
        ("O'NEIL", "O'Neil"),
        ("MCKAY", "McKay"),
        ("de la Cruz", "de la Cruz"),
    ],
)
def test_names_are_written_as_people_write_them(shouted, written):
    assert naming.as_written(shouted) == written


@pytest.mark.parametrize(
    "text",
    ["Hannah Lindqvist, MD", "Lindqvist, Hannah MD", "Dr. Hannah Lindqvist, M.D.", "HANNAH LINDQVIST MD"],
)
def test_a_clinician_is_found_in_a_line(text):
    found = naming.clinician(text)
    assert (found.given, found.family, found.credential) == ("Hannah", "Lindqvist", "MD")


@pytest.mark.parametrize(
    ("text", "name"), [("Dr. Okafor", "Okafor"), ("OKAFOR MD", "Okafor"), ("Cardiology clinic staff", "")]
)
def test_a_surname_alone_is_enough_for_our_own(text, name):
    assert naming.surname(text) == name


def test_an_address_is_taken_apart_or_kept_whole():
    found = naming.address("1826 N Monroe, Decatur, IL 62526")
    assert (found.line1, found.city, found.state, found.postal_code) == (
        "1826 N Monroe",
        "Decatur",
        "IL",
        "62526",
    )
    assert naming.address("near the old mill").line1 == "near the old mill"


@pytest.mark.parametrize(
    ("media_type", "size", "said"),
    [
        ("application/pdf", 0, "empty"),
        ("application/pdf", LIMIT + 1, "up to 50 MB"),
        ("application/zip", 10, "ZIP"),
        ("application/octet-stream", 10, "not a PDF or an image"),
        ("image/tiff", 10, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_so_at_the_door(media_type, size, said):
    sentence = admission.why_not_read(media_type=media_type, size=size, limit=LIMIT)
    assert (said in sentence) if said else sentence == ""


def test_the_list_says_whom_and_what():
    values = {
        "patient_last": "Delgado-Ruiz",
        "patient_first": "Maria",
        "to_specialty": "Cardiology",
        "urgency": "urgent",
    }
    assert summary.two_lines([("referral", values)]) == "Delgado-Ruiz, Maria\nCardiology, urgent"
    assert summary.two_lines([("referral", values), ("referral", {})]).startswith(
        "Delgado-Ruiz, Maria and 1 more\n"
    )
    assert summary.two_lines([("lab_result", {})]) == "No name found\nLab result"


def page(shade=1):
    written = BytesIO()
    Image.new("1", (1700, 2200), shade).save(written, "PNG")
    return written.getvalue()


def test_a_thumbnail_is_too_small_to_read():
    with Image.open(BytesIO(picturing.thumbnail(page()))) as small:
        assert small.size == (150, 194)


def test_pages_are_bound_into_one_letter_size_pdf():
    with pikepdf.open(BytesIO(picturing.bound([page(), page(0)]))) as pdf:
        assert [[round(float(n)) for n in p.mediabox] for p in pdf.pages] == [[0, 0, 612, 792]] * 2
