"""Files of patients worked off; and every night: who may be whom, and whose say has ended."""

from collections.abc import Callable
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from jobs.actions import LeaseLost, finishing, renew
from jobs.models import Job
from jobs.work import work
from organizations.models import Organization
from organizations.scope import current_organization_id, organization_scope
from patients.actions import duplicates, importing, keeping

log = structlog.get_logger(__name__)
BATCH = 1000  # patients of one task: seconds of work, one transaction
SAYS = 500


@shared_task(name="patients.find_duplicates")
def find_duplicates() -> None:
    """Look for duplicates in every organization, each in tasks of its own. Nothing is ever merged."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        learn.delay(str(organization_id))


@shared_task(name="patients.learn")
def learn(organization_id: str) -> None:
    """Learn from the organization's own records, then look through them."""
    now, actor = timezone.now(), "job:patients.learn"
    with organization_scope(organization_id, actor=actor):
        sample = duplicates.sample_to_learn_from(now=now)
    if sample is not None:
        learned = sample.learned()
        with organization_scope(organization_id, actor=actor):
            duplicates.keep_learned(learned, patients=len(sample.people), now=now)
        log.info("matcher learned", organization=organization_id, patients=len(sample.people))
    find_among.delay(organization_id)


@shared_task(name="patients.find_among")
def find_among(organization_id: str, after: str | None = None) -> None:
    """Look at one batch of patients, and leave the next one to another task."""
    with organization_scope(organization_id, actor="job:patients.find_duplicates"):
        last = duplicates.look_through(after=UUID(after) if after else None, size=BATCH)
    if last is not None:
        find_among.delay(organization_id, str(last))


@shared_task(name="patients.end_says")
def end_says() -> None:
    """A parent's say ends on the day it ends, by the clinic's calendar."""
    for organization in Organization.objects.all():
        with organization_scope(organization.pk, actor="job:patients.end_says"):
            today = timezone.now().astimezone(organization.zone).date()
            keeping.end_says(today=today, most=SAYS)


@work(importing.CHECK)
def check_import(job: Job, run_id: str) -> None:
    """Check the rows of a file, some at a time."""
    _work_off(job, run_id, importing.check_some)


@work(importing.WRITE)
def write_import(job: Job, run_id: str) -> None:
    """Write the rows of a file, some at a time."""
    _work_off(job, run_id, importing.write_some)


def _work_off(job: Job, run_id: str, some: Callable[..., bool]) -> None:
    more = True
    while more:
        with organization_scope(job.organization_id, actor=f"job:{job.name}"):
            if not renew(job):
                raise LeaseLost(f"{job.name} is held by another worker.")
            organization = Organization.objects.get(pk=current_organization_id())
            today = timezone.now().astimezone(organization.zone).date()
            more = some(run_id=UUID(run_id), today=today)
    with finishing(job):
        pass
