"""The fax inbox: what came, where it is, and that it all adds up."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEvent
from intake import inbox
from intake.models import Arrival
from jobs.models import Job
from tests import factories
from tests.conftest import inside
from tests.integration.intake_scenes import MARIA, THEO, clinic_day, make_arrival, make_ready, paper, pdf

INBOX = "/o/lakeside/faxes/"


@pytest.fixture
def look(alicia, enter):
    """The text of a view of the inbox, as Alicia sees it."""
    browser = enter(alicia)
    return lambda query="": browser.get(INBOX + query).content.decode()


def test_a_fax_to_check_shows_who_what_and_how_much(scope, look):
    make_ready(paper(MARIA, doubtful=["member_id", "reason"]))
    page = look()
    for words in (
        "Delgado-Ruiz, Maria",
        "Cardiology, urgent",
        "(217) 555-0142",
        "2 fields to check",
        "Review",
    ):
        assert words in page


def test_two_patients_on_one_fax_are_announced(scope, look):
    make_ready(paper(), paper(THEO, first=2, last=2))
    assert "Looks like 2 patients" in look()


def test_an_empty_inbox_says_so_and_offers_the_upload(scope, look):
    page = look()
    assert "No faxes waiting" in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("waiting", "Delgado-Ruiz"),
        ("reading", "Waiting to be read"),
        ("help", "Unreadable"),
        ("done", "Sent twice"),
    ],
)
def test_each_view_shows_its_own(view, words, scope, look):
    content = pdf()
    make_ready()
    make_arrival(content)
    make_arrival(content)
    make_arrival(b"no document")
    page = look(f"?view={view}")
    assert page.count('<tr class="row"') == 1
    assert words in page


def test_everything_that_came_is_accounted_for(scope, look):
    make_ready()
    make_arrival()
    make_arrival(b"no document")
    page = look("?view=all")
    assert "In 3, accounted for 3" in page
    assert "1 waiting, 1 reading, 1 need help" in page


def test_what_nobody_works_on_is_shown_as_lost(scope, look):
    arrival = make_arrival()
    arrival.read_asked_at = timezone.now() - timedelta(minutes=11)
    arrival.save()
    Job.objects.update(dead_at=timezone.now())
    page = look()
    assert "In 1, accounted for 0." in page
    assert 'class="note bad"' in page


def test_an_open_fax_of_last_week_is_still_on_todays_list(scope, look):
    make_ready(received_at=timezone.now() - timedelta(days=6))
    assert "Delgado-Ruiz" in look()


def test_another_day_shows_what_came_on_it(scope, look):
    came = timezone.now() - timedelta(days=6)
    make_arrival(b"no document", received_at=came)
    make_ready()
    page = look(f"?view=all&day={clinic_day(ago=6)}")
    assert page.count('<tr class="row"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "?view=nonsense",
        "?day=yesterday",
        "?day=2999-01-01",
        "?after=x",
        "?after=01a21251-e511-777a-abb3-0700dd1e4ba8",
    ],
)
def test_a_mistyped_address_shows_today(query, scope, look):
    make_ready()
    assert "Delgado-Ruiz" in look(query)


def test_a_long_list_goes_on_from_its_last_row(scope, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    made = [make_arrival(b"no document %d" % n) for n in range(5)]
    today = timezone.now().astimezone(scope.zone).date()
    day, after, seen = inbox.Day(today, today, scope.zone), None, []
    for _ in range(3):
        listed = inbox.page_of(day, "help", after=after)
        seen += [a.pk for a in listed.arrivals]
        after = listed.next_after
    assert (seen, after) == ([a.pk for a in made], None)


def test_a_colleague_at_work_is_named(scope, look, priya, enter):
    enter(priya).get(f"{INBOX}{make_ready().pk}/")
    assert "Priya Nair, 0m" in look()


def test_the_next_fax_is_one_that_nobody_has_open(scope, alicia, priya):
    first, second = make_ready(), make_ready()
    first.claimed_by, first.claimed_at = priya, timezone.now()
    first.save()
    assert inbox.next_waiting(alicia, timezone.now()) == second


def test_polling_says_nothing_until_something_moves(scope, alicia, enter):
    browser, now = enter(alicia), timezone.now()
    today = now.astimezone(scope.zone).date()
    stamp = inbox.ledger(inbox.Day(today, today, scope.zone), now).stamp
    assert browser.get(f"{INBOX}news/?seen={stamp}").status_code == 204
    make_ready()
    assert b"Show what is new" in browser.get(f"{INBOX}news/?seen={stamp}").content


def test_the_list_costs_the_same_for_many_as_for_one(scope, alicia, enter, django_assert_max_num_queries):
    factories.make_practice(name="Prairie", fax="+12175550142")
    for _ in range(6):
        make_ready(paper(), paper(THEO, first=2, last=2))
    browser = enter(alicia)
    with django_assert_max_num_queries(24):
        browser.get(INBOX)


def test_looking_at_the_list_is_logged_with_the_patients_on_it(scope, look):
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    make_ready()
    look()
    assert AccessEvent.objects.get(action="search", object_type="arrival").patient_ids == [maria.pk]


@pytest.mark.parametrize("role", ["auditor", "insurance"])
def test_roles_without_the_desk_get_a_sentence(role, scope, member, enter):
    answer = enter(member(role)).get(INBOX)
    assert (answer.status_code, b"may not do this" in answer.content) == (403, True)


def test_another_organizations_faxes_are_not_here(scope, prairie, look):
    assert "Nothing came on this day" in look("?view=all")


def test_another_organizations_fax_is_not_found(lakeside, prairie, alicia, enter):
    with inside(prairie):
        arrival = make_ready()
    browser = enter(alicia)
    for rest in ("", "pages/1.png", "pages/1/thumb.png", "original/", "progress/", "presence/"):
        assert browser.get(f"{INBOX}{arrival.pk}/{rest}").status_code == 404
    for rest in (
        "acceptance", "draft", "question", "cut", "cut/undo", "filing", "heartbeat", "refusal", "attachment",
        "claim", "release", "password", "rereading",
    ):  # fmt: skip
        assert browser.post(f"{INBOX}{arrival.pk}/{rest}/").status_code == 404
    with inside(prairie):
        assert arrival.refresh().state == Arrival.State.READY


def test_today_begins_at_the_clinics_midnight(scope):
    day = datetime(2026, 11, 25).date()
    late = datetime(2026, 11, 26, 5, 30, tzinfo=timezone.get_default_timezone())  # 11:30 PM in Chicago
    arrival = make_arrival(received_at=late)
    assert list(inbox.Day(day, datetime(2026, 11, 30).date(), scope.zone).arrivals()) == [arrival]
