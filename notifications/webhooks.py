"""Texts coming in, in our generic signed form; a carrier's own form gets an adapter beside this one.

    POST /hooks/sms/<token>/      {"from": "+12175550188", "body": "STOP", "id": "SM123"}
    X-Timestamp: 1795602600       X-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp "." body)>

Answers: 204 kept (or known already), 403 not signed or not understood, 404 no such endpoint. Never a detail.
"""

import json
import re
import time
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gateways import signatures
from notifications import inbound
from organizations import signing
from organizations.models import Organization
from organizations.scope import organization_scope
from organizations.web import public

KIND = "sms"
TAKEN, REFUSED, UNKNOWN_ENDPOINT = 204, 403, 404
PHONE = re.compile(r"\+[1-9]\d{7,14}")  # E.164
LONGEST_REFERENCE = 80


class NotUnderstood(ValueError):
    """A body that is not an incoming text."""


@dataclass(frozen=True)
class IncomingText:
    """One text as the carrier tells of it."""

    address: str
    body: str
    reference: str


@csrf_exempt
@require_POST
@public
def sms(request: HttpRequest, token: str) -> HttpResponse:
    """Take one incoming text for the organization that the address names."""
    timestamp, given = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    return HttpResponse(status=receive(token, timestamp=timestamp, given=given, body=request.body))


def play_carrier(organization: Organization, *, sender: str, body: str) -> bool:
    """Deliver a text as our carrier would, signed and through the same door; whether it was taken."""
    content = json.dumps({"from": sender, "body": body, "id": uuid4().hex}).encode()
    timestamp = str(int(time.time()))
    signed = signatures.signature(signing.secret_of(organization.pk, KIND), timestamp, content)
    token = signing.token_of(organization, KIND)
    return receive(token, timestamp=timestamp, given=signed, body=content) == TAKEN


def receive(token: str, *, timestamp: str, given: str, body: bytes) -> int:
    """Check the address, then the signature, then the text; the HTTP status says how far it came."""
    organization_id = signing.organization_of(token, KIND)
    if organization_id is None:
        return UNKNOWN_ENDPOINT
    secret = signing.secret_of(organization_id, KIND)
    if not signatures.is_signed(secret=secret, timestamp=timestamp, given=given, body=body, now=time.time()):
        return REFUSED
    try:
        incoming = _parse(body)
    except NotUnderstood:
        return REFUSED
    with organization_scope(organization_id, actor="hook:sms"):
        inbound.take_text(address=incoming.address, text=incoming.body, reference=incoming.reference)
    return TAKEN


def _parse(body: bytes) -> IncomingText:
    try:
        values = json.loads(body)
        address, text, reference = (_word(values[name]) for name in ("from", "body", "id"))
    except (ValueError, TypeError, KeyError, RecursionError) as broken:
        raise NotUnderstood from broken
    if not PHONE.fullmatch(address) or not 0 < len(reference) <= LONGEST_REFERENCE:
        raise NotUnderstood
    return IncomingText(address, text, reference)


def _word(value: object) -> str:
    """A text that PostgreSQL can keep: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError
    value.encode()
    return value
