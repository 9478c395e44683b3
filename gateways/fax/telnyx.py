"""Faxes through Telnyx Programmable Fax (API v2: POST /v2/faxes with the file itself, GET /v2/faxes/{id})."""

from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote

import httpx
from django.conf import settings

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, Receipt, wire
from gateways.fax import FaxStatus

ADDRESS = "https://api.telnyx.com/v2/faxes"
NAME = "Telnyx"
LARGEST_FILE = 20 * 1024 * 1024
UPLOAD_SECONDS = 60.0

State = Literal["queued", "sending", "delivered", "failed"]
STATES: dict[str, State] = {
    "queued": "queued",
    "media.processed": "queued",
    "originated": "sending",
    "sending": "sending",
    "delivered": "delivered",
    "failed": "failed",
}

# https://support.telnyx.com/en/articles/4967498-fax-api-error-list; our own wording.
FAILURES = {
    "user_busy": "The line was busy.",
    "receiver_no_answer": "Nobody answered.",
    "receiver_no_response": "Nobody answered.",
    "receiver_call_dropped": "The other side hung up.",
    "receiver_decline": "The other side declined the call.",
    "receiver_invalid_number_format": "This is not a fax number.",
    "receiver_unallocated_number": "This number is not in use.",
    "receiver_incompatible_destination": "This number does not take faxes.",
    "fax_initial_communication_timeout": "No fax machine answered at this number.",
    "file_size_limit_exceeded": "The fax is too large.",
    "page_count_limit_exceeded": "The fax has too many pages.",
}


class TelnyxFax:
    """Telnyx takes no idempotency key for a fax, so an answer that was lost is for a person to judge."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        key = {"Authorization": f"Bearer {settings.TELNYX_API_KEY}"}
        self.partner = wire.client(transport, headers=key, seconds=UPLOAD_SECONDS)

    def send(self, *, to: str, pdf: bytes, cover_reference: str, idempotency_key: str) -> Receipt:
        """Upload a fax; the receipt is Telnyx's fax id."""
        if len(pdf) > LARGEST_FILE:
            raise GatewayError("The fax is larger than 20 MB. Send it in parts.")
        request = self.partner.build_request(
            "POST",
            ADDRESS,
            data={
                "connection_id": settings.TELNYX_FAX_APPLICATION,
                "from": settings.TELNYX_FAX_NUMBER,
                "to": to,
            },
            files={"contents": (f"{cover_reference}.pdf", pdf, "application/pdf")},
        )
        response = wire.act(self.partner, request, name=NAME)
        wire.refuse_by_status(response.status_code, name=NAME)
        reference = fax_in(response).get("id")
        if not reference:
            raise OutcomeUnknown("Telnyx's answer could not be read. The fax may have gone out.")
        return Receipt(str(reference))

    def status(self, reference: str) -> FaxStatus:
        """What Telnyx says of a fax it took."""
        request = self.partner.build_request("GET", f"{ADDRESS}/{quote(reference, safe='')}")
        response = wire.ask(self.partner, request, name=NAME)
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise GatewayError("The fax service does not know this fax.")
        wire.refuse_by_status(response.status_code, name=NAME, harmless=True)
        fax = fax_in(response)
        state = STATES.get(str(fax.get("status")))
        if state is None:
            raise GatewayUnavailable("Telnyx's answer could not be read.")
        return FaxStatus(state, failure(fax) if state == "failed" else "")


def fax_in(response: httpx.Response) -> dict[str, Any]:
    """The fax an answer describes, or nothing."""
    try:
        fax = response.json()["data"]
    except (ValueError, KeyError, TypeError):
        return {}
    return fax if isinstance(fax, dict) else {}


def failure(fax: dict[str, Any]) -> str:
    """Why a fax failed, in one sentence."""
    reason = str(fax.get("failure_reason") or "no reason given")
    return FAILURES.get(reason, f"The fax was not delivered ({reason.replace('_', ' ')}).")
