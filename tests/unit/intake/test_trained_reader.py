"""The trained reader: its weights are those of its record, and what it learned is not a list of labels."""

import json
import time
from datetime import date

import pytest

from intake.extraction import Box, extract, wording_near
from intake.extraction.tagging import MODEL
from intake.training import record
from tests.unit.intake.paper import page_of

TODAY = date(2026, 11, 25)
# No wording of this form is in the vocabulary, and it was made up after the wordings of the training pages.
UNSEEN = """
Please take over for us
Human in question: Leslie Stewart           Arrived on earth: 05/06/2001      They are: Female
Ring them up on: 610-555-0117               Sleeps at: 4336 Willow Ave, Albany, NY 12207
Money comes from: Medicaid                  Their membership: M75481588

Practitioner who asks: Jeremy Gamble, MD    Natl. prov. no: 2968348575
Practice handset: (972) 555-0186            Practice facsimile machine: (503) 555-0149
What troubles them: Nephrotic range proteinuria, evaluate for biopsy
Illness code: R80.9
"""
RECORDS = """
Request for Medical Records
Patient: Leslie Stewart     DOB: 05/06/2001
Please send copies of the medical records for the above patient to our office within 10 days.
I authorize the release of my health information. This authorization expires on 12/31/2027.
Signature                  Date
"""
ORDER = """
Laboratory Requisition
Patient: Leslie Stewart     DOB: 05/06/2001
Please draw the following labs: CBC, CMP, lipid panel. Fasting required.
Ordering physician: Jeremy Gamble, MD     NPI 2968348575
Call critical results to 972-555-0186
"""
CONFIRMATION = """
Transmission Report
Your fax was successfully sent to 972-555-0186
Result: OK     Pages sent: 4     Duration: 00:01:42
"""


def fields_of(text, **options):
    (document,) = extract([page_of(text)], today=TODAY, **options).documents
    return {field.key: field.value for field in document.fields}


def test_the_weights_are_those_of_the_record():
    stored = record.read()["files"]
    assert stored == {name: record.fingerprint(MODEL / name) for name in record.WEIGHTS}


def test_the_record_has_the_calibration_of_every_set():
    for score in record.read()["scores"].values():
        assert sum(one["fields"] for one in score["calibration"]["all"]) > 100


def test_the_weights_are_small():
    assert sum((MODEL / name).stat().st_size for name in record.WEIGHTS) < 6_000_000


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("patient_first", "Leslie"),
        ("patient_last", "Stewart"),
        ("patient_dob", "2001-05-06"),
        ("patient_address", "4336 Willow Ave, Albany, NY 12207"),
        ("member_id", "M75481588"),
        ("ref_provider", "Jeremy Gamble"),
        ("ref_npi", "2968348575"),
        ("ref_fax", "5035550149"),
        ("icd10", ("R80.9",)),
    ],
)
def test_labels_that_nobody_listed_are_understood(key, value):
    assert fields_of(UNSEEN)[key] == value


def test_the_same_page_is_always_read_the_same():
    assert extract([page_of(UNSEEN)], today=TODAY) == extract([page_of(UNSEEN)], today=TODAY)


def test_a_dense_page_takes_little_time():
    page = page_of("\n".join([UNSEEN.strip()] * 3))
    extract([page], today=TODAY)
    started = time.thread_time()
    extract([page], today=TODAY)
    assert time.thread_time() - started < 0.3


@pytest.mark.parametrize(
    ("text", "doc_class"), [(RECORDS, "records_request"), (ORDER, "order"), (CONFIRMATION, "confirmation")]
)
def test_papers_that_are_no_referral_are_told(text, doc_class):
    assert extract([page_of(text)], today=TODAY).documents[0].doc_class == doc_class


TAUGHT = """
Referral to Nephrology
Patient Name: Stewart, Leslie          DOB: 05/06/2001
Zorblat: 217-555-0142
"""


@pytest.mark.parametrize("role", ["patient_phone", "ref_phone", "ref_fax"])
def test_a_wording_that_corrections_taught_decides(role):
    assert fields_of(TAUGHT, taught={"zorblat": role})[role] == "2175550142"


def test_the_wording_beside_a_value_is_what_can_be_taught():
    page = page_of(TAUGHT)
    assert wording_near(page, Box(100 + 9 * 14, 400 + 2 * 48, 12 * 14, 24)) == "zorblat"


def test_the_wording_above_a_value_is_found_where_nothing_stands_beside_it():
    page = page_of("Doc who asks          Other\nJeremy Gamble         Thing")
    assert wording_near(page, Box(100, 448, 13 * 14, 24)) == "doc who asks"


def test_the_record_is_data_that_a_page_can_chart():
    score = json.loads(record.RECORD.read_text(encoding="utf-8"))["scores"]
    (one, *_) = next(iter(score.values()))["calibration"]["patient_dob"]
    assert one.keys() == {"from", "to", "fields", "confidence", "right"}
