"""Reaching patients: texts in their language, and calls."""

from datetime import datetime, timedelta

from notifications import render
from notifications.models import Channel, Message
from notifications.render import Facts
from organizations import links
from organizations.ids import READABLE
from patients.models import ContactPoint
from referralhub.demo.seeding.phrases import CALLED, one_of
from referralhub.demo.seeding.story import Story
from referrals.actions.moving import By
from referrals.actions.outreach import BOOKING, LINK_LIFE
from referrals.facets import Contact

PATIENT = By(label="Patient")
TAKEN_BY_CARRIER = timedelta(seconds=2)
TOKEN_LENGTH = 22
NO_ADDRESS = "The patient does not want texts or e-mails. Call instead."


def text_link(story: Story, at: datetime, *, leads_somewhere: bool = False) -> None:
    """A booking link by text, as the button sends it. Links of long ago lead nowhere any more."""
    attempts = story.referral.outreach_attempts
    link = _link(story, at) if leads_somewhere else _dead_link(story)
    write(story, "booking_reminder" if attempts else "booking_link", at, link=link)
    story.record(
        "link_sent", "Booking link sent by text", at=at, by=story.clinic.by("front_desk"),
        contact=Contact.ATTEMPTING, outreach_attempts=attempts + 1,
    )  # fmt: skip


def write(story: Story, template: str, at: datetime, *, link: str = "", when: datetime | None = None) -> None:
    """A text that was delivered then."""
    clinic, person = story.clinic, story.person
    language = render.language_of(person.patient.language)
    facts = Facts(clinic.organization, link or _dead_link(story), when)
    clinic.texts += 1
    clinic.rows.add(
        Message(
            patient=person.patient,
            about_id=story.referral.pk,
            channel=Channel.SMS,
            template=template,
            language=language,
            to=person.mobile.value,
            body=render.text(template, language, facts, forbidden=[]).body,
            state=Message.State.DELIVERED,
            reference=f"demo-{clinic.organization.slug}-{clinic.texts}",
            queued_at=at,
            sent_at=at + TAKEN_BY_CARRIER,
        )
    )


def call(story: Story, at: datetime, *, reached: bool) -> None:
    """A call, answered or not."""
    title = "Called the patient" if reached else "Called the patient, no answer"
    note = "" if reached else one_of(CALLED, story.clinic.rng)
    contact = Contact.REACHED if reached else story.referral.contact
    attempts = story.referral.outreach_attempts + 1
    by = story.clinic.by("front_desk")
    story.record("call", title, at=at, by=by, note=note, contact=contact, outreach_attempts=attempts)


def not_reachable(story: Story, at: datetime) -> None:
    """The patient may not be written to: a person must call."""
    refused = story.person.mobile.consent == ContactPoint.Consent.REFUSED
    story.record(
        "not_reachable", "Patient could not be written to", at=at, by=story.clinic.by("front_desk"),
        note=NO_ADDRESS, contact=Contact.OPTED_OUT if refused else Contact.WRONG_NUMBER,
    )  # fmt: skip


def _link(story: Story, at: datetime) -> str:
    token = links.issue(purpose=BOOKING, subject_id=story.referral.pk, expires_at=at + LINK_LIFE)
    return links.address(f"/p/{token}/")


def _dead_link(story: Story) -> str:
    token = "".join(story.clinic.rng.choices(READABLE, k=TOKEN_LENGTH))
    return links.address(f"/p/{story.clinic.organization.link_key}{token}/")
