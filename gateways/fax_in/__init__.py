"""Faxes from a fax service. It tells first, at our door or when asked; the file is fetched afterwards.

A line's account is what the service's door needs (keys, a password, hosts); each module names its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

from gateways import GatewayError

Account = Mapping[str, Any]
LONGEST_ADDRESS = 1000
"""Of a file's address in letters; a service with longer ones is asked for a new one when it is fetched."""


class NotUnderstood(GatewayError):
    """A call that is not what its service sends."""


@dataclass(frozen=True)
class Call:
    """One call at our door: header names in small letters, the network address, seconds since 1970."""

    headers: Mapping[str, str]
    body: bytes
    address: str
    now: float


@dataclass(frozen=True)
class ToldFax:
    """One fax as its service tells of it. Numbers are E.164, or empty where the service knows none."""

    vendor_id: str
    from_number: str = ""
    to_number: str = ""
    pages: int | None = None
    media: str = ""
    content: bytes = b""  # the file itself, where the call brought it along


class FaxService(Protocol):
    """Gives out the file of a fax it told of."""

    def fetch(self, fax: ToldFax, account: Account, into: IO[bytes]) -> None:
        """Write the file into an empty seekable one.

        Raises GatewayUnavailable when another try may help (write again from the start), else GatewayError.
        """
        ...


class CallingFaxService(FaxService, Protocol):
    """Calls our door when a fax has come."""

    largest_call: int
    """Of a call's body in bytes."""

    def is_genuine(self, call: Call, account: Account) -> bool:
        """Whether the owner of this account made the call just now. Never raises."""
        ...

    def told(self, call: Call) -> list[ToldFax]:
        """The faxes that a genuine call tells of, none for other news; raises NotUnderstood."""
        ...


class AskedFaxService(FaxService, Protocol):
    """Never calls: it is asked what came."""

    def waiting(self, account: Account, since: datetime) -> list[ToldFax]:
        """All that came since, seen by somebody or not; raises GatewayError or GatewayUnavailable."""
        ...

    def mark_viewed(self, fax: ToldFax, account: Account) -> None:
        """Tell the service that we have it; harmless to repeat. Raises GatewayError or GatewayUnavailable."""
        ...
