"""Two people at one paper: a three-way merge, field by field."""

import pytest

from intake.merging import Seen, merge, seen_in

BEFORE = Seen({"reason": "Pain", "phone": "1"}, frozenset({"icd10"}), "p1")


@pytest.mark.parametrize(
    ("mine", "now", "kept", "theirs", "clashes"),
    [
        ("Pain", "Pain", "Pain", {}, {}),
        ("Ache", "Pain", "Ache", {}, {}),
        ("Pain", "Ache", "Ache", {"reason": "Ache"}, {}),
        ("Ache", "Ache", "Ache", {}, {}),
        ("Ache", "Sting", "Ache", {}, {"reason": "Sting"}),
    ],
)
def test_a_value_is_merged(mine, now, kept, theirs, clashes):
    merged = merge(BEFORE, {"reason": mine}, ["icd10"], Seen({"reason": now, "phone": "1"}))
    assert (merged.values["reason"], merged.theirs, merged.clashes) == (kept, theirs, clashes)


def test_a_tick_of_either_stays_unless_it_was_taken_back_here():
    now = Seen({}, frozenset({"icd10", "phone"}))
    assert merge(BEFORE, {}, ["reason"], now).ticked == {"reason", "phone"}


def test_a_page_that_carries_nothing_overrules():
    assert merge(None, {"reason": "Ache"}, [], Seen({"reason": "Pain"})).values == {"reason": "Ache"}


def test_what_a_page_carries_comes_back_as_it_went():
    assert seen_in(str(BEFORE)) == BEFORE


@pytest.mark.parametrize(
    "text", ["", "nonsense", "{}", "[]", '{"values": 1, "ticked": []}', '{"values": {}}']
)
def test_what_cannot_be_understood_is_nothing(text):
    assert seen_in(text) is None
