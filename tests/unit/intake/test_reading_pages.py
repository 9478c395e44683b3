"""From the words of pages to documents and fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.extraction import extract
from intake.extraction.shapes import Box
from tests.unit.intake.paper import Page, Word, page_of

TODAY = date(2026, 11, 25)
FORM = """
Ambulatory Referral to Nephrology
Patient Name: Stewart, Leslie          DOB: 05/06/2001       Sex: Female
Home Phone: 610-555-0117               Address: 4336 Willow Ave, Albany, NY 12207
Insurance: Medicaid                    Member ID: M75481588      Group #: 6900304

Ordering Provider: Jeremy Gamble, MD   NPI: 2968348575
Office Phone: (972) 555-0186           Office Fax: (503) 555-0149
Refer to: Jodi Carr, FNP-C             Specialty: Nephrology
Order Date: 05/03/2026                 Priority: Stat
Diagnosis: Proteinuria [R80.9]         CPT: 76770
Reason for Referral: Nephrotic range proteinuria, evaluate for biopsy
"""
EXPECTED = {
    "patient_first": "Leslie",
    "patient_last": "Stewart",
    "patient_dob": "2001-05-06",
    "patient_sex": "F",
    "patient_phone": "6105550117",
    "patient_address": "4336 Willow Ave, Albany, NY 12207",
    "payer_name": "Medicaid",
    "member_id": "M75481588",
    "group_no": "6900304",
    "ref_provider": "Jeremy Gamble",
    "ref_npi": "2968348575",
    "ref_phone": "9725550186",
    "ref_fax": "5035550149",
    "to_provider": "Jodi Carr",
    "to_specialty": "Nephrology",
    "referral_date": "2026-05-03",
    "urgency": "stat",
    "icd10": ("R80.9",),
    "cpt": ("76770",),
    "reason": "Nephrotic range proteinuria, evaluate for biopsy",
}
LETTER = """
March 14, 2026
Dr. Rachel Wagner
RE: Anne Gutierrez   DOB: 06/17/1969
Thank you for seeing Ms. Gutierrez, a 56 year old female. Reason for referral: Iron deficiency anemia
with melena, evaluate for bleeding. She denies fever or chills and has had no operation at all before.
She is insured with Cigna, member ID 049660041. She can be reached at (425) 555-0181. This is routine.
Sincerely,

