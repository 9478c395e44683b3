"""Documents to a fax machine."""

from dataclasses import dataclass
from typing import Literal, Protocol

from gateways import Receipt


@dataclass(frozen=True)
class FaxStatus:
    """Where a fax is; the detail is a plain sentence, and empty when there is nothing to add."""

    state: Literal["queued", "sending", "delivered", "failed"]
    detail: str = ""


class FaxGateway(Protocol):
    """Sends one document, and tells later what became of it."""

    def send(self, *, to: str, pdf: bytes, cover_reference: str, idempotency_key: str) -> Receipt:
        """Hand a PDF for an E.164 number to the fax service; raises the three kinds of trouble.

        The cover reference is the code printed on the cover page: it names the file at the partner.
        """
        ...

    def status(self, reference: str) -> FaxStatus:
        """What became of a fax that was taken; raises GatewayError or GatewayUnavailable."""
        ...
