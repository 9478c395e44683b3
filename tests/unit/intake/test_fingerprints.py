"""Two sendings of one page are alike, other pages are not, and two patients on one form are told apart by words."""

from datetime import date
from random import Random

import pytest

from benchmarks.faxes.cases import make_case
from benchmarks.faxes.degradation import print_header, receive
from benchmarks.faxes.layouts import LAYOUTS
from gateways.ocr import imaging
from gateways.ocr.sheets import Sheet
from intake.fingerprints import ALIKE, fingerprint, likeness
from intake.likenesses import Person, compared, person

MARIA = {"patient_last": "Delgado-Ruiz", "patient_first": "Maria", "patient_dob": "1967-03-14"}
SENDINGS = (("clean", True), ("moderate", False), ("bad", True))


def sent(page, seed, level, fine):
    """The fingerprint of the page as one sending delivers it, squared and straightened as it is read."""
    rng = Random(seed)
    image = receive(page, level, rng, fine=fine, rotation=0).image
    print_header(image, f"05/{seed:02d}/2026 09:{seed:02d}  (217) 555-0142  PRAIRIE FAMILY")
    square = imaging.squared(Sheet(image.convert("L"), (204, 196 if fine else 98)))
    return fingerprint(imaging.png_of(imaging.straightened(square)[0]))


@pytest.fixture(scope="module")
def prints():
    """Two pages, each sent three times, with more and more damage."""
    pages = {}
    for seed, name in enumerate(("epic", "free_letter")):
        page = LAYOUTS[name].draw(make_case(Random(seed), date(2026, 11, 24)), Random(seed))[0]
        pages[name] = [sent(page, 10 + number, *how) for number, how in enumerate(SENDINGS)]
    return pages


def test_every_sending_of_a_page_is_nearer_than_any_other_page(prints, capsys):
    same = [likeness(first, again) for first, *others in prints.values() for again in others]
    other = [likeness(a, b) for a in prints["epic"] for b in prints["free_letter"]]
    with capsys.disabled():
        print(f"\nfingerprints: same page {min(same):.2f} at least, other pages {max(other):.2f} at most")
    assert min(same) >= ALIKE > max(other)


def test_a_blank_page_has_no_fingerprint_and_is_like_nothing(prints):
    from tests.integration.intake_scenes import png

    blank = fingerprint(png())
    assert (blank, likeness(blank, prints["epic"][0]), likeness("", "")) == ("", 0, 0)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Person.SAME),
        ({"patient_last": "Delgado Ruiz"}, Person.SAME),
        ({"patient_last": "Maria", "patient_first": "Delgado-Ruiz"}, Person.SAME),
        ({"patient_dob": "1967-08-14"}, Person.SAME),  # one digit misread
        ({"patient_first": ""}, Person.SAME),
        ({"patient_last": "", "patient_first": ""}, Person.LIKELY),
        ({"patient_first": "", "patient_dob": ""}, Person.UNKNOWN),
        ({"patient_first": "Theo"}, Person.OTHER),  # a twin
        ({"patient_first": "Theo", "patient_dob": "1999-11-30"}, Person.OTHER),  # a brother
        ({"patient_dob": "1999-11-30"}, Person.OTHER),  # a namesake
    ],
)
def test_one_patient_is_told_from_another(changed, verdict):
    assert person(MARIA, {**MARIA, **changed}) is verdict


def words(*texts, shift=0):
    return [[text, 300 * (n % 5) + shift, 100 + 40 * (n // 5) + shift, 200, 30, 0.95]
            for n, text in enumerate(texts)]  # fmt: skip


FORM = [f"label{n:02d}" for n in range(29)]


def test_words_are_compared_in_their_places_wherever_the_page_lies():
    found = compared([(words(*FORM, "2175550188"), words(*FORM, "2175550199", shift=37))])
    assert (found.words, found.differing) == (30, 0)  # one misread digit is no other word


@pytest.mark.parametrize(
    ("differing", "persons", "enough"),
    [
        (0, {Person.UNKNOWN}, True),
        (1, {Person.UNKNOWN}, False),
        (1, {Person.LIKELY}, False),
        (6, {Person.SAME}, True),  # a corrected value or two
        (9, {Person.SAME}, False),  # another letter about the same patient
        (0, {Person.SAME, Person.OTHER}, False),
    ],
)
def test_the_less_is_known_of_the_patient_the_less_may_differ(differing, persons, enough):
    other = [*("abcdefghi"[n] * 7 for n in range(differing)), *FORM[differing:]]
    assert compared([(words(*FORM), words(*other))]).is_enough_for(persons) is enough