Michele Cruz, NP
NPI 1226007403
"""


def fields_of(*pages):
    (document,) = extract(pages, today=TODAY).documents
    return {field.key: field for field in document.fields}


@pytest.mark.parametrize("key", EXPECTED)
def test_a_form_is_read(key):
    assert fields_of(page_of(FORM))[key].value == EXPECTED[key]


def test_a_letter_is_read():
    values = {key: field.value for key, field in fields_of(page_of(LETTER)).items()}
    assert (values["patient_first"], values["patient_last"]) == ("Anne", "Gutierrez")
    assert values["patient_dob"] == "1969-06-17"
    assert values["reason"].startswith("Iron deficiency anemia")
    assert (values["payer_name"], values["member_id"]) == ("Cigna", "049660041")
    assert (values["ref_provider"], values["ref_npi"]) == ("Michele Cruz", "1226007403")
    assert values["referral_date"] == "2026-03-14"


def test_a_field_says_where_it_stands_and_how_it_is_written():
    field = fields_of(page_of(FORM))["patient_dob"]
    assert (field.page, field.display) == (1, "05/06/2001")
    assert field.box == Box(100 + 44 * 14, 400 + 48, 10 * 14, 24)


def test_clear_print_needs_no_reason_and_more_confidence_than_faint_print():
    clear, faint = (fields_of(page_of(FORM, confidence=c))["patient_dob"] for c in (0.96, 0.5))
    assert clear.why == ""
    assert faint.why == "Hard to read"
    assert clear.confidence > faint.confidence


def test_a_letter_in_an_id_is_pointed_out():
    field = fields_of(page_of(FORM.replace("M75481588", "MO7548158")))["member_id"]
    assert field.why == "O or zero?"


def test_two_birth_dates_are_pointed_out():
    field = fields_of(page_of(FORM + "Patient DOB: 06/05/2001"))["patient_dob"]
    assert field.why == "Two different birth dates on the page"


def test_two_npis_that_could_both_be_the_senders_are_left_to_a_person():
    assert "ref_npi" not in fields_of(page_of(FORM + "Ordering Provider NPI: 1226007403"))


def test_the_receivers_phone_and_npi_are_not_taken_for_the_senders():
    page = page_of(
        FORM.replace("   NPI: 2968348575", "")
        + "\nSpecialist phone: 217-555-0142     Specialist NPI: 1226007403     Specialist fax: 217-555-0143"
    )
    fields = fields_of(page)
    assert (fields["ref_phone"].value, fields["ref_fax"].value) == ("9725550186", "5035550149")
    assert "ref_npi" not in fields


def test_a_ticked_box_decides_between_options():
    page = page_of("Referral form, reason for referral\nSex:    Male    Female", inked=[(285, 446, 310, 472)])
    assert fields_of(page)["patient_sex"].value == "F"


def test_a_box_that_is_not_clearly_ticked_decides_nothing():
    assert "patient_sex" not in fields_of(
        page_of("Referral form, reason for referral\nSex:    Male    Female")
    )


def test_a_birth_date_is_not_in_the_future_and_a_referral_not_long_ago():
    fields = fields_of(page_of("Referral, referring provider\nDOB: 05/06/2031\nReferral date: 05/06/1999"))
    assert fields.keys().isdisjoint({"patient_dob", "referral_date"})


def test_a_chart_that_follows_belongs_to_the_referral_and_does_not_overrule_it():
    note = page_of(
        "Progress note\nHistory of present illness\nPhysical exam\nDOB: 01/01/1950  Z12.11", number=2
    )
    (document,) = extract([page_of(FORM), note], today=TODAY).documents
    fields = {field.key: field.value for field in document.fields}
    assert (document.page_from, document.page_to) == (1, 2)
    assert (fields["patient_dob"], fields["icd10"]) == ("2001-05-06", ("R80.9",))


def test_a_form_that_names_another_patient_begins_another_paper():
    other = FORM.replace("Stewart, Leslie", "Okafor, Daniel").replace("05/06/2001", "07/08/1955")
    documents = extract([page_of(FORM), page_of(other, number=2)], today=TODAY).documents
    assert [(d.page_from, d.page_to) for d in documents] == [(1, 1), (2, 2)]


def test_advertising_brings_no_fields():
    page = page_of(
        "FREE VACATION CRUISE\nCall now (217) 555-0142, limited time\nTo be removed from our list call"
    )
    (document,) = extract([page], today=TODAY).documents
    assert (document.doc_class, document.fields) == ("junk", ())


def test_a_blank_page_is_a_blank_paper():
    (document,) = extract([page_of("")], today=TODAY).documents
    assert (document.doc_class, document.fields) == ("blank", ())


def test_a_fax_without_pages_has_no_papers():
    assert extract([], today=TODAY).documents == ()


def test_without_today_the_latest_date_on_the_fax_bounds_two_digit_years():
    page = page_of(FORM.replace("05/06/2001", "05/06/31"))
    (document,) = extract([page]).documents
    assert {field.key: field.value for field in document.fields}["patient_dob"] == "1931-05-06"


WORDS = st.builds(
    Word,
    text=st.text(min_size=1, max_size=12)
    | st.sampled_from(["DOB:", "Patient:", "05/06/2001", "NPI", "Phone", "217-555-0142"]),
    x=st.integers(0, 1700),
    y=st.integers(0, 2190),
    width=st.integers(1, 300),
    height=st.integers(1, 60),
    confidence=st.floats(0, 1),
)


@given(words=st.lists(WORDS, max_size=40))
def test_no_page_breaks_the_reader(words):
    page = Page(1, 1728, 2200, tuple(words), page_of("").image)
    for document in extract([page], today=TODAY).documents:
        assert all(0 <= field.confidence <= 1 and field.page == 1 for field in document.fields)
