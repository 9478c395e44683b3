"""Questions through Stedi (Healthcare API 2024-04-01, real-time eligibility with raw X12)."""

import time
from typing import Any

import httpx
from django.conf import settings

from gateways import GatewayError, GatewayUnavailable, wire
from gateways.clearinghouse import Reply
from gateways.clearinghouse.replies import kind_of

NAME = "Stedi"
ADDRESSES = {
    "270": "https://healthcare.us.stedi.com/2024-04-01/change/medicalnetwork/eligibility/v3/raw-x12",
}
LIMIT_SECONDS = 25.0


class StediClearinghouse:
    """Stedi answers at once or not at all: CAQH CORE gives a payer 20 seconds, and we wait 25."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.partner = wire.client(
            transport, headers={"Authorization": settings.STEDI_API_KEY}, seconds=LIMIT_SECONDS
        )

    def exchange(
        self, *, transaction: str, payload: str, trace: str, timeout: float = LIMIT_SECONDS
    ) -> Reply:
        """Ask and wait; the answer is the payer\'s own 271 text."""
        if transaction not in ADDRESSES:
            raise GatewayError(f"Stedi does not carry this kind of question ({transaction}).")
        began = time.monotonic()
        patience = httpx.Timeout(timeout, connect=wire.CONNECT_SECONDS)
        request = self.partner.build_request(
            "POST", ADDRESSES[transaction], json={"x12": payload}, timeout=patience
        )
        response = self.ask_twice(request)
        wire.refuse_by_status(response.status_code, name=NAME, harmless=True)
        said = said_in(response)
        text = str(said.get("x12") or "")
        latency = round((time.monotonic() - began) * 1000)
        return Reply(kind_of(text), text, latency, trace_in(said))

    def poll(self, *, trace: str) -> Reply | None:
        """Nothing is ever waiting at Stedi."""
        return None

    def ask_twice(self, request: httpx.Request) -> httpx.Response:
        """A connection that fails is tried once more; a question that was heard is not asked again here."""
        try:
            return wire.answer(self.partner, request)
        except wire.NOT_CONNECTED:
            return wire.ask(self.partner, request, name=NAME)
        except httpx.HTTPError as trouble:
            raise GatewayUnavailable(f"{NAME} did not answer in time.") from trouble


def said_in(response: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer; whatever else it may be holds no X12."""
    try:
        said = response.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def trace_in(said: dict[str, Any]) -> str:
    """Stedi's own name for the exchange, to be told to its support."""
    meta = said.get("meta")
    return str(meta.get("traceId") or "") if isinstance(meta, dict) else ""
