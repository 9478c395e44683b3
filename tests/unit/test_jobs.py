"""The durable outbox: asked for once, tried by one at a time, finished together with its effect."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings as project
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown
from jobs import actions, tasks
from jobs.actions import Bell, LeaseLost, claim, finishing, later, wait_seconds
from jobs.models import Job
from jobs.subjects import FINDERS, Subject, subjects_of
from jobs.work import HANDLERS
from organizations.models import Counter
from tests.conftest import inside
from tests.factories import make_organization, make_user

WORK = "test.work"


@pytest.fixture
def rung(monkeypatch):
    """Which jobs the bell was rung for."""
    heard: list[uuid.UUID] = []
    monkeypatch.setattr(actions, "wake", lambda organization_id, job_id: heard.append(job_id))
    return heard


def age(job: Job, **moments: timedelta) -> None:
    """Move a job's moments by so much."""
    Job.objects.filter(pk=job.pk).update(**{name: timezone.now() + by for name, by in moments.items()})


def claimed(**changes) -> Job:
    """A job in the hands of a worker."""
    job = later(WORK, uuid.uuid4())
    Job.objects.filter(pk=job.pk).update(**changes)
    return claim(job.pk)


# ---------------------------------------------------------------- asking
def test_work_is_kept_with_ids_only(scope):
    subject = uuid.uuid4()
    assert later(WORK, subject, "x").refresh().ids == [str(subject), "x"]


def test_the_same_request_twice_is_one_job(scope):
    assert later(WORK, "a", dedupe_key="k").pk == later(WORK, "b", dedupe_key="k").pk
    assert later("test.other", "a", dedupe_key="k").pk != later(WORK, "a", dedupe_key="k").pk


def test_another_organization_may_use_the_same_key(lakeside, prairie):
    for organization in (lakeside, prairie):
        with inside(organization):
            later(WORK, dedupe_key="k")
            assert Job.objects.count() == 1


