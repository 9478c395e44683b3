"""Openings are taken once, given back, and shown by day in the clinic's zone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from organizations.scope import organization_scope
from scheduling import actions as scheduling
from scheduling import queries
from scheduling.actions import SlotTaken
from scheduling.models import Appointment, Slot
from tests import factories
from tests.factories import make_organization, make_patient, make_schedule, make_slot


def book(slot, patient=None, by="patient"):
    return scheduling.book(slot_id=slot.pk, patient=patient or make_patient(), by=by)


def test_an_opening_becomes_an_appointment(scope):
    patient, slot = make_patient(), make_slot()
    appointment = book(slot, patient)
    assert (appointment.patient, appointment.slot, appointment.state, appointment.booked_by) == (
        patient,
        slot,
        "booked",
        "patient",
    )


def test_a_taken_opening_is_refused_with_a_sentence(scope):
    slot = make_slot()
    book(slot)
    with pytest.raises(SlotTaken, match=r"That time was just taken. Pick another."):
        book(slot)


def test_a_withdrawn_a_past_and_an_unknown_opening_are_refused(scope):
    schedule = make_schedule()
    withdrawn, past = (
        make_slot(schedule),
        make_slot(schedule, starts_at=timezone.now() - timedelta(minutes=1)),
    )
    withdrawn.withdrawn = True
    withdrawn.save()
    for slot in (withdrawn, past, Slot(pk="0190a000-0000-7000-8000-000000000000")):
        with pytest.raises(SlotTaken):
            book(slot)
    assert not Appointment.objects.exists()


def test_a_cancelled_opening_can_be_had_again(scope):
    slot = make_slot()
    first = book(slot)
    scheduling.cancel(appointment_id=first.pk, reason="No ride")
    assert (first.refresh().state, first.cancel_reason) == ("cancelled", "No ride")
    assert book(slot).state == "booked"


def test_a_visit_is_completed_or_missed(scope):
    schedule = make_schedule()
    seen = book(make_slot(schedule))
    missed = book(make_slot(schedule, starts_at=timezone.now() + timedelta(days=1)))
    scheduling.complete(appointment_id=seen.pk)
    scheduling.miss(appointment_id=missed.pk)
    assert (seen.refresh().state, missed.refresh().state) == ("completed", "no_show")


def test_without_an_appointment_there_is_nothing_to_end(scope):
    scheduling.cancel(appointment_id=None, reason="")
    scheduling.miss(appointment_id=None)
    assert not Appointment.objects.exists()


def test_the_constraint_has_the_last_word(scope, monkeypatch):
    slot = make_slot()
    book(slot)
    monkeypatch.setattr(scheduling, "LIVE", [])
    with pytest.raises(SlotTaken):
        book(slot)
    assert Appointment.objects.count() == 1


def test_another_broken_rule_is_not_called_taken(scope, monkeypatch):
    def broken(**fields):
        raise IntegrityError("some_other_rule")

    monkeypatch.setattr(Appointment.objects, "create", broken)
    with pytest.raises(IntegrityError, match="some_other_rule"):
        book(make_slot())


def test_two_at_once_and_exactly_one_wins(committed):
    organization = make_organization(slug="lakeside")
    with organization_scope(organization.pk, actor="command:test"):
        slot_id, patients = make_slot().pk, [make_patient(), make_patient()]
    ready = Barrier(2, timeout=20)

    def try_for(patient):
        try:
            with organization_scope(organization.pk, actor="command:test"):
                ready.wait()
                scheduling.book(slot_id=slot_id, patient=patient, by="patient")
            return "booked"
        except SlotTaken as lost:
            return str(lost)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        results = sorted(both.map(try_for, patients))
    with organization_scope(organization.pk, actor="command:test"):
        assert results == ["That time was just taken. Pick another.", "booked"]
        assert Appointment.objects.count() == 1


def test_a_time_is_spoken_in_the_clinics_zone(scope):
    appointment = book(make_slot(starts_at=datetime(2099, 11, 25, 16, 20, tzinfo=UTC)))
    assert scheduling.spoken(appointment, scope) == "Wed Nov 25, 10:20 AM"


# ---------------------------------------------------------------- what is offered

NOW = datetime(2026, 11, 25, 16, tzinfo=UTC)


def days_of(schedule, **whose):
    whose = whose or {"provider_id": schedule.provider_id}
    return queries.days_with_openings(now=NOW, zone=schedule.provider.organization.zone, **whose)


def test_openings_are_grouped_by_the_clinics_own_day(scope):
    schedule = make_schedule()
    for hours in (1, 13, 15):  # 11 AM; 11 PM; 1 AM the next day
        make_slot(schedule, starts_at=NOW + timedelta(hours=hours))
    shown = [(day.day, len(day.openings)) for day in days_of(schedule)]
    assert shown == [(date(2026, 11, 25), 2), (date(2026, 11, 26), 1)]


def test_a_full_day_is_shown_empty(scope):
    schedule = make_schedule()
    slot = make_slot(schedule, starts_at=NOW + timedelta(days=1))
    Appointment.objects.create(slot=slot, patient=make_patient())
    assert [day.openings for day in days_of(schedule)] == [()]


def test_past_withdrawn_and_far_openings_are_not_offered(scope):
    schedule = make_schedule()
    make_slot(schedule, starts_at=NOW - timedelta(minutes=1))
    make_slot(schedule, starts_at=NOW + timedelta(weeks=7))
    Slot.objects.create(
        schedule=schedule,
        starts_at=NOW + timedelta(days=2),
        ends_at=NOW + timedelta(days=2, hours=1),
        withdrawn=True,
    )
    assert days_of(schedule) == []


def test_a_specialty_offers_all_its_clinicians_and_no_others(scope):
    cardiology, other = make_schedule(), make_schedule(provider=factories.make_provider(specialty=None))
    make_slot(cardiology, starts_at=NOW + timedelta(days=1))
    make_slot(other, starts_at=NOW + timedelta(days=1))
    (day,) = days_of(cardiology, specialty_id=cardiology.provider.specialty_id)
    assert [opening.provider for opening in day.openings] == [cardiology.provider]


def test_a_referral_without_clinician_or_specialty_is_offered_nothing(scope):
    schedule = make_schedule()
    make_slot(schedule, starts_at=NOW + timedelta(days=1))
    assert days_of(schedule, provider_id=None) == []


def test_a_long_list_is_cut_between_days(scope, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    schedule = make_schedule()
    for hours in (24, 25, 48, 49):
        make_slot(schedule, starts_at=NOW + timedelta(hours=hours))
    assert [len(day.openings) for day in days_of(schedule)] == [2]


def test_openings_take_one_query(scope, django_assert_num_queries):
    schedule = make_schedule()
    for hours in range(24, 34):
        make_slot(schedule, starts_at=NOW + timedelta(hours=hours))
    with django_assert_num_queries(1):
        (day,) = queries.days_with_openings(now=NOW, zone=scope.zone, provider_id=schedule.provider_id)
        assert {opening.site.name for opening in day.openings} == {"Main"}
