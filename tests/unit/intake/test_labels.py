"""Labels, what they mean, and whose section a line is in."""

import pytest

from intake.extraction import kinds, vocabulary
from intake.extraction.sections import Sections
from tests.unit.intake.paper import labels_of


def meanings(text):
    return [label.meaning for label in labels_of(text).found]


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("Date of Birth: 05/06/2001", "patient_dob"),
        ("Fecha de nacimiento: 05/06/2001", "patient_dob"),
        ("Beneficiary DOB   05/06/2001", "patient_dob"),
        ("Ordering Clinician:   Jo Park", "ref_provider"),
        ("Policy #: A1234567", "member_id"),
        ("Policy 1D: A1234567", "member_id"),
        ("Offioe Phone:", "ref_phone"),
        ("Refer to Speciatty:", "to_specialty"),
        ("Emergency phone: 217-555-0142", "other"),
    ],
)
def test_a_label_is_understood(printed, meaning):
    assert meanings(printed)[0] == meaning


@pytest.mark.parametrize(
    "printed", ["Home oxygen at 2 liters", "The patient is stable and from Ohio", "Cardiology"]
)
def test_words_in_running_text_are_not_strong_labels(printed):
    assert all(label.strength <= 0.5 for label in labels_of(printed).found)


def test_two_wordings_of_one_label_are_one():
    assert meanings("Apellido / Last Name:   Stewart") == ["patient_last"]


def test_no_line_asks_twice_for_the_last_name():
    assert meanings("Last Name          Fast Name") == ["patient_last", "patient_first"]


def test_two_columns_keep_their_sections():
    labels = labels_of(
        "PATIENT                                   REFERRED BY\n"
        "Name: Leslie Stewart                      Phone: 217-555-0142"
    )
    phone = next(label for label in labels.found if label.meaning == "phone")
    assert Sections(labels).at(phone.line, phone.left) == "referrer"


def test_a_heading_alone_on_its_line_speaks_for_the_whole_width():
    labels = labels_of("Referring provider\nSpecialty\n\nPatient\nPhone: 1        Fax: 2")
    fax = next(label for label in labels.found if label.meaning == "fax")
    assert Sections(labels).at(fax.line, fax.left) == "patient"


def test_every_label_of_the_vocabulary_has_a_meaning_that_is_used():
    known = {role for roles in kinds.ROLES.values() for role in roles}
    known |= {meaning for meanings in kinds.OPEN.values() for meaning in meanings}
    known |= {"other", "city_line"}
    assert {meaning for meaning, _ in vocabulary.label_meanings().values()} <= known
