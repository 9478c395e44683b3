"""Visits at the clinic: booked, moved, missed and made."""

from datetime import datetime, timedelta
from typing import Any

from organizations.models import Organization
from organizations.spoken import short_moment
from referralhub.demo.seeding import reaching
from referralhub.demo.seeding.phrases import CANCELLED_VISITS, one_of
from referralhub.demo.seeding.story import Story
from referrals.facets import Contact, Visiting
from referrals.models import Visit
from scheduling.models import Appointment, AppointmentState

SHARE_BOOKED_BY_PATIENT = 0.65
BEFORE_THE_STEP = timedelta(minutes=30)  # a visit is recorded about this long after it began


def book(story: Story, at: datetime) -> None:
    """The patient was reached and has a time."""
    by_patient = _reach(story, at)
    appointment = story.clinic.rows.add(
        Appointment(
            slot=story.clinic.openings.take(story.specialist, visit_near(story, at)),
            patient=story.person.patient,
            booked_by="patient" if by_patient else "staff",
            booked_at=at,
        )
    )
    when = appointment.slot.starts_at
    story.make(
        "schedule", at=at, by=reaching.PATIENT if by_patient else story.clinic.by("front_desk"),
        title=f"Visit booked for {spoken(when, story.clinic.organization)}",
        appointment=appointment, visiting=Visiting.BOOKED, contact=Contact.REACHED,
    )  # fmt: skip
    if story.person.may_be_texted:
        reaching.write(story, "booked", at + timedelta(seconds=1), when=when)


def cancel_appointment(story: Story, at: datetime) -> None:
    """The time is given back; the referral is to be scheduled again."""
    why = one_of(CANCELLED_VISITS, story.clinic.rng)
    _end(story, AppointmentState.CANCELLED, why)
    by = story.clinic.by("front_desk")
    story.make("cancel_appointment", at=at, by=by, note=why, appointment=None, visiting=Visiting.CANCELLED)


def miss(story: Story, at: datetime) -> None:
    """The patient did not come."""
    appointment = _end(story, AppointmentState.NO_SHOW)
    story.make(
        "no_show", at=_after_the_visit(appointment, at), by=story.clinic.by("front_desk"),
        appointment=None, visiting=Visiting.NO_SHOW, contact=Contact.NOT_STARTED,
        outreach_attempts=story.referral.outreach_attempts + 1,
    )  # fmt: skip


def see(story: Story, at: datetime) -> None:
    """The patient was seen."""
    appointment = _end(story, AppointmentState.COMPLETED)
    at = _after_the_visit(appointment, at)
    story.make("record_visit", at=at, by=story.clinic.by("front_desk"), visiting=Visiting.COMPLETED)
    story.clinic.rows.add(
        Visit(
            referral=story.referral,
            appointment=appointment,
            provider=story.referral.receiving_provider,
            seen_on=appointment.slot.starts_at.date(),
        )
    )


def free(story: Story) -> dict[str, Any]:
    """The referral ends: a booked time is given back. Returns what changes on the referral."""
    if story.referral.appointment is None:
        return {}
    _end(story, AppointmentState.CANCELLED, "The referral has ended")
    return {"appointment": None, "visiting": Visiting.CANCELLED}


def spoken(when: datetime, organization: Organization) -> str:
    """As the timeline says it: Wed Nov 25, 10:20 AM."""
    return short_moment(when.astimezone(organization.zone))


def visit_near(story: Story, at: datetime) -> datetime:
    """About when the visit is: before it is recorded, or some days after what kept it from taking place."""
    following = story.ahead[0] if story.ahead else None
    if following is None:
        return story.plan.visit_at or at + timedelta(days=7)
    if following.move in {"record_visit", "no_show"}:
        return following.at - BEFORE_THE_STEP
    clinic, latest = story.clinic, following.at + timedelta(days=14)
    return clinic.clock.between(following.at, latest, clinic.rng.random())


def _reach(story: Story, at: datetime) -> bool:
    """The texts or the call before a booking; whether the patient then booked alone."""
    clinic = story.clinic
    if not story.person.may_be_texted:
        reaching.call(story, clinic.clock.between(story.at, at, 0.6), reached=True)
        return False
    reaching.text_link(story, clinic.clock.between(story.at, at, 0.25))
    if clinic.rng.random() < SHARE_BOOKED_BY_PATIENT:
        return True
    reaching.call(story, at - timedelta(minutes=4), reached=True)
    return False


def _after_the_visit(appointment: Appointment, at: datetime) -> datetime:
    begun: datetime = appointment.slot.starts_at
    return begun + timedelta(minutes=20 + at.minute % 30)


def _end(story: Story, state: AppointmentState, reason: str = "") -> Appointment:
    appointment = story.referral.appointment
    if appointment is None:
        raise LookupError("There is no visit to end.")
    appointment.state, appointment.cancel_reason = state, reason
    return appointment
