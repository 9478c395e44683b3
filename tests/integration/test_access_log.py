"""Who looked at whom: the log's own page."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import RequestFactory
from django.utils import timezone

from audit import actions, queries
from audit.models import AccessEvent
from tests.conftest import inside
from tests.factories import make_referral

PAGE = "/o/lakeside/audit/"


def make_event(user=None, **facts) -> AccessEvent:
    defaults = {
        "action": "view",
        "user": user,
        "actor": "x",
        "actor_label": str(user or "link"),
        "object_type": "referral",
    }
    return AccessEvent.objects.create(**{**defaults, **facts})


@pytest.fixture
def owen(member):
    """The auditor."""
    return member("auditor", full_name="Owen Pierce")


@pytest.fixture
def read(owen, enter):
    """The rows of the page, as texts."""
    browser = enter(owen)

    def rows(**query) -> list[str]:
        html = browser.get(PAGE, query).content.decode()
        body = re.search(r"<tbody>(.*)</tbody>", html, re.DOTALL)
        found = re.findall(r"<tr>(.*?)</tr>", body[1] if body else "", re.DOTALL)
        return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in found]

    rows()  # the first page is the opening of the organization
    return rows


def about(rows: list[str], word: str) -> list[str]:
    return [row for row in rows if word in row]


# ---------------------------------------------------------------- writing
def ask(user):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.4.17")
    request.user = user
    return request


def test_a_look_keeps_who_at_what_whose_and_from_where(lakeside, priya):
    with inside(lakeside, actor=f"user:{priya.user.pk}"):
        referral = make_referral()
        actions.looked_at(ask(priya.user), referral, patients=[referral.patient_id, referral.patient_id])
        event = AccessEvent.objects.get()
    assert (event.user, event.actor, event.address) == (priya.user, f"user:{priya.user.pk}", "10.0.4.17")
    assert (event.object_type, event.object_id, event.object_label) == (
        "referral",
        referral.pk,
        referral.number,
    )
    assert event.patient_ids == [referral.patient_id]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_accessevent SET detail = 'x'", "DELETE FROM audit_accessevent"]
)
def test_an_event_can_be_neither_changed_nor_removed(scope, statement):
    from django.db import connection

    make_event()
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# ---------------------------------------------------------------- reading
def test_the_newest_is_first_with_who_what_and_from_where(scope, read, priya):
    make_event(priya.user, object_label="R-20018", patient_ids=[uuid.uuid4()], address="10.0.4.9")
    newest = read()[0]
    assert all(
        word in newest for word in ("Priya Nair", "Referral R-20018", "1 patient", "10.0.4.9", "Looked at")
    )


def test_looking_at_the_log_is_itself_recorded(scope, read, owen):
    read()
    event = AccessEvent.objects.order_by("-id").first()
    assert (event.user, event.action, event.object_type) == (owen.user, "search", "access log")


def test_a_number_finds_everybody_who_saw_its_patient(scope, read, priya, alicia):
    patient, other = uuid.uuid4(), uuid.uuid4()
    make_event(priya.user, object_label="R-20018", patient_ids=[patient])
    make_event(alicia.user, object_type="worklist", action="search", patient_ids=[other, patient])
    make_event(alicia.user, object_label="R-20019", patient_ids=[other])
    rows = read(thing=" r-20018 ")
    assert len(rows) == 2
    assert about(rows, "Priya Nair") and about(rows, "Worklist")


def test_a_person_and_a_kind_narrow_the_list(scope, read, priya, alicia):
    make_event(priya.user)
    make_event(priya.user, action="export")
    make_event(alicia.user, action="export")
    assert len(read(person=str(priya.user.pk))) == 2
    assert len(read(person=str(priya.user.pk), action="export")) == 1


def test_days_are_the_clinics_own(scope, read, priya):
    late_evening = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)  # still March 1, 11:30 PM, in Springfield
    make_event(priya.user, at=late_evening)
    assert len(read(since="2026-03-01", until="2026-03-01")) == 1
    assert read(since="2026-03-02", until="2026-03-02") == []


def test_the_last_week_is_shown_unless_asked_otherwise(scope, read, priya):
    make_event(priya.user, at=timezone.now() - timedelta(days=9))
    assert about(read(), "Priya Nair") == []


def test_pages_follow_each_other_without_a_gap(scope, owen, enter, priya):
    for n in range(queries.PAGE + 7):
        make_event(priya.user, object_label=f"R-{n}")
    browser, seen, address = enter(owen), [], f"{PAGE}?person={priya.user.pk}"
    while address:
        html = browser.get(address).content.decode()
        seen += re.findall(r"Referral (R-\d+)", html)
        older = re.search(r'href="(\?[^"]*before[^"]*)" rel="next"', html)
        address = older and f"{PAGE}{older[1].replace('&amp;', '&')}"
    assert seen == [f"R-{n}" for n in reversed(range(queries.PAGE + 7))]


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"person": "nobody"},
        {"action": "stole"},
        {"before": "not an id"},
        {"thing": "\x00"},
    ],
)
def test_nonsense_is_answered_with_a_page(owen, enter, query):
    assert enter(owen).get(PAGE, query).status_code == 200


def test_another_organizations_log_is_not_seen(scope, read, prairie, priya):
    assert about(read(), "Prairie") == []


def test_only_those_who_may_search_it(member, enter):
    seen = {
        role: enter(member(role)).get(PAGE).status_code for role in ("auditor", "manager", "admin", "nurse")
    }
    assert seen == {"auditor": 200, "manager": 200, "admin": 200, "nurse": 403}
