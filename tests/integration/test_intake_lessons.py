"""What a correction teaches about a sender's paper, when it applies, and how it is forgotten."""

from dataclasses import dataclass
from datetime import date

import pytest

from intake import locating
from intake.actions import accepting, learning, reading
from intake.extraction import Box, Extraction, ReadDocument, ReadField, extract
from intake.models import SenderLesson
from tests.integration.intake_scenes import MARIA, Sheet, make_arrival

SENDER = "+12175550142"
RULES = "/o/lakeside/settings/faxes/"


@dataclass(frozen=True)
class Word:
    text: str
    x: int
    y: int
    width: int
    height: int = 28
    confidence: float = 0.95


def line(y, *cells):
    """Words on one line: (x, text) pairs."""
    placed = []
    for left, text in cells:
        at = left
        for word in text.split():
            placed.append(Word(word, at, y, 16 * len(word)))
            at += 16 * len(word) + 14
    return placed


PAGE = Sheet(
    1,
    words=(
        *line(200, (120, "Referral order")),
        *line(300, (120, "Client:"), (420, "Maria Delgado-Ruiz")),
        *line(400, (120, "Kept on file as:"), (420, "XK55 9921")),
        *line(500, (120, "Sponsor code:"), (420, "HPC88416027")),
    ),
)


def make_fax(read_as="XK55 9921", **facts):
    """A fax of which the member number was read from the wrong line."""
    arrival = make_arrival(from_number=SENDER, **facts)
    reading.begin(arrival.pk, read_key=arrival.read_key)
    reading.record_page(arrival.pk, PAGE)
    values = {**MARIA, "member_id": read_as}
    found = tuple(
        ReadField(key, value, value, 0.97, 1, Box(420, 400, 200, 28), "") for key, value in values.items()
    )
    reading.finish(arrival.pk, Extraction((ReadDocument("referral", 1, 1, found),), ("referral",)))
    return arrival.refresh()


def correct(arrival, alicia, **changes):
    """Alicia accepts it with other values."""
    accepting.accept(
        arrival_id=arrival.pk,
        reading_id=arrival.readings.get().pk,
        membership=alicia,
        values={**MARIA, "member_id": "XK55 9921", **changes},
        patient_id=None,
    )


@pytest.fixture
def taught(scope, alicia):
    """Two corrections that agree."""
    for _ in range(2):
        correct(make_fax(), alicia, member_id="HPC88416027")


def test_one_correction_proposes_and_a_second_one_applies(scope, alicia):
    correct(make_fax(), alicia, member_id="HPC88416027")
    lesson = SenderLesson.objects.get()
    assert (lesson.wording, lesson.key, lesson.times) == ("sponsor code", "member_id", 1)
    assert learning.taught_by(SENDER) == {}
    correct(make_fax(), alicia, member_id="HPC88416027")
    assert learning.taught_by(SENDER) == {"sponsor code": "member_id"}


def test_the_next_fax_of_this_sender_is_read_as_taught(taught):
    def read(lessons):
        found = extract([PAGE], today=date(2026, 11, 25), taught=lessons).documents[0].fields
        return {field.key: field.value for field in found}.get("member_id", "")

    assert read(learning.taught_by(SENDER)) == "HPC88416027"


def test_another_sender_is_read_as_before(taught):
    assert learning.taught_by("+13125550199") == {} == learning.taught_by("")


def test_what_was_only_misread_teaches_nothing(scope, alicia):
    correct(make_fax(), alicia, member_id="HPC00000000")
    assert not SenderLesson.objects.exists()


def test_a_correction_drops_the_lesson_that_led_to_the_wrong_value(taught, alicia):
    SenderLesson.objects.create(from_number=SENDER, wording="kept on file as", key="member_id", times=3)
    correct(make_fax(), alicia, member_id="HPC88416027")
    assert learning.taught_by(SENDER) == {"sponsor code": "member_id"}


def test_a_wording_that_comes_to_mean_another_field_begins_anew(taught, alicia):
    correct(make_fax(), alicia, group_no="HPC88416027")
    lesson = SenderLesson.objects.get(wording="sponsor code")
    assert (lesson.key, lesson.times, learning.taught_by(SENDER)) == ("group_no", 1, {})


def test_a_person_sees_what_was_learned_and_has_it_forgotten(taught, member, enter):
    browser = enter(member("admin"))
    assert "“sponsor code” is Insurance: Member ID" in browser.get(RULES).content.decode()
    lesson = SenderLesson.objects.get()
    assert browser.post(f"{RULES}lessons/{lesson.pk}/forgetting/").status_code == 302
    assert (learning.taught_by(SENDER), lesson.refresh().dropped_at is not None) == ({}, True)


@pytest.mark.parametrize(
    ("key", "value", "printed"),
    [
        ("patient_dob", "1967-03-14", "born 3/14/67,"),
        ("patient_phone", "2175550188", "Cell (217) 555-0188"),
        ("patient_last", "Delgado-Ruiz", "DELGADO-RUIZ, Maria"),
        ("icd10", "R07.89, I10", "Dx R0789"),
    ],
)
def test_a_typed_value_is_found_however_it_is_printed(key, value, printed):
    page = Sheet(1, words=tuple(line(300, (120, printed))))
    assert len(locating.places_of(key, value, page, today=date(2026, 11, 25))) == 1
