"""How trouble on the wire is told apart, once for all vendors.

The question is always the same: can the partner have acted? If the request never left whole, no. If it left
and the answer was lost, perhaps, and then only a harmless question may be asked again.
"""

import time
from http import HTTPStatus

import httpx

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 15.0
LARGEST_ANSWER = 5 * 1024 * 1024

NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# A request that could not be written to its end cannot have been acted on.
NOT_SENT = (*NOT_CONNECTED, httpx.WriteError, httpx.WriteTimeout)


def client(
    transport: httpx.BaseTransport | None = None,
    *,
    seconds: float = ANSWER_SECONDS,
    headers: dict[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> httpx.Client:
    """An HTTP client that gives up: 3 s to connect, the given seconds for each read or write."""
    # A kept connection that the partner closed meanwhile looks like a lost answer, so none is kept.
    return httpx.Client(
        transport=transport,
        headers=headers,
        auth=auth,
        timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def act(partner: httpx.Client, request: httpx.Request, *, name: str) -> httpx.Response:
    """Send a request with an effect outside; without an answer, GatewayUnavailable or OutcomeUnknown."""
    try:
        return answer(partner, request)
    except NOT_SENT as trouble:
        raise GatewayUnavailable(f"{name} could not be reached.") from trouble
    except httpx.HTTPError as trouble:
        raise OutcomeUnknown(f"{name} did not confirm in time. It may have gone out.") from trouble


def ask(partner: httpx.Client, request: httpx.Request, *, name: str) -> httpx.Response:
    """Send a request that changes nothing outside; without an answer, GatewayUnavailable."""
    try:
        return answer(partner, request)
    except NOT_SENT as trouble:
        raise GatewayUnavailable(f"{name} could not be reached.") from trouble
    except httpx.HTTPError as trouble:
        raise GatewayUnavailable(f"{name} did not answer in time.") from trouble


def answer(partner: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The whole answer, or httpx.ReadTimeout: a partner that drips bytes does not hold a worker for ever."""
    patience = partner.timeout.read or ANSWER_SECONDS
    deadline = time.monotonic() + patience
    response = partner.send(request, stream=True)
    try:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if time.monotonic() > deadline or len(body) > LARGEST_ANSWER:
                raise httpx.ReadTimeout("The answer was too long.", request=request)
    finally:
        response.close()
    return httpx.Response(response.status_code, headers=plain(response.headers), content=bytes(body))


def plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    """Headers of a body that is already unpacked."""
    about_packing = ("content-encoding", "content-length", "transfer-encoding")
    return [(name, value) for name, value in headers.items() if name not in about_packing]


def refuse_by_status(status: int, *, name: str, harmless: bool = False) -> None:
    """Raise what an HTTP status of 400 and above means, and return for all others.

    A partner's own 429, 500 or 503 says that it did nothing. 502 and 504 come from a machine in between
    that lost the partner's answer (RFC 9110, 15.6), so the effect, unless harmless, may have happened.
    """
    if status < HTTPStatus.BAD_REQUEST:
        return
    if status in (401, 403):
        raise GatewayError(f"{name} did not accept our account. An administrator must check its settings.")
    if status in (502, 504) and not harmless:
        raise OutcomeUnknown(f"{name} did not confirm ({status}). It may have gone out.")
    if status in (408, 425, 429) or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise GatewayUnavailable(f"{name} is overloaded or out of order ({status}).")
    raise GatewayError(f"{name} refused the request ({status}).")
