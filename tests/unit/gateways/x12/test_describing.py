"""What support sees of an X12 text."""

import json

import pytest

from gateways.clearinghouse.x12 import NotX12, describe
from tests.unit.gateways.x12.scenes import answer_with


def described():
    text = answer_with(
        ("DTP", "346", "D8", "20260101"), ("EB", "1", "IND", "30"), ("EB", "B", "", "98", "", "", "27", "50")
    )
    return json.loads(json.dumps(describe(text)))["interchanges"][0]


def test_envelopes_and_delimiters():
    interchange = described()
    assert (interchange["sender_id"], interchange["delimiters"]["component"]) == ("BLUERIDGE", ":")
    assert interchange["groups"][0]["guide"] == "005010X279A1"


def test_an_answer_is_told_as_what_it_means():
    eligibility = described()["groups"][0]["transactions"][0]["eligibility"]
    assert (eligibility["status"], eligibility["plan_begins_on"]) == ("active", "2026-01-01")
    assert eligibility["benefits"][1]["amount"] == "50"


def test_segments_are_there_as_they_came():
    transaction = described()["groups"][0]["transactions"][0]
    assert transaction["segments"][-2] == ["EB", "B", "", "98", "", "", "27", "50"]
    assert transaction["segment_count"] == len(transaction["segments"])


def test_warnings_are_typed():
    text = answer_with().replace("SE*", "SE*9")
    (warning,) = describe(text)["interchanges"][0]["warnings"]
    assert warning["code"] == "segment_count"


def test_other_text_is_refused():
    with pytest.raises(NotX12):
        describe("hello")
