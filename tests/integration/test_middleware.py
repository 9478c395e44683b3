"""Around every page: who is let in, how long a session lasts, what strangers learn, how trouble looks."""

import re

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from audit.models import AccessEvent
from organizations.models import Membership
from tests.conftest import inside

MINUTE = 60
SECRETS = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|/o/[a-z-]+/')


@pytest.fixture
def clock():
    """A clock that only the test moves."""
    with time_machine.travel("2026-11-25 16:00:00Z", tick=False) as clock:
        yield clock


# ---------------------------------------------------------------- how long a session lasts
@pytest.fixture
def desk(clock, alicia, enter):
    """A browser that has just opened the worklist."""
    browser = enter(alicia)
    assert browser.get("/o/lakeside/").status_code == 200
    return browser


def test_an_idle_person_is_led_to_the_door_and_told_why(clock, desk):
    clock.shift(15 * MINUTE + 1)
    assert desk.get("/o/lakeside/?view=mine")["Location"] == (
        "/accounts/login/?next=/o/lakeside/%3Fview%3Dmine&reason=idle"
    )
    assert "signed you out" in desk.get("/accounts/login/?reason=idle").content.decode()


def test_each_click_starts_the_idle_clock_again(clock, desk):
    for _ in range(3):
        clock.shift(14 * MINUTE)
        assert desk.get("/o/lakeside/").status_code == 200


