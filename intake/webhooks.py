"""Fax services calling us: `/hooks/<kind>/<token>/`, each with its own proof (gateways/fax_in).

The token names the organization, the proof names the lines whose account made the call, and the number that
was dialled names the one line. What is told is written down in one transaction, and only then answered.

Answers: 200 written down (or known already), 403 not proved, not understood or not for an open line, 404 no
such endpoint, 503 the file that came along could not be stored. Never a detail.
"""

import base64
import json
import time
from dataclasses import asdict
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gateways import GatewayUnavailable, gateway, signatures
from gateways.fax_in import Call, CallingFaxService, NotUnderstood, ToldFax
from intake import lines
from intake.actions import delivering
from intake.models import FaxLine
from organizations import signing
from organizations.models import Organization
from organizations.scope import organization_scope
from organizations.web import public

WRITTEN_DOWN, REFUSED, UNKNOWN_ENDPOINT, CALL_AGAIN = 200, 403, 404, 503


@csrf_exempt
@require_POST
@public
def fax(request: HttpRequest, token: str, vendor: str) -> HttpResponse:
    """Take one call of a fax service for the organization that the address names."""
    organization_id = signing.organization_of(token, lines.HOOKS[lines.Vendor(vendor)])
    if organization_id is None:
        return HttpResponse(status=UNKNOWN_ENDPOINT)
    body = _body(request, largest=_service(vendor).largest_call)
    if body is None:
        return HttpResponse(status=REFUSED)
    headers = {name.lower(): value for name, value in request.headers.items()}
    call = Call(headers=headers, body=body, address=_caller(request), now=time.time())
    return HttpResponse(status=receive(organization_id, vendor, call))


def play_service(organization: Organization, line: FaxLine, *, content: bytes, sender: str) -> str:
    """Deliver a file as a signed line's sender would, through the same door; the fax's id, or nothing."""
    identity, stamp = uuid4().hex, str(int(time.time()))
    media = base64.b64encode(content).decode()
    told = {"id": identity, "from": sender, "to": line.number, "media": media}
    body = json.dumps(told).encode()
    with organization_scope(organization.pk, actor="command:sandbox"):
        secret = lines.secret_of(line)
    headers = {"x-timestamp": stamp, "x-signature": signatures.signature(secret, stamp, body)}
    call = Call(headers=headers, body=body, address="127.0.0.1", now=time.time())
    is_small = len(body) <= _service(line.vendor).largest_call
    taken = is_small and receive(organization.pk, line.vendor, call) == WRITTEN_DOWN
    return identity if taken else ""


def receive(organization_id: UUID, vendor: str, call: Call) -> int:
    """Check the proof, then the numbers, then write down; the HTTP status says how far it came."""
    try:
        with organization_scope(organization_id, actor=f"hook:{vendor}"):
            return _taken(vendor, call)
    except NotUnderstood:
        return REFUSED
    except GatewayUnavailable:
        return CALL_AGAIN


def _taken(vendor: str, call: Call) -> int:
    service, ours = _service(vendor), FaxLine.objects.filter(vendor=vendor)
    callers = {line.number: line for line in ours if service.is_genuine(call, lines.account_of(line))}
    if not callers:
        return REFUSED
    faxes = service.told(call)
    refused = [told for told in faxes if not _is_for_open_line(told, callers)]
    if refused:
        return REFUSED
    for told in faxes:
        delivering.write_down(line=callers[told.to_number], **asdict(told))
    heard = [callers[told.to_number] for told in faxes] or callers.values()
    for line in heard:
        delivering.hear(line=line, at=timezone.now())
    return WRITTEN_DOWN


def _is_for_open_line(told: ToldFax, callers: dict[str, FaxLine]) -> bool:
    """Whether it may come in. The service keeps what is refused, and the line's page says what to do."""
    line = callers.get(told.to_number)
    if line is None:
        trouble = (
            "A fax came for a number that is not here. Add its line, then have the service send it again."
        )
        delivering.note_trouble(line=next(iter(callers.values())), trouble=trouble)
        return False
    if not line.is_open:
        trouble = "A fax came although the line is closed. Open it, or cancel it at the service."
        delivering.note_trouble(line=line, trouble=trouble)
    return line.is_open


def _service(vendor: str) -> CallingFaxService:
    service: CallingFaxService = gateway(f"fax_in_{vendor}")
    return service


def _body(request: HttpRequest, *, largest: int) -> bytes | None:
    """The call's body, read no further than it may be long; None for one that is refused unread."""
    if request.content_type != "application/json":
        return None
    try:
        body = request.read(largest + 1)
    except OSError:  # the caller hung up
        return None
    return body if len(body) <= largest else None


def _caller(request: HttpRequest) -> str:
    """The network address of the caller: behind a proxy, the one that the proxy itself saw and added last."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
