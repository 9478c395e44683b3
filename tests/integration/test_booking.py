"""A patient's link: the birth date first, then a time, without an account and without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AccessEvent
from gateways import sandbox
from notifications import actions as notifications
from notifications import tasks  # noqa: F401 (registers the work)
from notifications.models import Message
from organizations import links
from organizations.models import AccessLink
from organizations.scope import organization_scope
from patients.models import ContactPoint
from referrals.actions import booking, outreach, owning
from referrals.actions.moving import SYSTEM, lock, record
from referrals.models import Referral, Step
from scheduling.models import Appointment
from tests.factories import (
    make_patient,
    make_provider,
    make_referral,
    make_schedule,
    make_slot,
    make_specialty,
)

RIGHT = {"month": "3", "day": "14", "year": "1967"}
WRONG = {"month": "3", "day": "15", "year": "1967"}
DAY = datetime(2026, 11, 27, tzinfo=UTC)  # a Friday; the tests stand on the Wednesday before
NOW = datetime(2026, 11, 25, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW):
        yield


class Visitor:
    """A patient's browser, the link they hold, and what lies behind it."""

    def __init__(self, client, organization, **patient):
        self.client, self.organization = client, organization
        with self.inside():
            self.schedule = make_schedule()
            times = (DAY.replace(hour=14, minute=40), DAY.replace(hour=16, minute=20), DAY.replace(hour=20))
            self.slots = [
                make_slot(self.schedule, starts_at=at) for at in (*times, DAY + timedelta(days=3, hours=16))
            ]
            self.referral = make_referral(
                stage="accepted",
                eligibility="active",
                authorization="not_required",
                specialty=make_specialty(),
                receiving_provider=self.schedule.provider,
                patient=make_patient(**patient),
            )
            record(lock(self.referral.pk), "ready", "Ready", by=SYSTEM)
            self.token = self.new_token()

    def new_token(self, life=timedelta(days=7)):
        return links.issue(purpose="booking", subject_id=self.referral.pk, expires_at=timezone.now() + life)

    def inside(self):
        return organization_scope(self.organization.pk, actor="command:test")

    def get(self, path="", **query):
        return self.client.get(f"/p/{self.token}/{path}", query)

    def post(self, path, data=None, **follow):
        return self.client.post(f"/p/{self.token}/{path}", data or {}, **follow)

    def prove(self):
        assert self.post("birth-date/", RIGHT).status_code == 302
        return self

    def pick(self, slot):
        return self.post("times/", {"slot": slot.pk})

    def now(self):
        with self.inside():
            return Referral.objects.select_related("appointment__slot").get(pk=self.referral.pk)


@pytest.fixture
def visitor(client, lakeside):
    return Visitor(client, lakeside)


