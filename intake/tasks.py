"""Claim, read, record: every arrival is read by a worker, and none stays in the machine's hands for good."""

import structlog
from celery import shared_task
from django.utils import timezone

from gateways import gateway
from gateways.ocr import OcrTrouble, PageRead, PasswordNeeded, Truncated
from intake import queries
from intake.actions import reading
from intake.extraction import Extraction, extract
from intake.models import READ, Arrival
from jobs.actions import LeaseLost, finishing, renew
from jobs.models import Job
from jobs.work import work
from organizations.models import Organization
from organizations.scope import organization_scope
from referrals import storing

log = structlog.get_logger(__name__)


@work(READ)
def read(job: Job, arrival_id: str) -> None:
    """Read an arrival page by page, then its fields. A killed try is continued: pages written down stay."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        arrival = reading.begin(arrival_id, read_key=job.dedupe_key or "")
        if arrival is None:
            return
        content, media_type = storing.read(arrival.readable), arrival.readable.media_type
    trouble = _read_pages(job, arrival_id, content, media_type)
    extraction = _extract(job, arrival)
    with finishing(job):
        reading.finish(
            arrival_id,
            extraction,
            trouble=str(trouble or ""),
            locked=isinstance(trouble, PasswordNeeded),
            usable=trouble is None or (isinstance(trouble, Truncated) and bool(extraction.documents)),
        )


def _read_pages(job: Job, arrival_id: str, content: bytes, media_type: str) -> OcrTrouble | None:
    """Write down each page as it comes; give back the named trouble that ended it early, if any."""

    def expect(number: int, total: int | None) -> None:
        if number == 1 and total is not None:
            with organization_scope(job.organization_id, actor=f"job:{job.name}"):
                reading.expect_pages(arrival_id, total)

    try:
        for page in gateway("ocr").read(content, media_type=media_type, on_page=expect):
            _record(job, arrival_id, page)
    except OcrTrouble as trouble:
        return trouble
    return None


def _record(job: Job, arrival_id: str, page: PageRead) -> None:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        if not renew(job):
            raise LeaseLost(f"{job.name} is held by another worker.")
        reading.record_page(arrival_id, page)


def _extract(job: Job, arrival: Arrival) -> Extraction:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        pages = queries.pages_of(arrival)
        came_on = arrival.received_at.astimezone(arrival.organization.zone).date()
    return extract(pages, today=came_on)


@shared_task(name="intake.find_stuck")
def find_stuck() -> None:
    """Hand to a person what has been in the machine's hands for ten minutes with nobody reading it."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:intake.find_stuck"):
            stuck = Arrival.objects.stuck(timezone.now()).values_list("pk", flat=True)[:200]
            for arrival_id in list(stuck):
                reading.give_up(arrival_id)
                log.warning("arrival stuck", arrival=str(arrival_id))
