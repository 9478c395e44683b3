"""Consult reports: written, faxed to the referrer, and read there."""

from datetime import datetime, timedelta

from organizations.words import us_date
from referralhub.demo.seeding import letters
from referralhub.demo.seeding.story import Story
from referrals import storing
from referrals.actions.moving import SYSTEM, By
from referrals.facets import Loop
from referrals.models import Dispatch, Document

KEPT = timedelta(days=120)
DELIVERED_AFTER = timedelta(seconds=95)


def send(story: Story, at: datetime) -> None:
    """The report leaves by fax and arrives."""
    office = story.referral.referring_practice
    if is_kept(story, at):
        _put_in_queue(story, at)
    story.make("report", at=at, by=SYSTEM, title=f"Report faxed to {office}", loop=Loop.REPORT_SENT)
    story.record("report_delivered", f"Fax to {office} delivered", at=at + DELIVERED_AFTER)


def is_kept(story: Story, at: datetime) -> bool:
    """Whether the report itself is made: writing hundreds of files would make the first start slow."""
    return story.clinic.now - at < KEPT


def _put_in_queue(story: Story, at: datetime) -> None:
    office = story.referral.referring_practice
    document = keep_report(story, at - timedelta(minutes=3))
    by = story.clinic.by("nurse")
    story.record("document_added", f"Document added: {document.title}", at=document.added_at, by=by)
    queued_at = at - timedelta(minutes=1)
    story.record(
        "report_queued", f"Sending the report to {office}", at=queued_at, by=by, loop=Loop.REPORT_QUEUED
    )
    story.clinic.rows.add(
        Dispatch(
            referral=story.referral,
            document=document,
            to=office.fax if office else "",
            to_label=str(office),
            state=Dispatch.State.DELIVERED,
            reference=f"demo-{story.referral.number}",
            queued_at=queued_at,
            sent_at=at,
        )
    )


def keep_report(story: Story, at: datetime) -> Document:
    """The letter itself."""
    seen = story.plan.last("record_visit")
    return storing.keep(
        letters.report(story.plan, us_date(seen.date() if seen else None)),
        kind=Document.Kind.REPORT,
        title=Document.Kind.REPORT.label,
        referral=story.referral,
        patient=story.person.patient,
        pages=1,
        added_by=story.clinic.user("nurse"),
        added_at=at,
    )


def acknowledge(story: Story, at: datetime) -> None:
    """The referrer has read it: the loop is closed."""
    reader = story.referral.referring_provider
    by = By(label=f"{reader.short_name if reader else ''}, {story.referral.referring_practice}")
    story.make("acknowledge_report", at=at, by=by, loop=Loop.REPORT_REVIEWED)
