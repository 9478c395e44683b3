"""Questions to payers, in X12 text, through a clearinghouse."""

from dataclasses import dataclass
from typing import Literal, Protocol

ReplyKind = Literal["271", "277", "278", "999", "TA1", "pending", "unreadable"]


@dataclass(frozen=True)
class Reply:
    """What came back. The text is the partner's own, to be kept with our question; empty while pending."""

    kind: ReplyKind
    text: str
    latency_ms: int
    partner_trace: str = ""


class ClearinghouseGateway(Protocol):
    """Carries a question and its answer. Asking is harmless: ask again under the same trace."""

    def exchange(self, *, transaction: str, payload: str, trace: str, timeout: float = 25.0) -> Reply:
        """Ask, and wait at most `timeout` seconds; raises GatewayError or GatewayUnavailable."""
        ...

    def poll(self, *, trace: str) -> Reply | None:
        """The answer to a question whose reply was pending, or None while there is none."""
        ...
