"""Texts to a phone."""

from typing import Protocol

from gateways import Receipt


class SmsGateway(Protocol):
    """Sends one text."""

    def send(self, *, to: str, body: str, idempotency_key: str) -> Receipt:
        """Hand a text for an E.164 number to the carrier; raises the three kinds of trouble."""
        ...