def test_the_bell_rings_when_the_change_is_committed(scope, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = later(WORK)
        assert rung == []
    assert rung == [job.pk]


def test_a_change_that_is_rolled_back_asks_for_nothing(scope, rung, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        later(WORK)
        raise ZeroDivisionError
    assert (Job.objects.count(), rung) == (0, [])


def test_work_for_later_rings_no_bell_and_is_not_handed_out(scope, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = later(WORK, wait=timedelta(hours=1))
    assert rung == [] and claim(job.pk) is None
    age(job, available_at=timedelta(seconds=-1))
    assert claim(job.pk).pk == job.pk


# ---------------------------------------------------------------- one worker at a time
def test_a_job_is_handed_out_once(scope):
    job = later(WORK)
    assert claim(job.pk).attempts == 1
    assert claim(job.pk) is None


def test_of_many_workers_one_gets_it(committed):
    organization, got = make_organization(), []
    with inside(organization):
        job = later(WORK)

    def work():
        with inside(organization):
            got.append(claim(job.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [j.pk for j in got if j] == [job.pk] and len(got) == 4


def test_a_dead_workers_job_is_handed_out_again(scope):
    job = claimed()
    age(job, lease_until=timedelta(seconds=-1))
    assert claim(job.pk).attempts == 2


def test_a_live_worker_keeps_its_job(scope):
    job = claimed()
    age(job, lease_until=timedelta(seconds=1))
    assert actions.renew(job)
    assert job.refresh().lease_until > timezone.now() + timedelta(seconds=20)


def test_a_worker_that_was_taken_over_is_told_so(scope):
    slow = claimed()
    age(slow, lease_until=timedelta(seconds=-1))
    claim(slow.pk)
    assert not actions.renew(slow)


def test_a_job_that_kills_its_workers_is_handed_to_a_person(scope):
    job = claimed(attempts=actions.MAX_ATTEMPTS - 1)
    age(job, lease_until=timedelta(seconds=-1))
    assert claim(job.pk) is None
    assert Job.objects.stuck().get().reason == "Each try was cut off before its end."


# ---------------------------------------------------------------- finishing
def effects() -> int:
    return Counter.objects.filter(kind="effect").count()


def test_the_effect_and_the_end_are_one(scope):
    job = claimed()
    with finishing(job):
        Counter.objects.create(kind="effect")
    assert job.refresh().done_at is not None and effects() == 1


def test_an_effect_that_fails_leaves_the_job_open(scope):
    job = claimed()
    with pytest.raises(ZeroDivisionError), finishing(job):
        Counter.objects.create(kind="effect")
        raise ZeroDivisionError
    assert job.refresh().done_at is None and effects() == 0


@pytest.mark.parametrize("change", [{"done_at": timezone.now()}, {"lease_by": uuid.uuid4()}])
def test_who_lost_the_job_has_no_effect(scope, change):
    job = claimed()
    Job.objects.filter(pk=job.pk).update(**change)
    with pytest.raises(LeaseLost), finishing(job):
        Counter.objects.create(kind="effect")
    assert effects() == 0


# ---------------------------------------------------------------- trying again
@given(st.integers(1, 60), st.floats(0.5, 1.5))
def test_waits_double_and_end_at_six_hours_spread_by_half(attempts, spread):
    wait = wait_seconds(attempts, spread)
    assert 7.5 <= wait <= 9 * 3600
    assert wait_seconds(attempts + 1, spread) in {wait * 2, 21_600 * spread}
    assert 0.5 <= wait_seconds(attempts) / wait_seconds(attempts, 1) <= 1.5


def test_a_postponed_job_keeps_its_reason_and_waits(scope):
    job = claimed()
    actions.postpone(job, reason="The payer did not answer.")
    waiting = Job.objects.retrying().get()
    assert waiting.reason == "The payer did not answer."
    assert timedelta(seconds=5) < waiting.available_at - timezone.now() < timedelta(seconds=25)
    assert waiting.lease_until is None


def test_the_eighth_failure_hands_it_to_a_person(scope):
    job = claimed(attempts=actions.MAX_ATTEMPTS - 1)
    actions.postpone(job, reason="No answer.")
    assert [j.pk for j in Job.objects.stuck()] == [job.pk]


@pytest.mark.parametrize("lose", [actions.postpone, actions.give_up])
@pytest.mark.parametrize("change", [{"done_at": timezone.now()}, {"lease_by": uuid.uuid4()}])
def test_who_lost_the_job_spoils_nothing(scope, lose, change):
    job = claimed()
    Job.objects.filter(pk=job.pk).update(**change)
    lose(job, reason="too late")
    now = job.refresh()
    assert (now.dead_at, now.reason, now.lease_until) == (None, "", job.lease_until)


# ---------------------------------------------------------------- a person's turn
def stuck(**changes) -> Job:
    job = claimed(attempts=actions.MAX_ATTEMPTS - 1)
    actions.give_up(job, reason="No.")
    Job.objects.filter(pk=job.pk).update(**changes)
    return job.refresh()


def test_a_person_gives_all_tries_back(scope):
    job = stuck()
    assert actions.retry(job.pk)
    assert claim(job.pk).attempts == 1


def test_a_job_that_was_dealt_with_comes_back_to_the_list_when_it_fails_again(scope):
    job = stuck(settled_at=timezone.now())
    actions.retry(job.pk)
    actions.give_up(claim(job.pk), reason="Again.")
    assert [j.pk for j in Job.objects.stuck()] == [job.pk]


def test_what_is_being_tried_is_not_given_to_a_second_worker(scope):
    job = claimed()
    assert not actions.retry(job.pk)
    assert claim(job.pk) is None


def test_what_is_done_is_not_done_again(scope):
    job = stuck(done_at=timezone.now())
    assert not actions.retry(job.pk) and claim(job.pk) is None


def test_a_person_takes_it_off_the_list_and_is_remembered(scope):
    job, ruth = stuck(), make_user(full_name="Ruth Alvarez")
    assert actions.settle(job.pk, by=ruth)
    assert not Job.objects.stuck().exists() and job.refresh().settled_by == ruth


def test_what_is_not_stuck_cannot_be_taken_off_the_list(scope):
    job = claimed()
    assert not actions.settle(job.pk, by=make_user())
    assert job.refresh().settled_at is None


# ---------------------------------------------------------------- trying
@pytest.fixture
def attempt(lakeside, monkeypatch):
    """Do a claimed job with the given handler; the job as it is then."""

    def run(handler) -> Job:
        monkeypatch.setitem(HANDLERS, WORK, handler)
        with inside(lakeside):
            job = claimed()
        tasks.perform(job)
        with inside(lakeside):
            return job.refresh()

    return run


def failing(trouble: Exception):
    def handler(job, *ids):
        raise trouble

    return handler


def test_a_job_that_returns_is_done(attempt):
    assert attempt(lambda job, *ids: None).done_at is not None


def test_a_partner_out_of_reach_is_asked_again(attempt):
    job = attempt(failing(GatewayUnavailable("The payer did not answer.")))
    assert (job.dead_at, job.reason) == (None, "The payer did not answer.")


@pytest.mark.parametrize(
    "trouble", [GatewayError("Not a mobile number."), OutcomeUnknown("It may have gone out.")]
)
def test_a_refusal_or_a_doubt_goes_to_a_person_at_once(attempt, trouble):
    job = attempt(failing(trouble))
    assert job.dead_at is not None and job.reason == str(trouble)


def test_a_bug_is_tried_again_and_its_words_are_kept_nowhere(attempt, caplog):
    job = attempt(failing(ValueError("ZZCANARY Maria Delgado")))
    assert (job.dead_at, job.reason) == (None, "Something unexpected went wrong (ValueError).")
    assert "ZZCANARY" not in str(vars(job)) + "".join(r.getMessage() for r in caplog.records)


def test_what_takes_too_long_is_tried_again(attempt):
    assert attempt(failing(SoftTimeLimitExceeded())).reason == "It took longer than five minutes."


def test_losing_the_lease_is_no_failure(attempt):
    job = attempt(failing(LeaseLost()))
    assert (job.done_at, job.dead_at, job.reason) == (None, None, "")


# ---------------------------------------------------------------- the sweep
@pytest.fixture
def yard(committed):
    """Two organizations with jobs in every state; the ids of those that are due."""
    due = set()
    for organization in (make_organization(), make_organization()):
        with inside(organization):
            due.add(later(WORK).pk)
            later(WORK, wait=timedelta(hours=1))
            claimed()
            stuck()
            stuck(done_at=timezone.now(), dead_at=None)
    return due


def test_due_work_of_every_organization_is_found_through_the_operations_role(yard):
    assert {job_id for _, job_id in actions.wake_due(timezone.now())} == yard


def test_what_was_rung_for_a_moment_ago_is_left_alone(yard):
    now = timezone.now()
    actions.wake_due(now)
    assert actions.wake_due(now + timedelta(seconds=29)) == []
    found = {job_id for _, job_id in actions.wake_due(now + timedelta(seconds=31))}
    assert yard <= found


def test_the_sweep_hands_each_to_a_worker_with_its_organization(yard, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.run, "delay", lambda *ids: sent.append(ids))
    tasks.sweep()
    assert {uuid.UUID(job_id) for _, job_id in sent} == yard


# ---------------------------------------------------------------- a broker that is away
@pytest.fixture
def no_broker(monkeypatch):
    """A Celery application whose Redis refuses connections."""
    away = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)
    away.conf.broker_transport_options = project.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(actions, "current_app", away)
    monkeypatch.setattr(Bell, "silent_until", 0.0)


def test_work_is_kept_and_nobody_waits_while_the_broker_is_away(no_broker, committed):
    organization, began = make_organization(), time.monotonic()
    with inside(organization):
        for _ in range(20):
            later(WORK)
    assert time.monotonic() - began < 2
    with inside(organization):
        assert Job.objects.waiting().count() == 20


def test_the_bell_is_tried_again_after_a_while(no_broker, monkeypatch):
    actions.wake(uuid.uuid4(), uuid.uuid4())
    assert 0 < Bell.silent_until - time.monotonic() <= Bell.SILENT_SECONDS


# ---------------------------------------------------------------- what it is about
def test_subjects_are_asked_for_once_a_kind_of_work(scope, monkeypatch):
    asked = []

    def finder(ids):
        asked.append(set(ids))
        return {"a": Subject("R-1", "/a/"), "b": Subject("R-2", "/b/")}

    monkeypatch.setitem(FINDERS, WORK, finder)
    jobs = [later(WORK, "a"), later(WORK, "b"), later(WORK, "gone"), later(WORK), later("test.other", "a")]
    found = subjects_of(jobs)
    assert asked == [{"a", "b", "gone"}]
    assert {pk: subject.label for pk, subject in found.items()} == {jobs[0].pk: "R-1", jobs[1].pk: "R-2"}
