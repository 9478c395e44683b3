"""The benchmark's own score of read faxes, by the rules of acceptance."""

import importlib.util
import json
from copy import deepcopy

import pytest

from benchmarks.fax_reading.comparing import is_right
from benchmarks.fax_reading.scoring import score
from benchmarks.fax_reading.trusting import calibration_error, filled_share
from tests.conftest import shared

FIELDS = {
    "patient_first": "Ann",
    "patient_dob": "1960-02-03",
    "icd10": ["R80.9", "I10"],
    "reason": "See chart",
}


def fax(doc_class="referral", first=1, last=1, **more):
    document = {"doc_class": doc_class, "page_from": first, "page_to": last, "fields": FIELDS} | more
    pages = [{"page": number, "rotation": 0} for number in range(first, last + 1)]
    return {
        "files": ["a.pdf"],
        "resolution": "fine",
        "handwritten": False,
        "pages": pages,
        "documents": [document],
    }


def read(truth):
    """What a perfect reader says."""
    documents = [
        document | {"fields": {key: {"value": value, "confidence": 0.9} for key, value in FIELDS.items()}}
        for document in deepcopy(truth["documents"])
    ]
    return {"file": "a.pdf", "status": "read", "pages": truth["pages"], "documents": documents}


def scored(truth, said):
    return score([truth], {"a.pdf": said})


@pytest.mark.parametrize(
    ("field", "true", "said", "right"),
    [
        ("patient_first", "Ann", "ANN T.", True),
        ("patient_last", "O'Neil", "ONEIL", True),
        ("patient_last", "O'Neil", "O'Neal", False),
        ("patient_dob", "1960-02-03", "02/03/1960", False),
        ("patient_phone", "2125550101", "+1 212 555 0101", True),
        ("patient_sex", "F", "Female", True),
        ("ref_provider", "Jo Park", "Park, Jo MD", True),
        ("ref_provider", "Jo Park", "Dr. Jo Park, FNP-BC", True),
        ("reason", "Rising creatinine, please evaluate", "rising creatinine; please evaluate.", True),
        ("patient_address", "12 Oak St Apt 3, Erie", "12 Oak St, Erie", False),
    ],
)
def test_a_value_is_right_by_the_rule_of_its_field(field, true, said, right):
    assert is_right(field, true, said) is right


def test_a_perfect_reading_scores_full():
    found = scored(fax(), read(fax()))
    assert found.slices["printed_fine"].f1 == 1
    assert all([*found.classes, *found.splits, *found.turns])


def test_a_wrong_value_is_wrong_and_missing_and_each_code_counts():
    said = read(fax())
    said["documents"][0]["fields"]["patient_first"]["value"] = "Bob"
    said["documents"][0]["fields"]["icd10"]["value"] = ["I10"]
    tally = scored(fax(), said).slices["printed_fine"]
    assert (tally.right, tally.wrong, tally.missing) == (3, 1, 2)


def test_an_unread_file_misses_everything():
    tally = score([fax()], {}).slices["printed_fine"]
    assert (tally.right, tally.wrong, tally.missing) == (0, 0, 5)


def test_junk_filed_as_a_referral_counts_against_the_reader():
    said = read(fax())
    found = scored(fax("junk", fields={}), said)
    assert (found.slices["printed_fine"].wrong, found.classes) == (5, [False])


def test_confidences_are_judged_by_how_often_they_hold():
    judged = [(0.9, True)] * 9 + [(0.9, False)] + [(0.5, False)] * 2
    assert calibration_error(judged) == pytest.approx(1 / 12)
    assert filled_share(judged, 20, precision=0.9) == 0.5
    assert filled_share(judged, 20, precision=0.95) == 0


def test_it_agrees_with_the_command_of_acceptance():
    path = shared("bench", "fax_score.py")
    spec = importlib.util.spec_from_file_location("fax_score", path)
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    lines = (shared("data", "faxes", "dev") / "truth.jsonl").read_text().splitlines()
    truths = [json.loads(line) for line in lines]
    said = theirs.perfect(truths)
    for place, record in enumerate(said):
        _spoil(record, place)
    expected, found = theirs.score(truths, said), score(truths, {record["file"]: record for record in said})
    for name, tally in found.slices.items():
        assert tally.f1 == pytest.approx(expected["slices"][name.replace("_", "-")]["f1"])
    assert sum(found.classes) / len(found.classes) == pytest.approx(expected["doc_class"]["accuracy"])
    assert sum(found.splits) / len(found.splits) == pytest.approx(expected["split"]["accuracy"])
    assert calibration_error(found.judged) == pytest.approx(expected["ece"])
    filled = expected["auto_fill"]["chosen_on_this_file"]["filled_share"]
    assert filled_share(found.judged, found.asked) == pytest.approx(filled)


def _spoil(record, place):
    """One mistake of each kind, here and there."""
    document = record["documents"][0]
    if place % 5 == 0:
        document["doc_class"] = "referral"
    if place % 7 == 0:
        document["page_to"] += 1
    if place % 11 == 0:
        record["status"] = "unreadable"
    for number, (key, entry) in enumerate(document["fields"].items()):
        entry["confidence"] = 0.5 + ((place + number) % 50) / 100
        if (place + number) % 9 == 0:
            entry["value"] = ["I10"] if key in ("icd10", "cpt") else "1999-01-01"
