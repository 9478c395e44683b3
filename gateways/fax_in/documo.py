"""Faxes that come in through Documo (mFax).

Documo posts JSON to a webhook, with basic authentication where it is set, from one network address. While
the answer is not 2xx it comes again after 5 s, 25 s, 2 min and so on up to 22 h:
help.documo.com/hc/en-us/articles/20760014975643-New-Webhooks. The body carries messageId, faxCallerId,
faxNumber, pagesCount, direction and status. The file is at GET /v1/fax/{messageId}/download, with the key
bare after the word Basic: docs.documo.com.

Account: `username` and `password` of the webhook, `api_key`, and `addresses` (networks it calls from).
"""

import base64
import ipaddress
from collections.abc import Iterable
from typing import IO
from urllib.parse import quote

import httpx

from gateways import signatures
from gateways.fax_in import Account, Call, ToldFax, values
from gateways.fax_in.files import Files, Resolver, look_up

ADDRESS = "https://api.documo.com/v1/fax"
NAME = "Documo"
HOSTS = (".documo.com", "storage.googleapis.com")
CALLS_FROM = ("35.225.187.84",)


class DocumoLine:
    """Calls our door; the file is fetched by the fax's id."""

    largest_call = 256 * 1024

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolver = look_up) -> None:
        self.files = Files(NAME, HOSTS, transport=transport, resolve=resolve)

    def is_genuine(self, call: Call, account: Account) -> bool:
        """Whether the call comes from Documo's address and knows this account's name and password."""
        name, password = str(account.get("username", "")), str(account.get("password", ""))
        known = "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
        is_known = signatures.same(call.headers.get("authorization", ""), known)
        return bool(name and password) and is_known and is_within(call.address, addresses_of(account))

    def told(self, call: Call) -> list[ToldFax]:
        """The fax that came in whole; none for what went out or failed on the way."""
        fax = values.object_in(call.body)
        if fax.get("direction") != "inbound" or fax.get("status") != "success":
            return []
        return [
            ToldFax(
                vendor_id=values.identity(fax.get("messageId")),
                from_number=values.number(fax.get("faxCallerId")),
                to_number=values.number(fax.get("faxNumber")),
                pages=values.count(fax.get("pagesCount")),
            )
        ]

    def fetch(self, fax: ToldFax, account: Account, into: IO[bytes]) -> None:
        """Fetch the PDF with the account's key."""
        address = f"{ADDRESS}/{quote(fax.vendor_id, safe='')}/download?format=pdf"
        self.files.fetch_fax(address, into, key=f"Basic {account.get('api_key', '')}")


def addresses_of(account: Account) -> Iterable[str]:
    """The networks a line's calls may come from."""
    return account.get("addresses") or CALLS_FROM


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether a network address is in one of the networks; what cannot be read is in none."""
    try:
        caller = ipaddress.ip_address(address)
        return any(caller in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False
