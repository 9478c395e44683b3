"""A consult report of a patient whom we referred came by fax: one confirmation takes the referral there."""

from datetime import date
from uuid import UUID

from django.db import transaction

from intake.actions import checking, filing, papers
from intake.models import Reading
from intake.proposals import ANSWERABLE
from organizations.models import Membership
from referrals.actions import booking, moving, receiving, reporting, sending, visiting
from referrals.actions.moving import By
from referrals.lifecycle import IllegalMove, Stage
from referrals.models import Document, Referral

SHOWN = "Shown by the consult report that came."
ACKNOWLEDGE = "referrals.acknowledge"


@transaction.atomic
def close_with(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    referral_id: UUID,
    seen_on: date,
) -> Referral:
    """Attach the report; the referral is reported, and closed when this person may say that it was read.

    What the other office never told us (receipt, booking, visit) is recorded on the way, as shown by the
    report. Raises claiming.Held, checking.AlreadyHandled, filing.OtherPatient, visiting.NotYet and
    lifecycle.IllegalMove; nothing is changed then.
    """
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    referral = moving.lock(referral_id)
    if referral.direction != Referral.Direction.OUTBOUND or referral.stage not in ANSWERABLE:
        raise IllegalMove(f"{referral.number} waits for no report: it is at “{referral.stage_label}”.")
    filing.refuse_another_patient(paper, referral, sure=False)
    document = papers.put_with(
        referral, arrival=arrival, paper=paper, kind=Document.Kind.REPORT, user=membership.user
    )
    by = By(user=membership.user)
    _bring_to_seen(referral, by, seen_on)
    _take(referral, document, by)
    if membership.may(ACKNOWLEDGE):
        reporting.acknowledge_report(referral_id=referral.pk, by=by)
    paper.matched_patient = referral.patient
    closed = moving.lock(referral_id)
    filing.handle(arrival, paper, Reading.Outcome.ATTACHED, membership, referral=closed)
    return closed


def _take(referral: Referral, document: Document, by: By) -> None:
    """The report came; a second one for a referral that has one already is only filed."""
    if moving.lock(referral.pk).stage == Stage.SEEN:
        reporting.take_report(referral_id=referral.pk, document_id=document.pk, by=by)
    else:
        title = f"Consult report added, {papers.pages(document.pages or 1)}"
        moving.record(moving.lock(referral.pk), "document_added", title, by=by)


def _bring_to_seen(referral: Referral, by: By, seen_on: date) -> None:
    """Each step that must have happened, since there is a report."""
    stage = Stage(referral.stage)
    if stage == Stage.SENT:
        stage = Stage(sending.record_receipt(referral_id=referral.pk, by=by, note=SHOWN).stage)
    if stage == Stage.INFO_REQUESTED:
        stage = Stage(receiving.answer(referral_id=referral.pk, by=by, note=SHOWN).stage)
    if stage == Stage.RECEIVED:
        stage = Stage(receiving.accept(referral_id=referral.pk, by=by).stage)
    if stage == Stage.ACCEPTED:
        stage = Stage(booking.record_booked(referral_id=referral.pk, by=by, note=SHOWN).stage)
    if stage == Stage.SCHEDULED:
        visiting.record_visit(referral_id=referral.pk, by=by, seen_on=seen_on, source="report")
