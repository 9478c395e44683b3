"""What came by fax: the finished arrivals behind recent referrals, other papers, and twelve to be read."""

from datetime import datetime, timedelta
from pathlib import Path

from intake.actions import arriving
from intake.models import Arrival, Reading
from intake.summary import two_lines
from organizations.words import clock_time, us_date
from providers.models import Practice
from referralhub.demo import practices, world
from referralhub.demo.seeding import letters, read_pages
from referralhub.demo.seeding.clinic import Clinic
from referralhub.demo.seeding.story import Story
from referrals import storing
from referrals.calendars import calendar_of
from referrals.due import after_working_time
from referrals.lifecycle import OPEN, Stage
from referrals.models import Document, Referral

SAMPLES = Path(__file__).resolve().parent.parent / "faxes"
RECENT = timedelta(days=21)
PICTURED = timedelta(days=7)  # drawing all pages would make the first start slow
READ_IN = timedelta(seconds=38)
CHECKED_IN = (3, 25)  # minutes
ADVERTISEMENTS_HOURS_AGO = (4.1, 8.5, 11, 17.2, 23, 30.6, 38)  # working hours
ADVERTISEMENTS_MINUTES_AGO = (47, 96)  # on the wall clock: fax machines do not sleep
SENT_TWICE_AFTER = timedelta(minutes=23)
SENT_TWICE = 3
UNKNOWN_NUMBER = world.phone("0195")
SENDERS = {
    "sample-01.pdf": practices.PRAIRIE_PRACTICE,
    "sample-02.tif": practices.LINCOLN,
    "sample-03.pdf": practices.SANGAMON,
    "sample-04.tif": practices.PRAIRIE_PRACTICE,
    "sample-05.pdf": practices.RIVERTON,
    "sample-06.tif": practices.JACKSONVILLE,
    "sample-07.pdf": practices.CHATHAM,
    "sample-08.tif": practices.SANGAMON,
    "sample-09.pdf": practices.DECATUR,
    "sample-10.tif": practices.CAPITAL,
    "sample-11.pdf": None,
    "sample-12.tif": practices.SANGAMON,
}
MINUTES_APART = 8


# ---------------------------------------------------------------- finished


def of_referral(story: Story, at: datetime) -> None:
    """The fax with which an open or recent referral came."""
    if Stage(story.plan.stage) in OPEN or story.clinic.now - at < RECENT:
        clinic, referral = story.clinic, story.referral
        arrival = _came(
            clinic, letters.order(story.plan), at, story.until, kind=Document.Kind.ORDER, story=story
        )
        arrival.summary = two_lines([("referral", _values(story))])
        reading = _finish(
            clinic, arrival, Reading.Outcome.ACCEPTED, Arrival.State.ACCEPTED, referral=referral
        )
        for field in read_pages.fields(reading, story.plan):
            clinic.rows.add(field)
        referral.source_id = arrival.pk


def of_records(story: Story, at: datetime) -> None:
    """The fax with what was missing, put with its referral."""
    if story.clinic.now - at < RECENT:
        clinic, referral = story.clinic, story.referral
        pdf, came_at = letters.records(story.plan), at - timedelta(minutes=8)
        arrival = _came(clinic, pdf, came_at, at, kind=Document.Kind.RECORD, story=story)
        arrival.doc_class, arrival.summary = "other", two_lines([("other", _values(story))])
        _finish(clinic, arrival, Reading.Outcome.ATTACHED, Arrival.State.ATTACHED, referral=referral)
        title, by = "Clinical record attached from a fax, 1 page", clinic.by("front_desk")
        story.record("document_added", title, at=at - timedelta(minutes=1), by=by)


def others(clinic: Clinic) -> None:
    """Advertisements, and orders that were sent twice."""
    came = [clinic.now - timedelta(minutes=minutes) for minutes in ADVERTISEMENTS_MINUTES_AGO]
    came += [clinic.clock.ago(timedelta(hours=hours)) for hours in ADVERTISEMENTS_HOURS_AGO]
    for number, at in enumerate(came, 1):
        arrival = _came(clinic, letters.advertisement(number), at, clinic.now)
        arrival.doc_class, arrival.summary = "junk", two_lines([("junk", {})])
        _finish(clinic, arrival, Reading.Outcome.REFUSED, Arrival.State.NOT_REFERRAL, note="Advertisement")
    accepted = [arrival for arrival in clinic.rows.of(Arrival) if arrival.state == Arrival.State.ACCEPTED]
    before = [arrival for arrival in accepted if arrival.received_at < clinic.now - SENT_TWICE_AFTER]
    for first in sorted(before, key=lambda arrival: arrival.received_at)[-SENT_TWICE:]:
        _sent_twice(clinic, first)


