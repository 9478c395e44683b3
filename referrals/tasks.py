"""Claim, call, record: what a referral asks of payers and fax machines, and the watch on its clocks."""

from datetime import timedelta
from typing import Any

import structlog
from celery import shared_task
from django.db.models import F, Q
from django.utils import timezone

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, gateway
from insurance import actions as insurance
from insurance.tasks import put_question
from jobs.actions import finishing, later
from jobs.models import Job
from jobs.work import work
from organizations.models import Organization
from organizations.scope import organization_scope
from providers.actions import reaching
from referrals import covers, storing
from referrals.actions import asking, clearing, publishing, reporting
from referrals.actions.moving import SYSTEM, lock, record
from referrals.models import Dispatch, Referral

log = structlog.get_logger(__name__)

TELL_AFTER_TRIES = 3
FOLLOW_AFTER = timedelta(seconds=20)


@work("referrals.ask_payer")
def ask_payer(job: Job, referral_id: str, check_id: str) -> None:
    """Put the question of a referral's coverage to the payer and record what came back."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        question = insurance.question_of(check_id)
    try:
        reply = put_question(question)
    except GatewayUnavailable:
        _say_payer_is_down(job, referral_id, check_id)
        raise
    with finishing(job):
        check = insurance.record_reply(check_id, reply)
        clearing.take_answer(referral_id=referral_id, check=check)


def _say_payer_is_down(job: Job, referral_id: str, check_id: str) -> None:
    """After three silent tries a person is told, while the system goes on asking."""
    if job.attempts != TELL_AFTER_TRIES:
        return
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        check = insurance.record_silence(check_id)
        clearing.take_answer(referral_id=referral_id, check=check)


@work("referrals.send_dispatch")
def send_dispatch(job: Job, dispatch_id: str) -> None:
    """Send papers outside once. An unknown outcome is never repeated: a person decides."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        dispatch = Dispatch.objects.select_related("referral", "document").get(pk=dispatch_id)
        if dispatch.state not in {Dispatch.State.QUEUED, Dispatch.State.SENDING}:
            return
        report, link = storing.read(dispatch.document), reporting.office_link(dispatch.referral_id)
    try:
        packet = covers.with_cover(dispatch, report, link=link)
        receipt = gateway("fax").send(
            to=dispatch.to,
            pdf=packet,
            cover_reference=dispatch.referral.status_code,
            idempotency_key=str(dispatch.pk),
        )
    except OutcomeUnknown as doubt:
        with finishing(job):
            _recorder(dispatch).record_not_sent(dispatch_id, trouble=str(doubt), state=Dispatch.State.UNKNOWN)
    except GatewayUnavailable:
        raise
    except (GatewayError, covers.NotSendable) as refusal:
        with finishing(job):
            _recorder(dispatch).record_not_sent(
                dispatch_id, trouble=str(refusal), state=Dispatch.State.FAILED
            )
    else:
        with finishing(job):
            _recorder(dispatch).record_sent(dispatch.pk, reference=receipt.reference)
            later("referrals.follow_dispatch", dispatch.pk, dedupe_key=str(dispatch.pk), wait=FOLLOW_AFTER)


@work("referrals.follow_dispatch")
def follow_dispatch(job: Job, dispatch_id: str) -> None:
    """Ask the fax service what became of a fax it took, until it says."""
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        dispatch = Dispatch.objects.get(pk=dispatch_id)
    status = gateway("fax").status(dispatch.reference)
    if status.state in {"queued", "sending"}:
        raise GatewayUnavailable("The fax is still on its way.")
    with finishing(job):
        is_there = status.state == "delivered"
        reaching.note_use(kind=dispatch.channel, address=dispatch.to, worked=is_there, detail=status.detail)
        if is_there:
            _recorder(dispatch).record_delivered(dispatch_id)
        else:
            _recorder(dispatch).record_not_sent(
                dispatch_id, trouble=status.detail, state=Dispatch.State.FAILED
            )


def _recorder(dispatch: Dispatch) -> Any:
    """The actions that know what this kind of sending means for its referral."""
    return asking if dispatch.purpose == asking.REQUEST else reporting


@shared_task(name="referrals.publish_waits")
def publish_waits() -> None:
    """Work out anew, each night, how long the offices of the directory take to see our patients."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:referrals.publish_waits"):
            publishing.publish_waits(now=timezone.now())


@shared_task(name="referrals.note_overdue")
def note_overdue() -> None:
    """Write "overdue" on the timeline once for each due time that passes, and end holds that ran out."""
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="job:referrals.note_overdue"):
            _note_overdue_here()


def _note_overdue_here() -> None:
    now = timezone.now()
    unnoted = Q(overdue_noted_for=None) | ~Q(overdue_noted_for=F("due_at"))
    late = Referral.objects.overdue(now).filter(unnoted).values_list("pk", flat=True)[:500]
    for referral_id in list(late):
        referral = lock(referral_id)
        if referral.hold_until is not None:
            record(referral, "resumed", "Hold ran out", by=SYSTEM, hold_until=None, hold_reason="")
        else:
            record(
                referral,
                "overdue",
                f"Overdue: {referral.next_action}",
                by=SYSTEM,
                overdue_noted_for=referral.due_at,
            )
