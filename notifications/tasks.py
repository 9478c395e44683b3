"""Claim, call, record: one message on its way to a patient."""

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, Receipt, gateway
from jobs.actions import finishing
from jobs.models import Job
from jobs.work import work
from notifications import actions
from notifications.models import Channel, Message
from organizations.scope import organization_scope


@work("notifications.deliver")
def deliver(job: Job, message_id: str, how: str = "") -> None:
    """Send a message once. Unknown outcomes go to a person; a refusal is done and stays on the timeline."""
    at_once = how == actions.AT_ONCE
    with organization_scope(job.organization_id, actor=f"job:{job.name}"):
        message = actions.claim(message_id, first_try=job.attempts == 1, at_once=at_once)
    if message is None:
        return
    if message.state == Message.State.UNKNOWN:
        raise OutcomeUnknown(message.trouble)
    try:
        receipt = hand_over(message)
    except OutcomeUnknown as doubt:
        with organization_scope(job.organization_id, actor=f"job:{job.name}"):
            actions.record_unknown(message_id, trouble=str(doubt))
        raise
    except GatewayUnavailable:
        with organization_scope(job.organization_id, actor=f"job:{job.name}"):
            actions.record_not_sent(message_id)
        raise
    except GatewayError as refusal:
        with finishing(job):
            actions.record_refused(message_id, trouble=str(refusal))
    else:
        with finishing(job):
            actions.record_sent(message_id, reference=receipt.reference)


def hand_over(message: Message) -> Receipt:
    """Give the message to its channel's partner, under its own id as the key that makes a repeat harmless."""
    key = str(message.pk)
    receipt: Receipt
    if message.channel == Channel.SMS:
        receipt = gateway("sms").send(to=message.to, body=message.body, idempotency_key=key)
    else:
        receipt = gateway("email").send(
            to=message.to, subject=message.subject, text=message.body, html=message.html, idempotency_key=key
        )
    return receipt
