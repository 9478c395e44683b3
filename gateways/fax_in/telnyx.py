"""Faxes that come in through Telnyx Programmable Fax (API v2).

Telnyx posts JSON events to the address of a Fax Application and signs each with Ed25519 over
`timestamp|body` (headers telnyx-timestamp and telnyx-signature-ed25519):
developers.telnyx.com/docs/development/api-fundamentals/webhooks. `fax.received` carries fax_id, from, to,
page_count and media_url, a link that runs out; an event may come twice, and anything but 200 brings it again:
developers.telnyx.com/docs/programmable-fax/receiving-webhooks. A link that ran out is renewed by
POST /v2/faxes/{id}/actions/refresh:
developers.telnyx.com/api-reference/programmable-fax-commands/refresh-a-fax.

Account: `public_key`, as Telnyx shows it (base64); `api_key`, optional, to renew links.
"""

from typing import IO
from urllib.parse import quote

import httpx

from gateways import GatewayError, GatewayUnavailable, signatures, wire
from gateways.fax_in import LONGEST_ADDRESS, Account, Call, ToldFax, values
from gateways.fax_in.files import Files, Gone, Resolver, look_up

ADDRESS = "https://api.telnyx.com/v2/faxes"
NAME = "Telnyx"
# Telnyx keeps media in Amazon S3, under names that it may change.
HOSTS = (".telnyx.com", ".amazonaws.com")
RECEIVED = "fax.received"


class TelnyxLine:
    """Calls our door; the file is fetched from its link, and the link renewed when it has run out."""

    largest_call = 256 * 1024

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolver = look_up) -> None:
        self.files = Files(NAME, HOSTS, transport=transport, resolve=resolve)
        self.partner = wire.client(transport)

    def is_genuine(self, call: Call, account: Account) -> bool:
        """Whether Telnyx signed the call for this account within five minutes."""
        return signatures.is_signed_by(
            public_key=str(account.get("public_key", "")),
            timestamp=call.headers.get("telnyx-timestamp", ""),
            given=call.headers.get("telnyx-signature-ed25519", ""),
            body=call.body,
            now=call.now,
        )

    def told(self, call: Call) -> list[ToldFax]:
        """The fax of a fax.received event; none for every other event."""
        event = values.as_object(values.object_in(call.body).get("data"))
        if event.get("event_type") != RECEIVED:
            return []
        fax = values.as_object(event.get("payload"))
        link = fax.get("media_url")
        return [
            ToldFax(
                vendor_id=values.identity(fax.get("fax_id")),
                from_number=values.number(fax.get("from")),
                to_number=values.number(fax.get("to")),
                pages=values.count(fax.get("page_count")),
                media=link if isinstance(link, str) and len(link) <= LONGEST_ADDRESS else "",
            )
        ]

    def fetch(self, fax: ToldFax, account: Account, into: IO[bytes]) -> None:
        """Fetch from the link in the event, or from a new one."""
        try:
            if fax.media:
                return self.files.fetch_fax(fax.media, into)
        except Gone:
            pass
        key = str(account.get("api_key", ""))
        if not key:
            raise GatewayError(
                "Telnyx's link has run out. Give the line an API key and retry, or upload the fax by hand."
            )
        return self.files.fetch_fax(self._new_link(fax.vendor_id, key), into)

    def _new_link(self, fax_id: str, key: str) -> str:
        fax, headers = f"{ADDRESS}/{quote(fax_id, safe='')}", {"Authorization": f"Bearer {key}"}
        for method, address in (("POST", f"{fax}/actions/refresh"), ("GET", fax)):
            request = self.partner.build_request(method, address, headers=headers)
            response = wire.ask(self.partner, request, name=NAME)
            wire.refuse_by_status(response.status_code, name=NAME, harmless=True)
        try:
            return str(response.json()["data"]["media_url"])
        except (ValueError, KeyError, TypeError) as unreadable:
            raise GatewayUnavailable("Telnyx's answer could not be read.") from unreadable
