"""Claim, do, record: one job at a time, and the sweep that finds what the bell missed."""

from uuid import UUID

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from gateways import GatewayError, GatewayUnavailable
from jobs import actions
from jobs.lease import kept_alive
from jobs.models import Job
from jobs.work import handler_of
from organizations.scope import organization_scope

log = structlog.get_logger(__name__)


@shared_task(name="jobs.run")
def run(organization_id: str, job_id: str) -> None:
    """Try one job. What it was about is in the database; the arguments are only ids."""
    with organization_scope(organization_id, actor="job:claim"):
        job = actions.claim(UUID(job_id))
    if job is not None:
        perform(job)


def perform(job: Job) -> None:
    """Do a claimed job: finish it, put it back with a longer wait, or hand it to a person."""
    try:
        with kept_alive(job):
            handler_of(job)(job, *job.ids)
    except actions.LeaseLost:
        log.info("job taken over", job=str(job.pk), name=job.name)
    except GatewayUnavailable as outage:
        _put_back(job, str(outage))
    except GatewayError as refusal:
        _hand_over(job, str(refusal))
    except SoftTimeLimitExceeded:
        _put_back(job, "It took longer than five minutes.")
    except Exception as error:
        log.exception("job failed", job=str(job.pk), name=job.name, code=type(error).__name__)
        _put_back(job, f"Something unexpected went wrong ({type(error).__name__}).")
    else:
        _finish_if_left_open(job)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring the bell for every due job that nobody is working on."""
    for organization_id, job_id in actions.wake_due(timezone.now()):
        run.delay(str(organization_id), str(job_id))


def _finish_if_left_open(job: Job) -> None:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        still_open = Job.objects.filter(pk=job.pk, done_at=None, dead_at=None, lease_by=job.lease_by).exists()
    if still_open:
        with actions.finishing(job):
            pass


def _put_back(job: Job, reason: str) -> None:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        actions.postpone(job, reason=reason)


def _hand_over(job: Job, reason: str) -> None:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        actions.give_up(job, reason=reason)
