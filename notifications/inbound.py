"""What patients text back: kept for staff, and what one word asks for is done at once."""

from django.db import transaction

from notifications import actions
from notifications.keywords import Meaning, meaning_of
from notifications.models import Channel, Message
from patients.models import ContactPoint, Patient

LONGEST = 1600  # ten parts; a carrier sends no more in one


@transaction.atomic
def take_text(*, address: str, text: str, reference: str) -> Message:
    """Keep a text from this number. The carrier's reference makes a second delivery of it change nothing."""
    patient, about = _whose(address)
    message, is_new = Message.objects.get_or_create(
        direction=Message.Direction.IN,
        channel=Channel.SMS,
        reference=reference,
        defaults={
            "patient": patient,
            "about_id": about,
            "template": "",
            "to": address,
            "body": text[:LONGEST],
            "state": Message.State.RECEIVED,
        },
    )
    if is_new:
        _act_on(message)
    return message


def _whose(address: str) -> tuple[Patient | None, object]:
    """The patient, and the referral we last wrote to this number about."""
    ours = Message.objects.filter(direction=Message.Direction.OUT, channel=Channel.SMS, to=address)
    latest = ours.exclude(patient=None).select_related("patient").order_by("-queued_at", "-id").first()
    if latest is not None:
        return latest.patient, latest.about_id
    owners = list(
        ContactPoint.objects.filter(value=address, kind=ContactPoint.Kind.MOBILE).select_related("patient")[
            :2
        ]
    )
    return (owners[0].patient, None) if len(owners) == 1 else (None, None)


def _act_on(message: Message) -> None:
    meaning, stopped = meaning_of(message.body), actions.has_opted_out(Channel.SMS, message.to)
    if meaning == Meaning.STOP and not stopped:
        actions.opt_out(
            channel=Channel.SMS, address=message.to, text=message.body, source="Text from this number"
        )
        _answer(message, "stopped")
    elif meaning == Meaning.START and stopped:
        actions.opt_in(
            channel=Channel.SMS, address=message.to, text=message.body, source="Text from this number"
        )
        _answer(message, "started")
    elif meaning == Meaning.HELP:
        _answer(message, "help")


def _answer(message: Message, template: str) -> None:
    actions.answer(address=message.to, template=template, patient=message.patient, about_id=message.about_id)
