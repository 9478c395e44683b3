"""Claim, call, record: faxes are fetched and read, and none stays in the machine's hands for good."""

from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from gateways import GatewayError, GatewayUnavailable, gateway
from gateways.fax_in import ToldFax
from gateways.ocr import OcrTrouble, PageRead, PagesUnread, PasswordNeeded, ReaderDied, Truncated
from intake import lines, queries
from intake.actions import accepting_alone, answering, delivering, learning, reading, reconciling, rescuing
from intake.answers import Reply, reply_on
from intake.extraction import Extraction, extract
from intake.ledger import complaint
from intake.models import READ, Arrival, Delivery, FaxLine
from jobs.actions import MAX_ATTEMPTS, LeaseLost, finishing, give_up, renew
from jobs.models import Job
from jobs.work import work
from organizations.models import Organization
from organizations.scope import organization_scope
from referrals import storing

log = structlog.get_logger(__name__)
MOST_CUT_OFF = 3
CUT_OFF = "Reading this stopped the machine three times. Type from the page, or have it read again."
PARTLY_READ = (Truncated, PagesUnread)  # good enough to be checked, with what is missing said


@work(READ)
def read(job: Job, arrival_id: str) -> None:
    """Read an arrival page by page, then its fields. A killed try is continued: pages written down stay."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        arrival = reading.begin(arrival_id, read_key=job.dedupe_key or "")
        if arrival is None:
            return
        content, media_type = storing.read(arrival.readable), arrival.readable.media_type
        done = arrival.pages.count()
    if job.attempts > MOST_CUT_OFF and not job.reason:  # none of them lived to say what went wrong
        trouble: OcrTrouble | None = ReaderDied(CUT_OFF)
    else:
        trouble = _read_pages(job, arrival_id, content, media_type, after=done)
    extraction, reply = _extract(job, arrival)
    with finishing(job):
        reading.finish(
            arrival_id,
            extraction,
            trouble=str(trouble or ""),
            locked=isinstance(trouble, PasswordNeeded),
            usable=trouble is None or (isinstance(trouble, PARTLY_READ) and bool(extraction.documents)),
        )
        answering.note_reply(arrival_id, reply)
        _accept_alone(arrival_id)


def _read_pages(
    job: Job, arrival_id: str, content: bytes, media_type: str, *, after: int
) -> OcrTrouble | None:
    """Write down each page as it comes; give back the named trouble that ended it early, if any.

    The first `after` pages were written down by an earlier try, and are not read again.
    """

    def expect(number: int, total: int | None) -> None:
        if number == after + 1 and total is not None:
            with organization_scope(job.organization_id, actor=f"job:{job.name}"):
                reading.expect_pages(arrival_id, total)

    try:
        for page in gateway("ocr").read(content, media_type=media_type, on_page=expect, after=after):
            _record(job, arrival_id, page)
    except OcrTrouble as trouble:
        return trouble
    return None


def _record(job: Job, arrival_id: str, page: PageRead) -> None:
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        if not renew(job):
            raise LeaseLost(f"{job.name} is held by another worker.")
        reading.record_page(arrival_id, page)


def _extract(job: Job, arrival: Arrival) -> tuple[Extraction, Reply | None]:
    """What the pages say, read with what this sender taught us; and whether our own request came back."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        pages = queries.pages_of(arrival)
        came_on = arrival.received_at.astimezone(arrival.organization.zone).date()
        taught = learning.taught_by(arrival.from_number)
    return extract(pages, today=came_on, taught=taught), reply_on(pages)


def _accept_alone(arrival_id: str) -> None:
    """Let the organization's rule decide; while papers cannot be stored it is a person's turn."""
    try:
        accepting_alone.consider(arrival_id)
    except GatewayUnavailable:
        log.warning("not accepted by rule: no storage", arrival=arrival_id)


@shared_task(name="intake.find_stuck")
def find_stuck() -> None:
    """Have what nobody reads after ten minutes read once more; the second time it is a person's turn."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:intake.find_stuck"):
            stuck = list(Arrival.objects.stuck(timezone.now()).values_list("pk", flat=True)[:200])
        for arrival_id in stuck:
            with organization_scope(organization_id, actor="job:intake.find_stuck"):
                arrival = rescuing.rescue(arrival_id=arrival_id, now=timezone.now())
                log.warning("arrival stuck", arrival=str(arrival_id), status=arrival.state)


# ---------------------------------------------------------------- the ledger
@shared_task(name="intake.reconcile")
def reconcile() -> None:
    """Count each hour what came by every door and what of it is accounted for."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:intake.reconcile"):
            for row in reconciling.reconcile(now=timezone.now()):
                reason = complaint(row)
                log.error("faxes not accounted for", organization=str(organization_id), reason=reason)