def text_of(answer):
    """The words a reader sees."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# ---------------------------------------------------------------- the birth date


def test_the_first_page_names_only_the_practice(visitor):
    page = visitor.get().content.decode()
    assert "First, your birth date" in page and "<title>Lakeside</title>" in page
    for secret in ("Maria", "Delgado", "Cardiology", "Okafor", "R-2", "referral"):
        assert secret not in page


def test_opening_the_link_changes_nothing(visitor):
    visitor.get()
    with visitor.inside():
        assert AccessLink.objects.get(purpose="booking").opened_at is None
        assert not AccessEvent.objects.exists()


def test_a_browser_may_post_the_form_and_tells_no_other_site_the_address(visitor):
    """With "no-referrer" a browser posts "Origin: null", and the answer would be 403."""
    assert visitor.get().headers["Referrer-Policy"] == "same-origin"


def test_the_right_birth_date_leads_to_the_times(visitor):
    page = visitor.client.get(visitor.prove().get().headers["Location"])
    assert "Maria, pick a time" in text_of(page)
    with visitor.inside():
        assert AccessLink.objects.get(purpose="booking").opened_at is not None


def test_a_wrong_birth_date_says_how_many_tries_are_left(visitor):
    page = visitor.post("birth-date/", WRONG)
    assert page.status_code == 422 and "2 tries left" in text_of(page)
    assert "1 try left" in text_of(visitor.post("birth-date/", WRONG))


def test_the_third_wrong_one_locks_the_link_for_good(visitor):
    for _ in range(3):
        page = visitor.post("birth-date/", WRONG)
    assert page.status_code == 403 and "This page is locked" in text_of(page)
    assert visitor.post("birth-date/", RIGHT).status_code == 403
    assert visitor.get().status_code == 403
    with visitor.inside():
        assert (
            AccessEvent.objects.filter(action="refused", patient_ids=[visitor.referral.patient_id]).count()
            == 4
        )


def test_a_lock_closes_what_was_open(visitor):
    visitor.prove()
    for _ in range(3):
        visitor.client.__class__().post(f"/p/{visitor.token}/birth-date/", WRONG)
    assert visitor.get("times/").headers["Location"] == f"/p/{visitor.token}/"
    assert visitor.get().status_code == 403


@pytest.mark.parametrize(
    "slip", [{"month": "3", "day": "41", "year": "1967"}, {"month": "2", "day": "30", "year": "1967"}, {}]
)
def test_a_day_in_no_calendar_is_no_wrong_answer(visitor, slip):
    page = visitor.post("birth-date/", slip)
    assert page.status_code == 422 and "That is not a date" in text_of(page)
    with visitor.inside():
        assert AccessLink.objects.get(purpose="booking").failures == 0


def test_without_the_birth_date_no_other_page_opens(visitor):
    for path in ("times/", "booked/", "visit.ics", "cancellation/", "call/", "call/asked/", "refusal/"):
        assert visitor.get(path).headers["Location"] == f"/p/{visitor.token}/"
    assert visitor.pick(visitor.slots[0]).headers["Location"] == f"/p/{visitor.token}/"
    assert visitor.now().appointment is None


def test_the_proof_ends_ten_minutes_after_its_last_use(visitor):
    visitor.prove()
    for minutes in (7, 14):
        with time_machine.travel(NOW + timedelta(minutes=minutes)):
            assert visitor.get("times/").status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=25)):
        assert visitor.get("times/").status_code == 302


def test_a_proof_holds_for_its_own_link_only(visitor):
    visitor.prove()
    with visitor.inside():
        visitor.token = visitor.new_token()
    assert "First, your birth date" in text_of(visitor.get())


def test_the_session_changes_its_name_when_the_birth_date_is_right(visitor):
    visitor.get(lang="en")
    before = visitor.client.cookies["rh_session"].value
    visitor.prove()
    assert visitor.client.cookies["rh_session"].value != before


# ---------------------------------------------------------------- picking


def test_the_times_of_the_clinician_are_shown_by_day(visitor):
    page = text_of(visitor.prove().get("times/"))
    for words in (
        "Ngozi Okafor, MD",
        "First visit, 40 minutes",
        "800 Lakeshore Dr",
        "November",
        "Fri 27 3 open",
        "Mon 30 1 open",
    ):
        assert words in page
    assert "Morning 8:40 AM 10:20 AM" in page and "Afternoon 2:00 PM" in page


def test_another_day_is_a_link(visitor):
    page = text_of(visitor.prove().get("times/", day="2026-11-30"))
    assert "Monday, November 30" in page and "8:40 AM" not in page


def test_without_a_clinician_the_specialty_decides(visitor):
    with visitor.inside():
        referral = lock(visitor.referral.pk)
        record(referral, "x", "x", by=SYSTEM, receiving_provider=None)
        second = make_schedule(provider=make_provider(specialty=referral.specialty, family_name="Adams"))
        make_slot(second, starts_at=DAY.replace(hour=15))
    page = text_of(visitor.prove().get("times/"))
    assert "Morning, Dr. Adams 9:00 AM Morning, Dr. Okafor 8:40 AM 10:20 AM" in page


def test_picking_books_once_and_confirms(visitor, run_jobs):
    visitor.prove()
    answer = visitor.pick(visitor.slots[1])
    assert answer.headers["Location"] == f"/p/{visitor.token}/booked/"
    referral = visitor.now()
    assert (referral.stage, referral.visiting, referral.appointment.slot) == (
        "scheduled",
        "booked",
        visitor.slots[1],
    )
    assert referral.appointment.booked_by == "patient"
    run_jobs(visitor.organization)
    (text,) = sandbox.kept("sms")
    assert text["body"].startswith("Lakeside: you are booked Fri Nov 27, 10:20 AM.")
    assert f"/p/{visitor.token}/ " in text["body"]


def test_a_link_that_ends_before_the_visit_is_followed_by_a_new_one(visitor, run_jobs):
    with visitor.inside():
        visitor.token = visitor.new_token(life=timedelta(hours=2))
    visitor.prove().pick(visitor.slots[1])
    run_jobs(visitor.organization)
    assert "/p/" in sandbox.kept("sms")[0]["body"] and visitor.token not in sandbox.kept("sms")[0]["body"]


def test_a_double_click_makes_one_appointment(visitor):
    visitor.prove()
    answers = [visitor.pick(visitor.slots[1]) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/p/{visitor.token}/booked/"}
    with visitor.inside():
        assert Appointment.objects.count() == 1
        assert Message.objects.filter(template="booked").count() == 1


def test_a_time_somebody_else_took_is_struck_and_the_next_is_suggested(visitor):
    visitor.prove()
    with visitor.inside():
        Appointment.objects.create(slot=visitor.slots[1], patient=make_patient())
    page = visitor.pick(visitor.slots[1])
    words = text_of(page)
    assert page.status_code == 409
    assert "10:20 AM was just taken." in words and "Maria, pick another time" in words
    assert "Friday, November 27 8:40 AM 10:20 AM Taken 2:00 PM Monday, November 30" in words
    assert re.findall(r'value="([^"]+)" required checked', page.content.decode()) == [
        str(visitor.slots[0].pk)
    ]
    assert visitor.now().appointment is None


def test_a_time_of_another_clinician_cannot_be_had(visitor):
    with visitor.inside():
        foreign = make_slot(make_schedule(provider=make_provider(specialty=None)))
    page = visitor.prove().pick(foreign)
    assert page.status_code == 409 and "no longer offered" in text_of(page)
    assert visitor.now().appointment is None


@pytest.mark.parametrize("nothing", [{}, {"slot": ""}, {"slot": "x"}])
def test_booking_without_a_time_says_so(visitor, nothing):
    page = visitor.prove().post("times/", nothing)
    assert page.status_code == 422 and "Pick a time first." in text_of(page)


def test_no_openings_offer_a_call(visitor):
    with visitor.inside():
        for slot in visitor.slots:
            slot.withdrawn = True
            slot.save()
    page = visitor.prove().get("times/")
    assert "No times are open right now" in text_of(page) and 'name="when"' in page.content.decode()


def test_the_times_page_takes_six_queries(visitor):
    visitor.prove()
    with CaptureQueriesContext(connection) as captured:
        visitor.get("times/")
    asked = [
        q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(asked) <= 6, asked


def test_each_look_is_recorded(visitor):
    visitor.prove().get("times/")
    with visitor.inside():
        event = AccessEvent.objects.get(action="view")
        assert event.patient_ids == [visitor.referral.patient_id] and event.actor_label == "booking link"


# ---------------------------------------------------------------- booked


@pytest.fixture
def booked(visitor):
    visitor.prove().pick(visitor.slots[1])
    return visitor


def test_the_booked_page_says_when_where_and_what_to_bring(booked):
    page = text_of(booked.client.get(booked.get().headers["Location"]))
    for words in (
        "You are booked.",
        "number ending in 88",
        "Friday, November 27 10:20 AM",
        "Ngozi Okafor, MD",
        "800 Lakeshore Dr",
        "Photo ID and insurance card",
        "Your doctor sent the referral November 25",
        "Visit booked November 27, 10:20 AM",
    ):
        assert words in page


def test_the_calendar_file_holds_the_practice_and_the_time_and_no_more(booked):
    answer = booked.get("visit.ics")
    content = answer.content.decode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert "SUMMARY:Visit: Lakeside" in content and "DTSTART:20261127T162000Z" in content
    for secret in ("Maria", "Delgado", "Okafor", "ardiolog", "Lakeshore", "R-2"):
        assert secret not in content


def test_the_time_can_be_changed(booked):
    assert "Another time replaces it" in text_of(booked.get("times/"))
    booked.pick(booked.slots[3])
    assert booked.now().appointment.slot == booked.slots[3]
    with booked.inside():
        states = dict(Appointment.objects.values_list("slot_id", "state"))
    assert states == {booked.slots[1].pk: "cancelled", booked.slots[3].pk: "booked"}


def test_the_visit_can_be_cancelled_with_a_reason(booked):
    assert "Cancel this visit?" in text_of(booked.get("cancellation/"))
    answer = booked.post("cancellation/", {"reason": "I have no ride"}, follow=True)
    assert "Your visit is cancelled. You can pick another time." in text_of(answer)
    assert (booked.now().stage, booked.now().appointment) == ("accepted", None)
    with booked.inside():
        assert Step.objects.get(name="cancel_appointment").note == "I have no ride"


def test_cancelling_twice_changes_nothing_more(booked):
    for _ in range(2):
        assert booked.post("cancellation/").status_code == 302
    with booked.inside():
        assert Step.objects.filter(name="cancel_appointment").count() == 1


def test_a_visit_whose_time_has_come_is_not_cancelled_here(booked):
    with time_machine.travel(DAY + timedelta(hours=17)):
        with booked.inside():
            booked.token = booked.new_token()
        booked.prove().post("cancellation/")
        assert "Nothing to do here" in text_of(booked.get())
    assert booked.now().stage == "scheduled"


# ---------------------------------------------------------------- other answers


def test_a_call_can_be_asked_for(visitor):
    visitor.prove()
    answer = visitor.post("call/", {"when": ["Morning", "Evening"]}, follow=True)
    assert "We will call you" in text_of(answer)
    with visitor.inside():
        assert Step.objects.get(name="call_asked").note == "Morning, Evening"
    assert visitor.now().next_code == "call_patient"


def test_the_visit_can_be_refused_and_wanted_after_all(visitor):
    visitor.prove()
    page = visitor.post("refusal/", {"reason": "It costs too much"}, follow=True)
    assert "You told us that you do not want this visit" in text_of(page)
    assert visitor.now().next_code == "decide_lost"
    visitor.pick(visitor.slots[0])
    assert visitor.now().stage == "scheduled"


def test_a_booked_visit_is_not_refused_by_an_old_page(booked):
    assert booked.post("refusal/").status_code == 302
    assert booked.now().contact == "reached"


@pytest.mark.parametrize(
    "changes,words",
    [
        ({"stage": "received"}, "You cannot pick a time yet"),
        ({"eligibility": "pending"}, "You cannot pick a time yet"),
        ({"stage": "seen"}, "Nothing to do here"),
        ({"stage": "closed"}, "Nothing to do here"),
        ({"stage": "cancelled"}, "This visit is not planned any more"),
        ({"stage": "lost"}, "This visit is not planned any more"),
    ],
)
def test_where_nothing_can_be_picked_the_page_says_so(visitor, changes, words):
    with visitor.inside():
        record(lock(visitor.referral.pk), "x", "x", by=SYSTEM, **changes)
    visitor.prove()
    assert words in text_of(visitor.get())
    assert visitor.pick(visitor.slots[0]).headers["Location"] == f"/p/{visitor.token}/"
    assert visitor.now().appointment is None


def test_a_referral_on_hold_offers_no_times(visitor):
    with visitor.inside():
        owning.hold(
            referral_id=visitor.referral.pk, until=NOW + timedelta(days=9), reason="Travelling", by=SYSTEM
        )
    assert "You cannot pick a time yet" in text_of(visitor.prove().get())


# ---------------------------------------------------------------- language


def test_a_patient_who_speaks_spanish_is_asked_in_spanish(client, lakeside):
    visitor = Visitor(client, lakeside, language="es")
    page = visitor.get()
    assert "Primero, su fecha de nacimiento" in text_of(page) and '<html lang="es">' in page.content.decode()
    words = text_of(visitor.prove().get("times/"))
    assert "Maria, elija una hora" in words and "viernes 27 de noviembre" in words and "10:20 a. m." in words
    assert "3 libres" in words and "Por la mañana" in words


def test_the_language_can_be_changed_and_the_day_stays(visitor):
    page = visitor.prove().get("times/", day="2026-11-30")
    assert 'href="?day=2026-11-30&amp;lang=es"' in page.content.decode()
    assert "lunes 30 de noviembre" in text_of(visitor.get("times/", day="2026-11-30", lang="es"))
    assert "elija una hora" in text_of(visitor.get("times/"))


def test_spanish_holds_through_the_birth_date(visitor):
    visitor.get(lang="es")
    assert "Le quedan 2 intentos" in text_of(visitor.post("birth-date/", WRONG))


def test_an_unknown_language_is_english(visitor):
    assert "First, your birth date" in text_of(visitor.get(lang="xx"))


# ---------------------------------------------------------------- links that ended, mails that stop


def test_an_old_link_offers_a_new_one_and_sends_it_once(visitor, run_jobs):
    with visitor.inside():
        visitor.token = visitor.new_token(life=timedelta(seconds=-1))
    page = visitor.get()
    assert page.status_code == 410 and "Send me a new link" in text_of(page) and "Maria" not in text_of(page)
    for _ in range(2):
        assert "We looked for your visit" in text_of(visitor.post("again/"))
    run_jobs(visitor.organization)
    assert len(sandbox.kept("sms")) == 1


def test_an_old_link_is_explained_in_the_browsers_language(visitor):
    with visitor.inside():
        visitor.token = visitor.new_token(life=timedelta(seconds=-1))
    page = visitor.client.get(f"/p/{visitor.token}/", headers={"Accept-Language": "es-MX"})
    assert "Este enlace ya no funciona" in text_of(page)


@pytest.mark.parametrize("token", ["x", "0000" + "a" * 22, "%00", "é"])
def test_a_made_up_link_sends_nothing_and_says_the_same(visitor, token):
    assert visitor.client.get(f"/p/{token}/").status_code == 410
    page = visitor.client.post(f"/p/{token}/again/")
    assert page.status_code == 200 and "We looked for your visit" in text_of(page)
    with visitor.inside():
        assert not Message.objects.exists()


def test_a_locked_link_gets_no_successor(visitor):
    for _ in range(3):
        visitor.post("birth-date/", WRONG)
    visitor.post("again/")
    with visitor.inside():
        assert not Message.objects.exists()


def test_another_practice_is_not_reached_by_the_same_token(visitor, prairie):
    visitor.token = prairie.link_key + visitor.token[4:]
    assert visitor.get().status_code == 410


def test_e_mails_are_stopped_without_a_birth_date(client, lakeside):
    visitor = Visitor(client, lakeside, mobile="")
    with visitor.inside():
        ContactPoint.objects.create(patient=visitor.referral.patient, kind="email", value="maria@example.org")
        outreach.text_booking_link(referral_id=visitor.referral.pk, by=SYSTEM)
        assert f"{visitor.token[:4]}" in Message.objects.get().body
    assert "Stop e-mails from us?" in text_of(visitor.get("stop/"))
    with visitor.inside():
        assert not notifications.has_opted_out("email", "maria@example.org")
    assert "You get no more e-mails from us" in text_of(visitor.post("stop/"))
    with visitor.inside():
        assert notifications.has_opted_out("email", "maria@example.org")


def test_staff_who_book_send_a_link_that_lives_until_the_visit(visitor):
    with visitor.inside():
        booking.book(referral_id=visitor.referral.pk, slot_id=visitor.slots[1].pk, by=SYSTEM)
        newest = AccessLink.objects.order_by("-created_at").first()
        assert newest.expires_at == visitor.slots[1].ends_at
        assert Message.objects.get().template == "booked"
