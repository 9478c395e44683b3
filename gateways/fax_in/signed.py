"""Faxes from anybody who can sign a request: our own form, for other services and for the sandbox.

    POST /hooks/fax/<token>/      {"id": "F-1", "from": "+12175550142", "to": "+12175550101", "pages": 3,
                                   "media": "<the file in base64>"}     or     "media_url": "https://..."
    X-Timestamp: 1795602600       X-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp "." body)>

Account: `secret`, and `hosts` that a media_url may name.
"""

import base64
import binascii
from typing import IO, Any

import httpx

from gateways import signatures
from gateways.fax_in import LONGEST_ADDRESS, Account, Call, NotUnderstood, ToldFax, values
from gateways.fax_in.files import Files, Resolver, look_up

NAME = "The fax service"


class SignedLine:
    """Calls our door with the file, or with the address of a larger one."""

    largest_call = 10 * 1024 * 1024

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolver = look_up) -> None:
        self.files = Files(NAME, (), transport=transport, resolve=resolve)

    def is_genuine(self, call: Call, account: Account) -> bool:
        """Whether who holds the line's secret signed the call within five minutes."""
        secret = str(account.get("secret", ""))
        return bool(secret) and signatures.is_signed(
            secret=secret,
            timestamp=call.headers.get("x-timestamp", ""),
            given=call.headers.get("x-signature", ""),
            body=call.body,
            now=call.now,
        )

    def told(self, call: Call) -> list[ToldFax]:
        """The one fax of the call."""
        fax = values.object_in(call.body)
        content, link = _content(fax.get("media")), fax.get("media_url", "")
        if not isinstance(link, str) or len(link) > LONGEST_ADDRESS or bool(content) == bool(link):
            raise NotUnderstood("The call needs one of media and media_url.")
        return [
            ToldFax(
                vendor_id=values.identity(fax.get("id")),
                from_number=values.number(fax.get("from")),
                to_number=values.number(fax.get("to")),
                pages=values.count(fax.get("pages")),
                media=link,
                content=content,
            )
        ]

    def fetch(self, fax: ToldFax, account: Account, into: IO[bytes]) -> None:
        """Fetch a larger file from a host that the line lists."""
        self.files.fetch_fax(fax.media, into, hosts=account.get("hosts") or ())


def _content(media: Any) -> bytes:
    if media is None:
        return b""
    try:
        return base64.b64decode(media, validate=True)
    except (binascii.Error, ValueError, TypeError) as broken:
        raise NotUnderstood("The media is not base64.") from broken
