"""Closing the loop: the consult report goes back, and the referrer says it was read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jobs.actions import later
from organizations import links
from referrals.actions import filing
from referrals.actions.moving import SYSTEM, By, lock, make, record
from referrals.facets import Loop
from referrals.lifecycle import IllegalMove, Stage, target_of
from referrals.models import Dispatch, Document, Referral

OFFICE = "office"
OFFICE_LINK_LIFE = timedelta(days=60)


class NothingToSend(Exception):
    """There is no report, or no way to the referring office; the text says what to add."""


def hand_in(*, referral_id: UUID, file: Any, by: By) -> None:
    """File the consult report and send it; for a patient whom we referred, record that it came.

    The paper stays filed when it cannot be sent: NothingToSend says what is missing.
    """
    referral = Referral.objects.get(pk=referral_id)
    target_of("report", Stage(referral.stage))
    if referral.loop == Loop.REPORT_QUEUED:
        raise IllegalMove("The report is on its way already.")
    report = filing.add(
        referral_id=referral_id, file=file, kind=Document.Kind.REPORT, title=Document.Kind.REPORT.label, by=by
    )
    is_ours = referral.direction == Referral.Direction.OUTBOUND
    (take_report if is_ours else send_report)(referral_id=referral_id, document_id=report.pk, by=by)


@transaction.atomic
def send_report(*, referral_id: UUID, document_id: UUID, by: By) -> Dispatch:
    """Send the consult report to the referring office by fax, with a link to acknowledge it.

    The loop facet says "sent" from now on; a fax that does not leave turns it back (`record_not_sent`).
    """
    referral = lock(referral_id)
    report = Document.objects.get(pk=document_id, referral=referral, kind=Document.Kind.REPORT)
    office = referral.referring_practice
    if office is None or not office.fax:
        raise NothingToSend("The referring office has no fax number. Add it in the directory.")
    if referral.stage != Stage.SEEN:
        raise IllegalMove(f"A report is sent after the visit; this referral is at “{referral.stage_label}”.")
    if referral.loop == Loop.REPORT_QUEUED:
        raise IllegalMove("The report is on its way already.")
    record(referral, "report_queued", f"Sending the report to {office.name}", by=by, loop=Loop.REPORT_QUEUED)
    dispatch = Dispatch.objects.create(
        referral=referral,
        document=report,
        purpose="report",
        channel="fax",
        to=office.fax,
        to_label=office.name,
    )
    later("referrals.send_dispatch", dispatch.pk, dedupe_key=str(dispatch.pk))
    return dispatch


@transaction.atomic
def take_report(*, referral_id: UUID, document_id: UUID, by: By) -> Referral:
    """The consult report of a patient whom we referred has come; raises lifecycle.IllegalMove."""
    referral = lock(referral_id)
    Document.objects.get(pk=document_id, referral=referral, kind=Document.Kind.REPORT)
    make(referral, "report", by=by, title="Consult report received", loop=Loop.REPORT_RECEIVED)
    return referral


@transaction.atomic
def record_lost(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """The other office says that the report never came: it is to be sent again."""
    referral = lock(referral_id)
    make(referral, "report_lost", by=by, note=note, loop=Loop.NONE)
    return referral


@transaction.atomic
def record_sent(dispatch_id: UUID, *, reference: str) -> Dispatch:
    """The fax service took it: the report is on its way, and the stage says so to both offices."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state, dispatch.reference, dispatch.sent_at = Dispatch.State.SENT, reference, timezone.now()
    dispatch.save()
    referral = lock(dispatch.referral_id)
    title = f"Report faxed to {dispatch.to_label}"
    if referral.stage == Stage.SEEN:
        make(referral, "report", by=SYSTEM, title=title, loop=Loop.REPORT_SENT)
    else:
        record(referral, "report_sent_again", title, by=SYSTEM)
    return dispatch


@transaction.atomic
def record_delivered(dispatch_id: UUID | str) -> Dispatch:
    """The other machine confirmed the last page."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state = Dispatch.State.DELIVERED
    dispatch.save(update_fields=["state"])
    referral = lock(dispatch.referral_id)
    record(referral, "report_delivered", f"Fax to {dispatch.to_label} delivered", by=SYSTEM)
    return dispatch


@transaction.atomic
def record_not_sent(dispatch_id: UUID | str, *, trouble: str, state: str) -> Dispatch:
    """The fax did not go, or nobody knows: a person sees it."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state, dispatch.trouble = state, trouble[:200]
    dispatch.save()
    referral = lock(dispatch.referral_id)
    if referral.stage == Stage.REPORTED:
        make(referral, "report_lost", by=SYSTEM, note=trouble, loop=Loop.NONE)
    else:
        loop = Loop.NONE if referral.loop == Loop.REPORT_QUEUED else referral.loop
        record(referral, "report_not_sent", "Report did not leave", by=SYSTEM, note=trouble, loop=loop)
    return dispatch


@transaction.atomic
def send_again(*, dispatch_id: UUID, by: By) -> Dispatch:
    """A person decides to send the same papers once more; raises IllegalMove while they are on their way."""
    old = Dispatch.objects.get(pk=dispatch_id)
    referral = lock(old.referral_id)
    if referral.loop == Loop.REPORT_QUEUED:
        raise IllegalMove("The report is on its way already.")
    if referral.stage not in {Stage.SEEN, Stage.REPORTED}:
        raise IllegalMove(f"The report waits for nobody: the referral is at “{referral.stage_label}”.")
    dispatch = Dispatch.objects.create(
        referral=referral,
        document_id=old.document_id,
        purpose=old.purpose,
        channel=old.channel,
        to=old.to,
        to_label=old.to_label,
    )
    loop = Loop.REPORT_QUEUED if referral.stage == Stage.SEEN else referral.loop
    record(referral, "report_again", f"Sending the report again to {old.to_label}", by=by, loop=loop)
    later("referrals.send_dispatch", dispatch.pk, dedupe_key=str(dispatch.pk))
    return dispatch


def send_last_again(*, referral_id: UUID, by: By) -> Dispatch:
    """Send the report that did not leave once more; raises NothingToSend and lifecycle.IllegalMove."""
    last = Dispatch.objects.filter(referral=referral_id, purpose="report").order_by("-queued_at").first()
    if last is None:
        raise NothingToSend("There is no report to send. Add it first.")
    return send_again(dispatch_id=last.pk, by=by)


@transaction.atomic
def acknowledge_report(*, referral_id: UUID, by: By) -> Referral:
    """The referring clinician has read the report: the loop is closed. Asking twice changes nothing."""
    referral = lock(referral_id)
    if referral.loop == Loop.REPORT_REVIEWED:
        return referral
    make(referral, "acknowledge_report", by=by, loop=Loop.REPORT_REVIEWED)
    return referral


def office_link(referral_id: UUID) -> str:
    """A new address at which the referring office follows this referral."""
    expires_at = timezone.now() + OFFICE_LINK_LIFE
    return links.address(f"/s/{links.issue(purpose=OFFICE, subject_id=referral_id, expires_at=expires_at)}/")