def _came(
    clinic: Clinic,
    pdf: bytes,
    at: datetime,
    until: datetime,
    *,
    kind: str = Document.Kind.FAX,
    story: Story | None = None,
) -> Arrival:
    """A fax of one page, which somebody dealt with before `until`."""
    document = _keep(pdf, at, kind, story)
    arrival = _arrival(clinic, document, at, story.referral.referring_practice if story else None)
    minutes = timedelta(minutes=clinic.rng.randint(*CHECKED_IN))
    arrival.ready_at = at + READ_IN
    arrival.finished_at = max(arrival.ready_at, min(at + minutes, until - timedelta(seconds=30)))
    arrival.finished_by = clinic.colleague("front_desk")
    if clinic.now - at < PICTURED:
        arrival.pages_read = 1
        clinic.rows.add(read_pages.picture(arrival, pdf))
    return arrival


def _keep(pdf: bytes, at: datetime, kind: str, story: Story | None) -> Document:
    label = Document.Kind(kind).label
    return storing.keep(
        pdf,
        kind=kind,
        title=f"{label}, 1 page" if story else label,
        referral=story.referral if story else None,
        patient=story.person.patient if story else None,
        pages=1,
        first_page=1,
        last_page=1,
        added_at=at,
    )


def _arrival(clinic: Clinic, document: Document, at: datetime, sender: Practice | None) -> Arrival:
    return clinic.rows.add(
        Arrival(
            source="fax",
            from_number=sender.fax if sender else UNKNOWN_NUMBER,
            to_number=clinic.organization.fax,
            received_at=at,
            document=document,
            sender=sender,
            pages_total=1,
            doc_class="referral",
            due_at=after_working_time(at, arriving.TRIAGE_TIME, calendar_of(clinic.organization)),
        )
    )


def _finish(
    clinic: Clinic,
    arrival: Arrival,
    outcome: str,
    state: str,
    *,
    referral: Referral | None = None,
    note: str = "",
) -> Reading:
    arrival.state, arrival.referral, arrival.sentence = state, referral, note
    return clinic.rows.add(
        Reading(
            arrival=arrival,
            doc_class=arrival.doc_class,
            first_page=1,
            last_page=1,
            matched_patient=referral.patient if referral else None,
            made_at=arrival.ready_at or arrival.received_at,
            outcome=outcome,
            note=note,
            referral=referral,
            handled_at=arrival.finished_at,
            handled_by=arrival.finished_by,
        )
    )


def _sent_twice(clinic: Clinic, first: Arrival) -> None:
    """The very same file once more: it ends by itself."""
    at, came = first.received_at + SENT_TWICE_AFTER, first.received_at
    document = _keep(storing.read(first.document), at, Document.Kind.FAX, None)
    arrival = _arrival(clinic, document, at, first.sender)
    arrival.state, arrival.duplicate_of, arrival.finished_at = Arrival.State.DUPLICATE, first, at
    arrival.sentence = f"The same file came {us_date(came.date())} at {clock_time(came)}."


def _values(story: Story) -> dict[str, str]:
    patient = story.person.patient
    return {
        "patient_last": patient.family_name,
        "patient_first": patient.given_name,
        "to_specialty": story.plan.specialty.name,
        "urgency": story.plan.priority,
    }


# ---------------------------------------------------------------- waiting


def waiting(clinic: Clinic) -> None:
    """The sample faxes, received as if a vendor had delivered them: the workers read them."""
    for place, (name, sender) in enumerate(SENDERS.items()):
        with (SAMPLES / name).open("rb") as fax:
            arriving.receive(
                fax,
                source="fax",
                file_name=name,
                from_number=sender.fax if sender else UNKNOWN_NUMBER,
                to_number=clinic.organization.fax,
                vendor_id=f"demo-{name}",
                received_at=clinic.now - timedelta(minutes=MINUTES_APART * (len(SENDERS) - place)),
            )