@work(reconciling.ALARM)
def account_for(job: Job, row_id: str) -> None:
    """Count a day again. What is still missing is a person's turn at once: no further try would find it."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        row = reconciling.count_again(row_id, now=timezone.now())
        if row is not None and row.missing:
            give_up(job, reason=complaint(row))


# ---------------------------------------------------------------- faxes from fax services
IN_MEMORY_BYTES = (
    16 * 1024 * 1024
)  # larger files are on this machine's disk, nameless, while they are fetched


@work(delivering.FETCH)
def fetch_fax(job: Job, delivery_id: str) -> None:
    """Fetch the file of a fax that its service told of, and take it in. Done twice, it arrives once."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        wanted = Delivery.objects.exclude(state=Delivery.State.TAKEN).select_related("line")
        delivery = wanted.filter(pk=delivery_id).first()
        if delivery is None:
            return
        account = lines.account_of(delivery.line)
    with SpooledTemporaryFile(IN_MEMORY_BYTES) as file:
        _fetch(job, delivery, account, file)
        file.seek(0)
        with finishing(job):
            delivering.take(delivery_id=delivery.pk, stream=file)


def _fetch(job: Job, delivery: Delivery, account: dict[str, Any], file: IO[bytes]) -> None:
    try:
        gateway(f"fax_in_{delivery.line.vendor}").fetch(_told(delivery), account, file)
    except GatewayError as trouble:
        may_pass = isinstance(trouble, GatewayUnavailable) and job.attempts < MAX_ATTEMPTS
        with organization_scope(job.organization_id, actor=f"job:{job.name}"):
            delivering.note_failure(delivery_id=delivery.pk, reason=str(trouble), is_final=not may_pass)
        raise


@work(delivering.MARK)
def mark_fax_viewed(job: Job, delivery_id: str) -> None:
    """Tell a service that is asked that we have its fax: only now that it is stored."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        delivery = Delivery.objects.select_related("line").get(pk=delivery_id)
        account = lines.account_of(delivery.line)
    gateway(f"fax_in_{delivery.line.vendor}").mark_viewed(_told(delivery), account)


def _told(delivery: Delivery) -> ToldFax:
    return ToldFax(vendor_id=delivery.vendor_id, media=delivery.media)


@shared_task(name="intake.ask_fax_lines")
def ask_fax_lines() -> None:
    """Each minute: have every open line asked whose service never calls."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:intake.ask_fax_lines"):
            asked = FaxLine.objects.filter(vendor__in=lines.ASKED, is_open=True)
            line_ids = list(asked.values_list("pk", flat=True))
        for line_id in line_ids:
            ask_fax_line.apply_async((str(organization_id), str(line_id)), expires=50)


@shared_task(name="intake.ask_fax_line")
def ask_fax_line(organization_id: str, line_id: str) -> None:
    """Ask one line. A lost call is made good by the next minute's; silence becomes a job that people see."""
    try:
        _ask(UUID(organization_id), UUID(line_id))
    except GatewayError as trouble:
        with organization_scope(organization_id, actor="job:intake.ask_fax_line"):
            delivering.note_silence(line_id=UUID(line_id), trouble=str(trouble))


@work(delivering.ASK)
def ask_again(job: Job, line_id: str) -> None:
    """Ask a line that did not answer, with longer and longer waits."""
    _ask(job.organization_id, UUID(line_id))


def _ask(organization_id: UUID | None, line_id: UUID) -> None:
    asked_at, actor = timezone.now(), "job:intake.ask_fax_line"
    with organization_scope(organization_id, actor=actor):
        line = FaxLine.objects.filter(pk=line_id, is_open=True).first()
        if line is None:
            return
        account, since = lines.account_of(line), line.polled_to or asked_at
    faxes = gateway(f"fax_in_{line.vendor}").waiting(account, since)
    with organization_scope(organization_id, actor=actor):
        delivering.record_answer(line_id=line_id, faxes=[asdict(fax) for fax in faxes], asked_at=asked_at)
