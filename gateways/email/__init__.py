"""Messages to a mailbox."""

from typing import Protocol

from gateways import Receipt


class EmailGateway(Protocol):
    """Sends one e-mail."""

    def send(self, *, to: str, subject: str, text: str, html: str, idempotency_key: str) -> Receipt:
        """Hand an e-mail to the mail service; raises the three kinds of trouble."""
        ...
