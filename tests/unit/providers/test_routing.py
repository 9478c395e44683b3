"""Where to send a patient, and why."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.routing import (
    Average,
    Criterion,
    Destination,
    Factor,
    Need,
    days_to_be_seen,
    rank,
    why_outside,
)

NEED = Need("nephrology", network_known=True)
SOUTH = Destination(
    UUID(int=1), "South Kidney", in_network=True, miles=5, median_days=14, completed_share=0.8, referrals=50
)
NORTH = replace(SOUTH, office_id=UUID(int=2), name="North Kidney")
USUAL = Average(median_days=21, completed_share=0.6)

destinations = st.builds(
    Destination,
    office_id=st.uuids(),
    name=st.sampled_from(["A", "B"]),
    in_network=st.sampled_from([True, False, None]),
    miles=st.none() | st.floats(0, 500),
    median_days=st.none() | st.floats(0, 400),
    completed_share=st.none() | st.floats(0, 1),
    referrals=st.integers(0, 500),
    accepts_new=st.sampled_from([True, False, None]),
    reachable=st.sampled_from([True, False, None]),
)


def first(*offered, need=NEED, **options):
    return rank(need, offered, average=USUAL, **options)[0]


def test_an_office_in_the_network_comes_before_one_outside():
    assert first(replace(NORTH, in_network=False), SOUTH).destination is SOUTH


def test_of_two_alike_the_one_that_sees_patients_sooner_comes_first():
    assert first(replace(NORTH, median_days=60), SOUTH).destination is SOUTH


def test_a_short_wait_that_few_live_to_see_is_no_short_wait():
    hasty = replace(NORTH, median_days=10, completed_share=0.2, referrals=400)
    assert days_to_be_seen(hasty, USUAL) > days_to_be_seen(replace(SOUTH, referrals=400), USUAL)


def test_an_office_with_one_lucky_referral_is_judged_much_as_usual():
    lucky = replace(NORTH, median_days=1, completed_share=1.0, referrals=1)
    assert days_to_be_seen(lucky, USUAL) > 15


def test_without_any_history_the_usual_wait_is_expected_and_said_to_be():
    new = replace(NORTH, median_days=None, completed_share=None, referrals=0)
    reason = first(new).because(Factor.SOON)
    assert (reason.text, reason.known) == ("About 35 days, as usual for the specialty", False)


def test_an_office_that_speaks_the_patients_language_comes_first():
    speaks = replace(NORTH, languages=frozenset({"es"}))
    other = replace(SOUTH, languages=frozenset({"pl"}))
    assert first(other, speaks, need=replace(NEED, language="es")).destination is speaks


def test_the_patients_wish_outweighs_some_miles():
    need = replace(NEED, wished=frozenset({NORTH.office_id}))
    assert first(SOUTH, replace(NORTH, miles=25), need=need).destination.name == "North Kidney"


def test_what_the_office_wants_and_is_not_attached_is_named():
    wants = replace(SOUTH, criteria=(Criterion("Recent eGFR", "lab"), Criterion("Ultrasound", "imaging")))
    reason = first(wants, need=replace(NEED, attached=frozenset({"lab"}))).because(Factor.READY)
    assert (reason.text, reason.worth) == ("Wants ultrasound", 0.5)


@pytest.mark.parametrize(
    ("closed", "warning"),
    [
        ({"accepts_new": False}, "Takes no new patients"),
        ({"reachable": False}, "Every number we have for it failed"),
    ],
)
def test_an_office_that_cannot_take_the_patient_comes_last_and_says_so(closed, warning):
    ranked = rank(NEED, [replace(NORTH, miles=1, **closed), replace(SOUTH, in_network=False, miles=90)])
    assert ranked[-1].warnings == (warning,)


def test_the_weights_of_the_organization_decide():
    far, near = replace(SOUTH, miles=60), replace(NORTH, median_days=90)
    assert first(far, near, weights={Factor.NEAR: 10}).destination is near
    assert first(far, near, weights={Factor.SOON: 10}).destination is far


@pytest.mark.parametrize(
    ("offered", "sentence"),
    [
        ([SOUTH], ""),
        (
            [replace(SOUTH, in_network=False)],
            "Out of network: no in-network nephrology office takes new patients.",
        ),
        ([replace(SOUTH, miles=70)], "Out of network: no in-network nephrology office within 40 miles."),
        (
            [replace(SOUTH, median_days=90)],
            "Out of network: no in-network nephrology office within 40 miles sees patients within 30 days.",
        ),
    ],
)
def test_going_outside_the_network_is_explained(offered, sentence):
    assert why_outside(rank(NEED, offered, average=USUAL), "Nephrology") == sentence


@given(st.lists(destinations, max_size=6, unique_by=lambda d: d.office_id), st.randoms())
def test_the_order_does_not_depend_on_the_order_given(offered, rng):
    mixed = list(offered)
    rng.shuffle(mixed)
    assert rank(NEED, mixed) == rank(NEED, offered)


@given(destinations)
def test_each_factor_is_worth_nothing_to_all_and_has_a_line(one):
    ranked = first(one)
    assert {reason.factor for reason in ranked.reasons} == set(Factor)
    assert all(0 <= reason.worth <= 1 and reason.text for reason in ranked.reasons)


@given(destinations, st.floats(0, 200), st.floats(0, 200))
def test_nearer_is_never_worse(one, here, there):
    near, far = (first(replace(one, miles=miles)).score for miles in sorted((here, there)))
    assert near >= far
