"""Exactly one next action, whatever is true of a referral."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import facets
from referrals.due import Calendar
from referrals.lifecycle import ENDED, OPEN, Stage
from referrals.management.commands import lifecycle_page
from referrals.models import Referral
from referrals.next_action import CLOCKS, OwedBy, Priority, Situation, decide
from referrals.ways import MEANWHILE, NEXT

CALENDAR = Calendar(ZoneInfo("America/Chicago"))
NOW = datetime(2026, 11, 25, 16, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
situations = st.builds(
    Situation,
    direction=st.sampled_from(Referral.Direction.values),
    stage=st.sampled_from(Stage),
    priority=st.sampled_from(Priority),
    records=st.sampled_from(facets.Records),
    identity=st.sampled_from(facets.Identity),
    eligibility=st.sampled_from(facets.Eligibility),
    authorization=st.sampled_from(facets.AuthorizationState),
    contact=st.sampled_from(facets.Contact),
    loop=st.sampled_from(facets.Loop),
    entered_stage_at=moments,
    changed_at=moments,
    visit_at=st.none() | moments,
    seen_at=st.none() | moments,
    hold_until=st.none() | moments,
    has_coverage=st.booleans(),
    outreach_attempts=st.integers(0, 9),
)
READY = Situation(
    direction="inbound",
    stage=Stage.ACCEPTED,
    priority=Priority.ROUTINE,
    records="complete",
    identity="matched",
    eligibility="active",
    authorization="unknown",
    contact="not_started",
    loop="none",
    entered_stage_at=NOW,
    changed_at=NOW,
)


@given(situations)
def test_there_is_always_a_next_action_in_words(situation):
    action = decide(situation, CALENDAR)
    assert action.code and action.text
    assert len(action.text) <= Referral._meta.get_field("next_action").max_length
    assert len(action.code) <= Referral._meta.get_field("next_code").max_length


@given(situations.filter(lambda s: s.stage in ENDED))
def test_an_ended_referral_is_owed_by_nobody_and_never_due(situation):
    action = decide(situation, CALENDAR)
    assert (action.code, action.owed_by, action.due_at) == ("none", OwedBy.NOBODY, None)


@given(situations.filter(lambda s: s.stage in OPEN))
def test_an_open_referral_is_due_after_its_clock_started(situation):
    action = decide(situation, CALENDAR)
    assert action.due_at is not None
    assert action.starts_at is None or action.due_at >= action.starts_at


@given(situations.filter(lambda s: s.stage in OPEN and s.hold_until is None))
def test_somebody_owes_the_next_action_of_an_open_referral(situation):
    assert decide(situation, CALENDAR).owed_by != OwedBy.NOBODY


@given(situations)
def test_what_we_owe_has_a_button(situation):
    action = decide(situation, CALENDAR)
    elsewhere = {
        "await_dispatch",
        "match_patient",
        "appeal",
    }  # by itself, at the fax review, at the insurance desk
    if action.owed_by == OwedBy.US and action.code not in elsewhere:
        assert NEXT.get(action.code) or MEANWHILE.get(action.code)


@pytest.mark.parametrize(
    ("facts", "text", "owed_by"),
    [
        ({}, "Text a booking link", OwedBy.US),
        ({"contact": "attempting"}, "Patient choosing a time", OwedBy.PATIENT),
        ({"contact": "opted_out"}, "Call the patient", OwedBy.US),
        ({"contact": "declined"}, "Tell the referrer", OwedBy.US),
        ({"eligibility": "pending"}, "Waiting for the payer's answer", OwedBy.PAYER),
        ({"eligibility": "not_checked"}, "Verify eligibility", OwedBy.US),
        ({"eligibility": "not_checked", "has_coverage": False}, "Add the patient's coverage", OwedBy.US),
        ({"authorization": "required"}, "Start prior authorization", OwedBy.US),
        ({"identity": "conflict"}, "Confirm which patient it is", OwedBy.US),
        ({"records": "incomplete"}, "Ask for the missing records", OwedBy.US),
        ({"direction": "outbound"}, "Waiting for their booking", OwedBy.THEM),
        ({"stage": Stage.CLOSED, "hold_until": NOW}, "Nothing more to do", OwedBy.NOBODY),
        ({"stage": Stage.SEEN, "loop": "report_queued"}, "The report is being sent", OwedBy.US),
    ],
)
def test_the_next_action_follows_from_the_facets(facts, text, owed_by):
    action = decide(replace(READY, **facts), CALENDAR)
    assert (action.text, action.owed_by) == (text, owed_by)


def test_stat_does_not_wait_for_opening_hours():
    night = datetime(2026, 11, 22, 3, tzinfo=UTC)
    stat = replace(READY, stage=Stage.RECEIVED, priority=Priority.STAT, entered_stage_at=night)
    assert decide(stat, CALENDAR).due_at == night + timedelta(hours=4)


def test_routine_waits_for_opening_hours():
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    routine = replace(READY, stage=Stage.RECEIVED, entered_stage_at=sunday)
    assert decide(routine, CALENDAR).due_at == datetime(2026, 11, 24, 17, tzinfo=ZoneInfo("America/Chicago"))


def test_every_clock_belongs_to_a_next_action_that_exists():
    decided = {decide(situation, CALENDAR).code for _, situation in lifecycle_page.situations()}
    assert set(CLOCKS) <= decided


def test_reaching_a_routine_patient_may_take_three_days():
    monday = datetime(2026, 11, 16, 16, tzinfo=UTC)
    action = decide(replace(READY, changed_at=monday), CALENDAR)
    assert action.due_at == datetime(2026, 11, 19, 16, tzinfo=UTC)
