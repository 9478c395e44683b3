"""What a row and the stepper say of a referral, from its own facts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.models import Coverage, Payer
from patients.models import Patient
from providers.models import Provider
from referrals import presenting, stepping
from referrals.lifecycle import ENDED, Stage
from referrals.models import Referral, Step
from referrals.next_action import OwedBy
from referrals.presenting import Wall
from scheduling.models import Appointment, Slot

NOW = datetime(2026, 11, 25, 16, tzinfo=UTC)
WALL = Wall(NOW, ZoneInfo("America/Chicago"))
HOUR = timedelta(hours=1)


def a_referral(stage=Stage.ACCEPTED, **facts):
    defaults = {
        "direction": "inbound",
        "next_code": "text_patient",
        "next_action": "Text a booking link",
        "owed_by": OwedBy.US,
        "eligibility": "active",
        "source": "fax",
        "index_at": NOW - 2 * HOUR,
        "entered_stage_at": NOW - HOUR,
        "clock_from": NOW - HOUR,
        "due_at": NOW + 9 * HOUR,
    }
    return Referral(stage=stage, **{**defaults, **facts})


@pytest.mark.parametrize(
    ("stage", "facts", "label", "finished"),
    [
        (Stage.SENT, {}, "Sent", 0),
        (Stage.RECEIVED, {}, "Review", 1),
        (Stage.ACCEPTED, {"eligibility": "pending"}, "Insurance", 2),
        (Stage.ACCEPTED, {"records": "requested"}, "Records", 2),
        (Stage.ACCEPTED, {}, "Scheduling", 3),
        (Stage.SCHEDULED, {}, "Scheduled", 4),
        (Stage.SEEN, {}, "Seen", 5),
        (Stage.REPORTED, {}, "Report sent", 5),
        (Stage.CLOSED, {}, "Loop closed", 6),
        (Stage.LOST, {"leaked_at_stage": "scheduled"}, "Lost", 4),
    ],
)
def test_the_meter_says_how_far_a_referral_has_come(stage, facts, label, finished):
    loop = presenting.loop(a_referral(stage, **facts), NOW)
    assert (loop.label, sum(segment.css == "d" for segment in loop.segments)) == (label, finished)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, ""),
        ({"owed_by": OwedBy.PAYER}, "wait"),
        ({"due_at": NOW - HOUR}, "stuck"),
        ({"stage": Stage.DECLINED}, "stuck"),
        ({"stage": Stage.CANCELLED, "due_at": None}, "stuck"),
        ({"stage": Stage.CLOSED, "due_at": None}, ""),
    ],
)
def test_late_and_refused_are_stuck_and_others_turns_wait(facts, state):
    assert presenting.loop(a_referral(**facts), NOW).state == state


@pytest.mark.parametrize(
    ("facts", "state", "text"),
    [
        ({}, "ok", "9h left"),
        ({"due_at": NOW + 2 * HOUR}, "soon", "2h left"),
        ({"due_at": NOW - 28 * HOUR}, "over", "Overdue 1d 4h"),
        ({"due_at": None}, "hold", "No date"),
        ({"hold_until": datetime(2026, 12, 4, 15, tzinfo=UTC)}, "hold", "Until 12/04"),
        ({"clock_from": NOW + HOUR, "due_at": NOW + 5 * HOUR}, "ok", "On track"),
        ({"stage": Stage.CLOSED, "closed_at": NOW}, "done", "Ended 11/25"),
        ({"stage": Stage.LOST, "closed_at": datetime(2025, 11, 20, tzinfo=UTC)}, "hold", "Ended 11/19/2025"),
    ],
)
def test_the_clock_tells_the_time_left_or_why_it_stands_still(facts, state, text):
    clock = presenting.clock(a_referral(**facts), WALL)
    assert (clock.state, clock.text) == (state, text)


def test_a_clock_that_stands_still_does_not_tick_on_the_page():
    assert presenting.clock(a_referral(hold_until=NOW + HOUR), WALL).due_iso == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"next_code": "accept"}, "Fax Today 8:00 AM"),
        ({"next_code": "text_patient"}, ""),
        (
            {"next_code": "await_patient", "outreach_attempts": 2, "owed_by": OwedBy.PATIENT},
            "2 attempts so far",
        ),
        ({"next_code": "await_patient", "owed_by": OwedBy.PATIENT}, "Waiting on the patient"),
        ({"next_code": "send_report"}, "Seen Today 9:00 AM"),
        ({"hold_until": NOW + HOUR, "hold_reason": "Travelling"}, "Travelling"),
        ({"next_code": "add_coverage"}, ""),
    ],
)
def test_the_words_beside_the_next_action(facts, words):
    assert presenting.detail(a_referral(**facts), WALL) == words


def test_the_payer_is_named_while_it_is_asked():
    coverage = Coverage(payer=Payer(name="Heritage PPO"))
    asked = a_referral(next_code="await_payer", owed_by=OwedBy.PAYER, coverage=coverage)
    assert presenting.detail(asked, WALL) == "Heritage PPO"


def test_a_visit_is_named_before_it_is_recorded():
    slot = Slot(starts_at=datetime(2026, 11, 27, 16, 20, tzinfo=UTC))
    booked = a_referral(Stage.SCHEDULED, next_code="record_visit", appointment=Appointment(slot=slot))
    assert presenting.detail(booked, WALL) == "Visit 11/27 10:20 AM"


@pytest.mark.parametrize(
    ("language", "interpreter", "words"),
    [
        ("en", False, ""),
        ("es", True, "Spanish, interpreter"),
        ("en", True, "interpreter"),
        ("hmn", False, "hmn"),
    ],
)
def test_the_language_is_named_when_it_is_not_english(language, interpreter, words):
    assert presenting.speaks(Patient(language=language, interpreter_needed=interpreter)) == words


# ---------------------------------------------------------------- the stepper


def a_step(name, **facts):
    return Step(name=name, actor_label="Priya Nair, RN", at=NOW - HOUR, **facts)


def test_the_stepper_tells_who_reviewed_and_what_is_next():
    steps = stepping.steps(a_referral(eligibility="pending"), {"accept": a_step("accept")}, WALL)
    assert [(s.state, s.sub) for s in steps[:3]] == [
        ("done", "Today 8:00 AM, fax"),
        ("done", "Today 9:00 AM, Priya Nair, RN"),
        ("now", "Text a booking link"),
    ]


def test_the_stepper_names_whom_the_patient_will_see_and_who_waits_for_the_report():
    doctors = {
        "receiving_provider": Provider(family_name="Okafor", credential="MD"),
        "referring_provider": Provider(family_name="Lindqvist", credential="MD"),
    }
    steps = stepping.steps(a_referral(**doctors), {}, WALL)
    assert [s.sub for s in steps[4:]] == ["Dr. Okafor", "Report to Dr. Lindqvist"]


def test_a_lost_referral_stands_stuck_where_it_was_lost():
    steps = stepping.steps(a_referral(Stage.LOST, leaked_at_stage="received"), {}, WALL)
    assert [(s.state, s.sub) for s in steps[1:3]] == [("stuck", "Lost"), ("todo", "")]


@given(st.sampled_from(Stage), st.sampled_from(["active", "pending", "self_pay"]), st.booleans())
def test_the_steps_are_done_up_to_one_and_not_begun_after_it(stage, eligibility, late):
    due = None if stage in ENDED else NOW + (-HOUR if late else HOUR)
    states = [
        s.state for s in stepping.steps(a_referral(stage, eligibility=eligibility, due_at=due), {}, WALL)
    ]
    reached = states.count("done")
    assert states[:reached] == ["done"] * reached
    assert states[reached + 1 :] == ["todo"] * len(states[reached + 1 :])
    assert len(states) == 6