def test_polling_keeps_nobody_signed_in(clock, desk):
    for _ in range(2):
        clock.shift(8 * MINUTE)
        answer = desk.get("/o/lakeside/", headers={"X-Background": "1", "HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith("&reason=idle")


def test_answering_the_warning_does(clock, desk):
    for _ in range(3):
        clock.shift(14 * MINUTE)
        assert desk.post("/still-here/").status_code == 204


def test_the_warning_cannot_be_answered_too_late(clock, desk):
    clock.shift(16 * MINUTE)
    assert desk.post("/still-here/").status_code == 302


def test_the_organization_decides_how_long(clock, lakeside, desk):
    lakeside.idle_minutes = 5
    lakeside.save()
    desk.get("/o/lakeside/")
    clock.shift(6 * MINUTE)
    assert "reason=idle" in desk.get("/o/lakeside/")["Location"]


def test_twelve_hours_are_the_longest_day(clock, desk):
    for _ in range(12 * 6):
        clock.shift(10 * MINUTE)
        assert desk.get("/organizations/").status_code == 302
    clock.shift(1)
    assert desk.get("/o/lakeside/")["Location"].endswith("&reason=long")


def test_an_idle_browser_still_opens_what_needs_no_account(clock, desk):
    clock.shift(60 * MINUTE)
    assert desk.get("/livez").status_code == 200
    assert desk.get("/accounts/login/").status_code == 200


def test_signing_out_after_the_warning_ran_out_leads_to_the_door(clock, desk):
    clock.shift(16 * MINUTE)
    assert desk.post("/accounts/logout/", {"next": "/accounts/login/?reason=idle"})["Location"] == (
        "/accounts/login/?reason=idle"
    )


# ---------------------------------------------------------------- the way back
def test_after_signing_in_one_returns_to_the_page_never_to_the_address_of_a_form(client, lakeside):
    answer = client.post(
        "/o/lakeside/settings/", headers={"referer": "http://testserver/o/lakeside/settings/?a=1"}
    )
    assert answer["Location"] == "/accounts/login/?next=/o/lakeside/settings/%3Fa%3D1"


def test_htmx_is_told_to_change_the_whole_page(client, lakeside):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/o/lakeside/?view=mine"}
    answer = client.get("/o/lakeside/counts/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        401,
        "/accounts/login/?next=/o/lakeside/%3Fview%3Dmine",
    )


def test_a_way_back_to_another_site_is_not_followed(client, lakeside):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x?y=1"}
    assert client.get("/o/lakeside/", headers=headers)["HX-Redirect"] == "/accounts/login/?next=/x%3Fy%3D1"


# ---------------------------------------------------------------- strangers
def test_a_stranger_and_a_wrong_address_get_the_same_page(lakeside, prairie, alicia, enter):
    browser = enter(alicia)
    theirs, nobodys = browser.get("/o/prairie/"), browser.get("/o/no-such-place/")
    assert theirs.status_code == nobodys.status_code == 404
    assert SECRETS.sub(b"", theirs.content) == SECRETS.sub(b"", nobodys.content)
    assert dict(theirs.headers) == dict(nobodys.headers)


def test_a_colleague_who_left_is_a_stranger_with_the_next_click(lakeside, alicia, enter):
    browser = enter(alicia)
    assert browser.get("/o/lakeside/").status_code == 200
    with inside(lakeside):
        alicia.is_active = False
        alicia.save()
    assert browser.get("/o/lakeside/").status_code == 404


def test_another_role_counts_with_the_next_click(lakeside, alicia, enter):
    browser = enter(alicia)
    assert browser.get("/o/lakeside/settings/people/").status_code == 403
    with inside(lakeside):
        alicia.role = "manager"
        alicia.save()
    assert browser.get("/o/lakeside/settings/people/").status_code == 200


def test_an_account_that_is_switched_off_is_signed_out(alicia, enter):
    browser = enter(alicia)
    alicia.user.is_active = False
    alicia.user.save()
    assert browser.get("/o/lakeside/")["Location"].startswith("/accounts/login/")


# ---------------------------------------------------------------- the record of coming in and of refusals
def events(organization, action):
    with inside(organization):
        return list(AccessEvent.objects.filter(action=action).order_by("id"))


def test_opening_an_organization_is_recorded_once_a_session(lakeside, alicia, enter):
    browser = enter(alicia)
    for _ in range(3):
        browser.get("/o/lakeside/")
    opened = events(lakeside, "sign_in")
    assert [(e.user, e.detail, e.patient_ids) for e in opened] == [(alicia.user, "As front desk", [])]
    enter(alicia).get("/o/lakeside/")
    assert len(events(lakeside, "sign_in")) == 2


def test_each_organization_that_is_opened_has_its_own_record(lakeside, prairie, alicia, enter):
    with inside(prairie):
        Membership.objects.create(organization=prairie, user=alicia.user, role="nurse")
    browser = enter(alicia)
    for slug in ("lakeside", "prairie", "lakeside", "prairie"):
        browser.get(f"/o/{slug}/")
    assert len(events(lakeside, "sign_in")) == len(events(prairie, "sign_in")) == 1


def test_an_opening_that_ended_in_trouble_is_recorded_by_the_next_one(lakeside, alicia, monkeypatch):
    browser = Client(raise_request_exception=False)
    browser.force_login(alicia.user)
    with monkeypatch.context() as broken:
        broken.setattr("jobs.queries.attention", explode)
        assert browser.get("/o/lakeside/attention/").status_code == 500
    assert events(lakeside, "sign_in") == []
    browser.get("/o/lakeside/attention/")
    assert len(events(lakeside, "sign_in")) == 1


def test_a_refusal_and_a_wrong_number_are_recorded(lakeside, alicia, enter):
    browser = enter(alicia)
    browser.get("/o/lakeside/settings/people/")
    browser.get("/o/lakeside/referrals/R-99999/")
    browser.get("/o/lakeside/nowhere/")
    refused = [e.detail for e in events(lakeside, "refused")]
    assert refused == ["403 at people", "404 at referral", "404 at no such page"]


# ---------------------------------------------------------------- trouble
def explode(*args, **kwargs):
    raise RuntimeError("Maria Delgado, born 1967-03-14")


def lose_database(*args, **kwargs):
    raise OperationalError("connection to server at 10.0.0.5 failed: password of app_rw")


@pytest.fixture
def window(alicia):
    """Alicia's, showing the pages that a real browser would show in trouble."""
    window = Client(raise_request_exception=False)
    window.force_login(alicia.user)
    return window


def test_a_bug_shows_a_sentence_and_nothing_of_what_was_wrong(window, monkeypatch):
    monkeypatch.setattr("jobs.queries.attention", explode)
    answer = window.get("/o/lakeside/attention/")
    assert answer.status_code == 500
    assert b"Something broke on our side" in answer.content
    assert not re.search(rb"Traceback|RuntimeError|Delgado", answer.content)


def test_a_bug_rolls_back_what_the_page_had_done(lakeside, window, monkeypatch):
    def half_done(*args):
        lakeside.name = "Half done"
        lakeside.save()
        explode()

    monkeypatch.setattr("jobs.queries.attention", half_done)
    window.get("/o/lakeside/attention/")
    lakeside.refresh_from_db()
    assert lakeside.name == "Lakeside Specialty"


def assert_away(answer):
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert b"away for a moment" in answer.content
    assert not re.search(rb"Traceback|OperationalError|app_rw|10\.0\.0\.5", answer.content)


def test_a_database_lost_before_the_view_shows_the_page_that_needs_none(window, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(connection, "ensure_connection", lose_database)
        answer = window.get("/o/lakeside/")
    assert_away(answer)


def test_a_database_lost_inside_the_view_does_so_too(window, monkeypatch):
    monkeypatch.setattr("jobs.queries.attention", lose_database)
    assert_away(window.get("/o/lakeside/attention/"))


def test_a_database_lost_outside_any_organization_does_so_too(window, monkeypatch):
    monkeypatch.setattr("organizations.views.choosing.memberships_of", lose_database)
    assert_away(window.get("/organizations/"))


def test_a_role_that_may_not_is_told_so_in_a_sentence(window):
    answer = window.get("/o/lakeside/settings/")
    assert answer.status_code == 403
    assert b"Your role, Front desk, may not do this." in answer.content


def test_a_form_without_its_token_shows_the_way_back(alicia):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alicia.user)
    answer = strict.post("/still-here/", headers={"referer": "http://testserver/o/lakeside/"})
    assert answer.status_code == 403
    assert b"This form is too old to send" in answer.content and b'href="/o/lakeside/"' in answer.content


# ---------------------------------------------------------------- what a browser may keep
def test_no_answer_may_be_kept_or_told_on(desk):
    answer = desk.get("/o/lakeside/")
    assert answer["Cache-Control"] == "no-store"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("place", ["p", "r", "invitations"])
def test_a_secret_address_is_told_to_no_other_site(client, db, place):
    assert client.get(f"/{place}/AAAAxxxxxxxxxxxxxxxxxxxxxx/")["Referrer-Policy"] == "same-origin"
