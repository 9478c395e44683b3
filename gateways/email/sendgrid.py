"""E-mail through Twilio SendGrid (Mail Send API v3).

The sendgrid library writes the message. It is carried by our own client, because the library's transport
cannot tell a connection never made from an answer never heard, and waits for ever.
"""

from email.utils import parseaddr
from http import HTTPStatus

import httpx
from django.conf import settings
from sendgrid.helpers.mail import ClickTracking, CustomArg, Mail, OpenTracking, TrackingSettings

from gateways import OutcomeUnknown, Receipt, wire

ADDRESS = "https://api.sendgrid.com/v3/mail/send"
NAME = "SendGrid"


class SendGridEmail:
    """SendGrid takes no idempotency key, so an answer that was lost is for a person to judge."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        key = {"Authorization": f"Bearer {settings.SENDGRID_API_KEY}"}
        self.partner = wire.client(transport, headers=key)
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        self.sender = (address, name)

    def send(self, *, to: str, subject: str, text: str, html: str, idempotency_key: str) -> Receipt:
        """Hand an e-mail to SendGrid; the receipt is its message id, or our key where it gives none."""
        mail = Mail(self.sender, to, subject, plain_text_content=text, html_content=html)
        # Comes back in the event webhook, so that an event finds its message even when our receipt was lost.
        mail.add_custom_arg(CustomArg("idempotency_key", idempotency_key, p=0))
        mail.tracking_settings = untracked()
        request = self.partner.build_request("POST", ADDRESS, json=mail.get())
        response = wire.act(self.partner, request, name=NAME)
        wire.refuse_by_status(response.status_code, name=NAME)
        if response.status_code != HTTPStatus.ACCEPTED:
            raise OutcomeUnknown("SendGrid's answer could not be read. The e-mail may have gone out.")
        return Receipt(response.headers.get("X-Message-Id") or idempotency_key)


def untracked() -> TrackingSettings:
    """Tracking would send a patient's signed link through SendGrid's servers and tell it who opened what."""
    return TrackingSettings(click_tracking=ClickTracking(False, False), open_tracking=OpenTracking(False))
