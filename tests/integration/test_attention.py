"""Needs attention: what is stuck, why, whose it is, and another try."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from celery import Celery
from django.conf import settings as project
from django.utils import timezone

from gateways import sandbox
from intake.models import Arrival
from jobs import actions
from jobs.actions import later
from jobs.effects import EFFECTS
from jobs.models import Job
from notifications import tasks  # noqa: F401 (registers the work)
from notifications.actions import write
from referrals import storing
from referrals.models import Dispatch
from tests.conftest import inside
from tests.factories import make_membership, make_organization, make_patient, make_referral

PAGE = "/o/lakeside/attention/"


def make_stuck(name="referrals.ask_payer", *ids, reason="The payer did not answer in time.") -> Job:
    job = later(name, *(ids or (uuid.uuid4(),)))
    Job.objects.filter(pk=job.pk).update(dead_at=timezone.now(), attempts=8, reason=reason)
    return job


def make_retrying() -> Job:
    job = later("notifications.deliver", uuid.uuid4())
    soon = timezone.now() + timedelta(minutes=12)
    Job.objects.filter(pk=job.pk).update(attempts=3, reason="Out of reach.", available_at=soon)
    return job


def read(browser, view="open") -> str:
    return browser.get(f"{PAGE}?view={view}").content.decode()


def texts(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# ---------------------------------------------------------------- the lists
def test_it_says_what_it_means_for_care_then_why_then_which_job(scope, alicia, enter):
    job = make_stuck()
    page = texts(read(enter(alicia)))
    assert "A payer has not answered about coverage" in page
    assert "The payer did not answer in time. Retry, or call the payer." in page
    assert f"8 tries. Job {str(job.pk)[-8:]}" in page


@pytest.mark.parametrize("name", EFFECTS)
def test_every_kind_of_work_has_a_title_of_its_own(scope, alicia, enter, name):
    make_stuck(name)
    assert EFFECTS[name][0] in read(enter(alicia))


def test_nothing_stuck_is_good_news(scope, alicia, enter):
    Job.objects.create(name="x", done_at=timezone.now())
    page = read(enter(alicia))
    assert "Nothing is stuck" in page and "1 job finished in the last day." in page


def test_what_tries_again_by_itself_is_told_apart(scope, alicia, enter):
    make_stuck()
    make_retrying()
    browser = enter(alicia)
    assert "Try 3 of 8. Next: Today" in texts(read(browser, "retrying"))
    assert "Out of reach." not in read(browser)
    assert "Retrying by itself" in read(browser)


def test_work_that_has_not_failed_is_on_no_list(scope, alicia, enter):
    later("intake.read", uuid.uuid4())
    browser = enter(alicia)
    assert all(EFFECTS["intake.read"][0] not in read(browser, v) for v in ("open", "retrying", "fixed"))


def test_an_unknown_list_is_the_open_one(scope, alicia, enter):
    make_stuck()
    assert EFFECTS["referrals.ask_payer"][0] in read(enter(alicia), "nonsense")


def test_another_organizations_work_is_not_seen(scope, alicia, prairie, enter):
    browser = enter(alicia)
    assert "Nothing is stuck" in read(browser)


def test_it_costs_the_same_for_many_as_for_one(scope, alicia, enter, django_assert_max_num_queries):
    browser = enter(alicia)
    for _ in range(25):
        make_stuck("referrals.ask_payer", make_referral().pk)
    read(browser)
    with django_assert_max_num_queries(26):
        read(browser)


# ---------------------------------------------------------------- whose it is
@pytest.fixture
def no_broker(monkeypatch):
    """A Celery application whose Redis refuses connections."""
    away = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)
    away.conf.broker_transport_options = project.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(actions, "current_app", away)
    monkeypatch.setattr(actions.Bell, "silent_until", 0.0)


def link_of(page: str) -> tuple[str, str]:
    return re.search(r'<h2>[^<]*: <a href="([^"]+)">([^<]+)</a>', page).groups()


@pytest.fixture
def referral(scope):
    return make_referral()


def test_a_question_to_a_payer_names_its_referral(referral, alicia, enter):
    make_stuck("referrals.ask_payer", referral.pk, uuid.uuid4())
    assert link_of(read(enter(alicia))) == (f"/o/lakeside/referrals/{referral.number}/", referral.number)


def test_a_message_names_the_referral_it_is_about_and_no_patient(referral, alicia, enter):
    message = write(
        patient=referral.patient,
        template="booking_link",
        about_id=referral.pk,
        link="http://x/p/a/",
    )
    make_stuck("notifications.deliver", message.pk)
    page = read(enter(alicia))
    assert link_of(page)[1] == referral.number
    assert referral.patient.family_name not in page and "555-0188" not in page


def test_papers_name_their_referral(referral, alicia, enter):
    document = storing.keep(b"%PDF-1.4", kind="report", title="Report")
    dispatch = Dispatch.objects.create(referral=referral, document=document, to="+12175550100")
    make_stuck("referrals.send_dispatch", dispatch.pk)
    assert link_of(read(enter(alicia)))[1] == referral.number


def test_a_fax_is_named_by_the_number_it_came_from(scope, alicia, enter):
    document = storing.keep(b"%PDF-1.4", kind="fax", title="Fax")
    arrival = Arrival.objects.create(source="fax", document=document, from_number="+12175550142")
    make_stuck("intake.read", arrival.pk)
    assert link_of(read(enter(alicia))) == (f"/o/lakeside/faxes/{arrival.pk}/", "Fax from (217) 555-0142")


def test_what_it_was_about_may_be_gone(scope, alicia, enter):
    make_stuck("referrals.ask_payer", uuid.uuid4())
    assert "<h2>A payer has not answered about coverage</h2>" in read(enter(alicia))


# ---------------------------------------------------------------- a person's turn
def test_retry_tries_again_and_the_list_is_clear(scope, lakeside, alicia, enter, run_jobs):
    patient = make_patient(mobile="+12175550199")  # the sandbox's carrier cannot reach it
    message = write(patient=patient, template="help", about_id=make_referral(patient=patient).pk)
    for _ in range(actions.MAX_ATTEMPTS):
        Job.objects.filter(ids=[str(message.pk)]).update(available_at=timezone.now())
        run_jobs(lakeside, rounds=1)
    browser = enter(alicia)
    assert "The carrier could not be reached." in read(browser)

    message.to = "+12175550188"
    message.save()
    browser.post(f"{PAGE}{Job.objects.stuck().get().pk}/retrial/")
    run_jobs(lakeside)
    assert "Nothing is stuck" in read(browser)
    assert [text["to"] for text in sandbox.kept("sms")] == ["+12175550188"]


def test_the_page_answers_at_once_while_the_broker_is_away(committed, enter, no_broker):
    organization = make_organization(slug="lakeside")
    with inside(organization):
        job = make_stuck()
    browser, began = enter(make_membership(organization)), time.monotonic()
    assert browser.post(f"{PAGE}{job.pk}/retrial/").status_code == 302
    assert time.monotonic() - began < 1.5
    with inside(organization):
        assert [j.pk for j in Job.objects.due(timezone.now())] == [job.pk]


def test_what_was_done_by_hand_leaves_the_list_with_a_name(scope, alicia, enter):
    job, browser = make_stuck(), enter(alicia)
    browser.post(f"{PAGE}{job.pk}/settlement/")
    assert "Nothing is stuck" in read(browser)
    assert "Done by hand by Alicia Warren" in texts(read(browser, "fixed"))


def test_what_is_being_tried_is_left_alone_and_that_is_said(scope, alicia, enter):
    job, browser = make_stuck(), enter(alicia)
    lease = timezone.now() + timedelta(seconds=20)
    Job.objects.filter(pk=job.pk).update(dead_at=None, lease_until=lease)
    browser.post(f"{PAGE}{job.pk}/retrial/")
    assert "It is done, or being tried right now." in read(browser)


def test_a_stranger_finds_no_job(scope, alicia, prairie, enter):
    job = make_stuck()
    browser = enter(alicia)
    assert browser.post(f"/o/prairie/attention/{job.pk}/retrial/").status_code == 404
    assert job.refresh().dead_at is not None


def test_a_job_of_another_organization_is_not_found(prairie, alicia, enter):
    with inside(prairie):
        job = make_stuck()
    assert enter(alicia).post(f"{PAGE}{job.pk}/retrial/").status_code == 404


def test_who_may_not_retry_sees_no_button_and_is_refused(scope, member, enter):
    job, browser = make_stuck(), enter(member("auditor"))
    assert browser.get(PAGE).status_code == 403
    assert browser.post(f"{PAGE}{job.pk}/retrial/").status_code == 403
