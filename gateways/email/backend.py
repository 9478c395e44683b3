"""Django's own mail (password resets, invitations) through the e-mail gateway."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from gateways import GatewayError, gateway


class GatewayBackend(BaseEmailBackend):
    """Sends each message once. A retry is a new message: these are asked for by a person who waits."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken by the mail service; raises GatewayError unless failing silently."""
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> int:
        sent = 0
        for address in message.recipients():
            try:
                gateway("email").send(
                    to=address,
                    subject=message.subject,
                    text=str(message.body),
                    html=_html_of(message),
                    idempotency_key=uuid4().hex,
                )
                sent += 1
            except GatewayError:
                if not self.fail_silently:
                    raise
        return sent


def _html_of(message: EmailMessage) -> str:
    for alternative in getattr(message, "alternatives", []):
        if alternative[1] == "text/html":
            return str(alternative[0])
    return ""
