"""A file from the address that a fax service told: from its own hosts, on the open internet, never too much.

Whoever could slip us an address would otherwise make this server ask inside its own network (server-side
request forgery: OWASP Top 10:2021, A10). So the host must be on the service's list, all its network addresses
must be public, the connection goes to the very address that was checked (a second look-up may answer
otherwise), and a redirect is checked like the first address.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import IO
from urllib.parse import urljoin

import httpx

from gateways import GatewayError, GatewayUnavailable, wire

LARGEST = 50 * 1024 * 1024
READ_SECONDS, WHOLE_SECONDS = 15.0, 120.0
MOST_REDIRECTS = 3
HTTPS_PORT = 443
NO_LONGER_THERE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# An IPv4 address inside an IPv6 one: RFC 6052 and 8215 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
TRANSLATED = [ipaddress.ip_network(network) for network in ("64:ff9b::/32", "2002::/16", "2001::/32")]
Resolver = Callable[[str], Iterable[str]]


class Gone(GatewayError):
    """The address has run out."""


def look_up(host: str) -> list[str]:
    """A host's network addresses, IPv4 first."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)}
    return sorted(map(str, found), key=lambda address: (":" in address, address))


class Files:
    """The files of one fax service. A host with a leading dot stands for every name below it."""

    def __init__(
        self,
        name: str,
        hosts: Iterable[str],
        *,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolver = look_up,
    ) -> None:
        self.name, self.hosts, self.resolve = name, tuple(hosts), resolve
        # A transport of our own: a proxy named in the environment would look the host up a second time.
        self.partner = wire.client(transport or httpx.HTTPTransport(), seconds=READ_SECONDS)

    def fetch_fax(self, url: str, into: IO[bytes], *, key: str = "", hosts: Iterable[str] = ()) -> None:
        """Write the fax at an address into a seekable file; `key` is an Authorization header's value.

        Raises Gone, GatewayError for an address or size that is refused, GatewayUnavailable for the rest.
        """
        self.fetch(url, into, headers={"Authorization": key} if key else {}, hosts=hosts)
        into.seek(0)
        head = into.read(64).lstrip()
        into.seek(0)
        if not head:
            raise GatewayUnavailable(f"{self.name} gave an empty file.")
        if head.startswith((b"<", b"{")):  # no fax begins so: PDF, TIFF and images do not
            raise GatewayUnavailable(f"{self.name} gave a message in place of the fax.")

    def fetch(
        self,
        url: str,
        into: IO[bytes],
        *,
        headers: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
        hosts: Iterable[str] = (),
        largest: int = LARGEST,
    ) -> None:
        """Write what is at an address, or what a form posted there gives, from the start of the file."""
        deadline, listed = time.monotonic() + WHOLE_SECONDS, (*self.hosts, *hosts)
        for _ in range(MOST_REDIRECTS + 1):
            request = self._request(url, listed, headers or {}, form)
            with self._answered(request) as response:
                if not response.has_redirect_location:
                    self._refuse_by_status(response.status_code, with_key=bool(headers or form))
                    self._save(response, into, largest, deadline)
                    return
                onward = urljoin(url, response.headers["location"])
            if httpx.URL(onward).host != httpx.URL(url).host:
                headers = None  # a key is for its own host
            url, form = onward, None
        raise GatewayError(f"{self.name} sent us from address to address. Nothing was fetched.")

    def _request(
        self, url: str, listed: Iterable[str], headers: dict[str, str], form: dict[str, str] | None
    ) -> httpx.Request:
        host = self._checked_host(url, listed)
        return self.partner.build_request(
            "POST" if form else "GET",
            httpx.URL(url).copy_with(host=self._public_address(host)),
            headers={**headers, "Host": host, "Accept-Encoding": "identity"},
            data=form,
            extensions={"sni_hostname": host},
        )

    def _checked_host(self, url: str, listed: Iterable[str]) -> str:
        try:
            parts = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise GatewayError(self._refusal) from None
        host = parts.raw_host.decode("ascii").lower()
        is_listed = any(host.endswith(name) if name.startswith(".") else host == name for name in listed)
        if parts.scheme != "https" or parts.userinfo or parts.port not in (None, HTTPS_PORT) or not is_listed:
            raise GatewayError(self._refusal)
        return host

    def _public_address(self, host: str) -> str:
        try:
            addresses = list(self.resolve(host))
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise GatewayUnavailable(f"{self.name} could not be reached.")
        if not all(is_public(address) for address in addresses):
            raise GatewayError(self._refusal)
        return addresses[0]

    @property
    def _refusal(self) -> str:
        return f"{self.name} named an address that faxes are not fetched from. Nothing was fetched."

    @contextmanager
    def _answered(self, request: httpx.Request) -> Iterator[httpx.Response]:
        try:
            response = self.partner.send(request, stream=True)
            try:
                yield response
            finally:
                response.close()
        except wire.NOT_SENT as trouble:
            raise GatewayUnavailable(f"{self.name} could not be reached.") from trouble
        except httpx.HTTPError as trouble:
            raise GatewayUnavailable(f"{self.name} broke off. The file came incomplete.") from trouble

    def _refuse_by_status(self, status: int, *, with_key: bool) -> None:
        if status in NO_LONGER_THERE and not (with_key and status == HTTPStatus.FORBIDDEN):
            raise Gone(f"The file is no longer at {self.name}.")
        wire.refuse_by_status(status, name=self.name, harmless=True)
        if status != HTTPStatus.OK:
            raise GatewayUnavailable(f"{self.name} gave no file ({status}).")

    def _save(self, response: httpx.Response, into: IO[bytes], largest: int, deadline: float) -> None:
        announced, size = response.headers.get("content-length", ""), 0
        if response.headers.get("content-encoding", "identity") != "identity":  # small here, vast unpacked
            raise GatewayUnavailable(f"{self.name} gave a packed file.")
        into.seek(0)
        into.truncate()
        for piece in response.iter_bytes():
            size += len(piece)
            if size > largest:
                megabytes = largest // (1024 * 1024)
                raise GatewayError(f"The file is larger than {megabytes} MB. Ask for the fax in parts.")
            if time.monotonic() > deadline:
                raise GatewayUnavailable(f"{self.name} did not finish within two minutes.")
            into.write(piece)
        if announced.isdecimal() and int(announced) != size:
            raise GatewayUnavailable(f"{self.name} broke off. The file came incomplete.")


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not ours, not a neighbour's, not a cloud's own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    leads_elsewhere = any(found in network for network in TRANSLATED if network.version == found.version)
    return found.is_global and not found.is_multicast and not leads_elsewhere
