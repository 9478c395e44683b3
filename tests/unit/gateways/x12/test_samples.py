"""Every X12 sample that others wrote is read, and every 271 among them means the right thing."""

import json

import pytest

from gateways.clearinghouse.x12 import describe, read
from gateways.clearinghouse.x12.eligibility import read_271
from tests.conftest import shared

MEANINGS = {
    "kartik/271_active_response.x12": ("active", [], []),
    "kartik/271_rejected_subscriber.x12": ("error", ["72"], ["front_desk"]),
    "lfh/subscriber-health-benefit-check.271": ("active", [], []),
    "x12parser/271_Example_3_1_2.txt": ("active", [], []),
    "x12parser/271_ValidationForReceiverName.txt": ("error", ["43", "44", "45", "47"], ["administrator"] * 4),
    "x12parser/271_ValidationForSource.txt": ("pending", ["42"], ["nobody"]),
    "x12parser/271_ValidationForSubscriberName.txt": ("error", ["72", "75"], ["front_desk"] * 2),
}
EXPECTED_ODDITIES = {
    "version",
    "same_separators",
    "segment_count",
    "transaction_number",
    "interchange_number",
}


@pytest.fixture
def samples():
    folder = shared("data", "interop", "x12")
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_sample_is_read(samples):
    for name, content in samples.items():
        transactions = [each for interchange in read(content) for each in interchange.transactions()]
        assert transactions, name
        assert all(each.kind in name for each in transactions), name


def test_every_sample_has_its_counts_or_a_warning_that_we_know(samples):
    for name, content in samples.items():
        for interchange in read(content):
            assert {oddity.code for oddity in interchange.oddities} <= EXPECTED_ODDITIES, name


def test_every_sample_can_be_described_as_json(samples):
    assert all(json.dumps(describe(content)) for content in samples.values())


@pytest.mark.parametrize(("name", "meaning"), MEANINGS.items(), ids=list(MEANINGS))
def test_a_271_means_the_right_thing(samples, name, meaning):
    found = read_271(samples[name])
    assert (found.status, [r.code for r in found.rejections], [r.desk for r in found.rejections]) == meaning


def test_no_271_is_left_out(samples):
    with_answers = {name for name, text in samples.items() if b"*271*" in text}
    assert with_answers == set(MEANINGS)


@pytest.mark.parametrize(
    "name", ["lfh/subscriber-health-benefit-check.271", "x12parser/271_Example_3_1_2.txt"]
)
def test_benefits_of_the_full_sample(samples, name):
    found = read_271(samples[name])
    assert (found.find("copay").amount, found.find("copay", network="out").amount) == (10, 30)
    assert (found.plan_name, found.primary_care.name) == ("GOLD 123 PLAN", "MARCUS JONES")
    assert found.referral_likely
