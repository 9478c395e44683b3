"""Messages to patients: written in the caller's transaction, delivered by a job, stopped by a word."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobs.actions import later
from notifications import render, wording
from notifications.models import Channel, Message, OptOut
from notifications.quiet import wait_for_daytime
from notifications.render import Facts
from organizations.models import Organization
from organizations.scope import current_organization_id
from patients.models import ContactPoint, Patient

Kind = ContactPoint.Kind
State = Message.State
CHANNEL_OF = {Kind.MOBILE: Channel.SMS, Kind.EMAIL: Channel.EMAIL}  # in the order in which they are tried
# Answers to what the patient has just written: they are due at once, and "stopped" may follow a stop
# (one confirmation within five minutes, 47 CFR 64.1200(a)(12)).
ANSWERS = {"stopped", "started", "help"}
MAY_GO_OUT = {State.QUEUED, State.SENDING, State.UNKNOWN}
SHORTEST_NAME = 3
AT_ONCE = "at_once"
CUT_OFF = "Sending was cut off. It may have gone out."


class NoAddress(Exception):
    """Nobody can be written to; the text says what to do instead."""

    def __init__(self, message: str, *, opted_out: bool = False) -> None:
        super().__init__(message)
        self.opted_out = opted_out


# ---------------------------------------------------------------- writing


@transaction.atomic
def write(
    *, patient: Patient, template: str, about_id: UUID, link: str = "", when: datetime | None = None
) -> Message:
    """Write to the patient by text, else by e-mail, in their language; raises NoAddress.

    `link` is a page that also answers at `<link>stop/`, where e-mails are stopped.
    """
    channel, address = _address_of(patient)
    facts = Facts(_organization(), link, when)
    return _send(channel, address, template, patient=patient, about_id=about_id, facts=facts)


def write_if_possible(
    *, patient: Patient, template: str, about_id: UUID, link: str = "", when: datetime | None = None
) -> Message | None:
    """Write when there is a way to, and say nothing otherwise."""
    try:
        return write(patient=patient, template=template, about_id=about_id, link=link, when=when)
    except NoAddress:
        return None


@transaction.atomic
def answer(*, address: str, template: str, patient: Patient | None, about_id: UUID | None) -> Message:
    """Text back to a number that has just written to us."""
    facts = Facts(_organization())
    return _send(Channel.SMS, address, template, patient=patient, about_id=about_id, facts=facts)


def _address_of(patient: Patient) -> tuple[Channel, str]:
    if patient.deceased_on is not None:
        raise NoAddress("The patient has died. Nothing was sent.")
    points = ContactPoint.objects.filter(patient=patient, kind__in=CHANNEL_OF, do_not_use=False)
    known = list(points.order_by(F("verified_at").desc(nulls_last=True), "-id"))
    for kind, channel in CHANNEL_OF.items():
        for point in known:
            if point.kind == kind and point.may_be_written_to and not has_opted_out(channel, point.value):
                return channel, point.value
    if known:
        raise NoAddress("The patient does not want texts or e-mails. Call instead.", opted_out=True)
    raise NoAddress("No mobile number and no e-mail address on file. Call the patient.")


def _organization() -> Organization:
    return Organization.objects.get(pk=current_organization_id())


def _send(
    channel: Channel,
    address: str,
    template: str,
    *,
    patient: Patient | None,
    about_id: UUID | None,
    facts: Facts,
) -> Message:
    language = render.language_of(patient.language if patient else "")
    in_words = render.text if channel == Channel.SMS else render.mail
    written = in_words(template, language, facts, forbidden=_about(patient))
    message = Message.objects.create(
        patient=patient,
        about_id=about_id,
        channel=channel,
        template=template,
        language=language,
        to=address,
        subject=written.subject,
        body=written.body,
        html=written.html,
        organization=facts.organization,
    )
    _queue(message, _quiet_for(message))
    return message


def _about(patient: Patient | None) -> list[str]:
    if patient is None:
        return []
    words = f"{patient.given_name} {patient.middle_name} {patient.family_name}".replace("-", " ").split()
    # A link's random letters may happen to say "Li" or "Bo": the shortest names count only as a whole name.
    names = [patient.spoken_name, *(word for word in words if len(word) >= SHORTEST_NAME)]
    return [*names, patient.mrn, *wording.ways_to_write(patient.birth_date)]


@transaction.atomic
def send_at_once(*, message_id: UUID) -> None:
    """Let a text go that waits for the morning. Only the sandbox page may ask: its phones wake nobody."""
    later("notifications.deliver", message_id, AT_ONCE, dedupe_key=f"{message_id}:{AT_ONCE}")


def _quiet_for(message: Message) -> timedelta | None:
    """How long a text must wait for the morning. Sandboxes ring nobody, so there it is off by default."""
    if not settings.QUIET_HOURS or message.channel != Channel.SMS or message.template in ANSWERS:
        return None
    return wait_for_daytime(timezone.now(), message.organization.zone)


def _queue(message: Message, wait: timedelta | None) -> None:
    # Each morning it may have to wait for is another job; the same morning asked for twice is one.
    due = f":{timezone.now() + wait:%Y%m%d%H%M}" if wait else ""
    later("notifications.deliver", message.pk, dedupe_key=f"{message.pk}{due}", wait=wait)


# ---------------------------------------------------------------- delivering


@transaction.atomic
def claim(message_id: UUID | str, *, first_try: bool, at_once: bool = False) -> Message | None:
    """Take the message for one try, or None when there is nothing to send now.

    Found half sent by an earlier try, it comes back as `unknown`: it may have left, and must not leave twice.
    A person who then asks for another try makes it a first one.
    """
    message = (
        Message.objects.select_for_update(of=("self",)).select_related("organization").get(pk=message_id)
    )
    if message.state not in MAY_GO_OUT:
        return None
    if message.template not in ANSWERS and has_opted_out(message.channel, message.to):
        _note(message, State.FAILED, trouble="The patient no longer wants messages here.")
        return None
    if message.template not in ANSWERS and message.patient is not None and message.patient.deceased_on:
        _note(message, State.FAILED, trouble="The patient has died. Nothing was sent.")
        return None
    if not at_once and (wait := _quiet_for(message)):
        _queue(message, wait)
        return None
    if message.state == State.QUEUED or first_try:
        _note(message, State.SENDING)
    else:
        _note(message, State.UNKNOWN, trouble=CUT_OFF)
    return message


@transaction.atomic
def record_sent(message_id: UUID | str, *, reference: str) -> None:
    """The carrier or mail service took it."""
    _note(_held(message_id), State.SENT, reference=reference[:80], sent_at=timezone.now())


@transaction.atomic
def record_refused(message_id: UUID | str, *, trouble: str) -> None:
    """It will not be delivered; the timeline says why."""
    _note(_held(message_id), State.FAILED, trouble=trouble[:200])


@transaction.atomic
def record_unknown(message_id: UUID | str, *, trouble: str) -> None:
    """It may have gone out; a person decides."""
    _note(_held(message_id), State.UNKNOWN, trouble=trouble[:200])


@transaction.atomic
def record_not_sent(message_id: UUID | str) -> None:
    """Nobody took it: it may be tried again."""
    _note(_held(message_id), State.QUEUED)


def _held(message_id: UUID | str) -> Message:
    return Message.objects.select_for_update().get(pk=message_id)


def _note(message: Message, state: str, **facts: object) -> None:
    message.state, message.trouble = state, ""
    for name, value in facts.items():
        setattr(message, name, value)
    message.save(update_fields=["state", "trouble", *facts])


# ---------------------------------------------------------------- consent


def has_opted_out(channel: str, address: str) -> bool:
    """Whether the last thing said about this address was "stop"."""
    latest = OptOut.objects.filter(channel=channel, address=address).order_by("-at", "-id").first()
    return latest is not None and not latest.wants_messages


@transaction.atomic
def opt_out(*, channel: str, address: str, text: str = "", source: str) -> OptOut:
    """Write nothing more to this address; whoever asked, in their own words."""
    return _enter(channel, address, text, source, wants_messages=False)


@transaction.atomic
def opt_in(*, channel: str, address: str, text: str = "", source: str) -> OptOut:
    """Messages are wanted again."""
    return _enter(channel, address, text, source, wants_messages=True)


def _enter(channel: str, address: str, text: str, source: str, *, wants_messages: bool) -> OptOut:
    return OptOut.objects.create(
        channel=channel, address=address, text=text[:320], source=source[:120], wants_messages=wants_messages
    )
