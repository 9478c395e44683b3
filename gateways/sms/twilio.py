"""Texts through Twilio Programmable Messaging (REST API 2010-04-01)."""

import logging
from http import HTTPStatus
from typing import Any

import httpx
from django.conf import settings
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from gateways import GatewayError, OutcomeUnknown, Receipt, wire

NAME = "Twilio"
UNREADABLE = "Twilio's answer could not be read. The text may have gone out."

# https://www.twilio.com/docs/api/errors; our own wording.
REFUSALS = {
    21211: "This is not a phone number.",
    21214: "This number cannot be reached.",
    21408: "Texts to this country are switched off for our account.",
    21610: "This number has opted out of texts.",
    21612: "This number cannot be reached from our number.",
    21614: "This is not a mobile number.",
    21617: "The text is too long.",
    30034: "Our number is not registered for texts to US phones. An administrator must register it.",
}


class TwilioSms:
    """Twilio takes no idempotency key for a message, so an answer that was lost is for a person to judge."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        account = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN)
        self.twilio = Client(*account, http_client=TwilioWire(wire.client(transport, auth=account)))
        self.sender = settings.TWILIO_SENDER

    def send(self, *, to: str, body: str, idempotency_key: str) -> Receipt:
        """Hand a text to Twilio; the receipt is its message sid."""
        # A messaging service (MG...) picks the number itself; anything else is the number to send from.
        origin = "messaging_service_sid" if self.sender.startswith("MG") else "from_"
        try:
            message = self.twilio.messages.create(to=to, body=body, **{origin: self.sender})
        except (TwilioRestException, TwilioServiceException) as refusal:
            # Twilio's own message repeats the phone number: only its code is told.
            code = refusal.code or 0
            raise GatewayError(REFUSALS.get(code, f"Twilio refused the text ({code}).")) from None
        except (TwilioException, ValueError) as surprise:
            raise OutcomeUnknown(UNREADABLE) from surprise
        if not message.sid:
            raise OutcomeUnknown(UNREADABLE)
        return Receipt(message.sid)


class TwilioWire(HttpClient):
    """Carries the twilio library's requests.

    Its own client raises one exception both for a connection never made and for an answer never heard.
    """

    def __init__(self, partner: httpx.Client) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False)
        self.partner = partner

    def request(self, method: str, uri: str, **asked: Any) -> Response:
        """Carry one request of the library, whose credentials our client already holds."""
        request = self.partner.build_request(
            method, uri, params=asked.get("params"), data=asked.get("data"), headers=asked.get("headers")
        )
        response = wire.act(self.partner, request, name=NAME)
        # A refusal with Twilio's own error code says more than its status.
        if response.status_code not in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND):
            wire.refuse_by_status(response.status_code, name=NAME)
        return Response(response.status_code, response.text, response.headers)
