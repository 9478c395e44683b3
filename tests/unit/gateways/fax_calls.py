"""Calls and answers of fax services, in the shapes that their own pages show. Nothing in them is anybody's."""

import base64
import json
from io import BytesIO

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateways import signatures
from gateways.fax_in import Call
from tests.unit.gateways.partners import Partner

NOW = 1_795_602_600.0
STAMP = str(int(NOW))
OURS, THEIRS = "+12175550101", "+12175550142"
PDF = b"%PDF-1.4\n% one page\n%%EOF\n"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = base64.b64encode(PRIVATE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
LINK = "https://s3.amazonaws.com/faxes/user-1/0ccc7b54.pdf?X-Amz-Expires=7200&X-Amz-Signature=fac2"

TELNYX = {"public_key": PUBLIC, "api_key": "KEY0123"}
DOCUMO = {"username": "lakeside", "password": "tide", "api_key": "documo-key", "addresses": ["35.225.187.84"]}
SRFAX = {"access_id": "12345", "access_pwd": "tide"}
SIGNED = {"secret": "shared", "hosts": ["files.faxhost.example"]}


def call(body, *, headers=(), address="35.225.187.84", now=NOW):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Call(headers=dict(headers), body=content, address=address, now=now)


def telnyx_event(event_type="fax.received", **changes):
    payload = {
        "fax_id": "0ccc7b54-4df3-4bca-a65a-3da1ecc777f0", "connection_id": "234423", "direction": "inbound",
        "from": THEIRS, "to": OURS, "page_count": 2, "status": "received", "media_url": LINK,
    }  # fmt: skip
    data = {"event_type": event_type, "id": "95479a2e-b947-470a-a88f-2da6dd07ae0f", "record_type": "event"}
    return {"data": {**data, "payload": {**payload, **changes}}, "meta": {"attempt": 1}}


def from_telnyx(body=None, *, stamp=STAMP, key=PRIVATE, **rest):
    content = json.dumps(body or telnyx_event()).encode()
    given = base64.b64encode(key.sign(stamp.encode() + b"|" + content)).decode()
    headers = {"telnyx-timestamp": stamp, "telnyx-signature-ed25519": given}
    return call(rest.pop("tampered", content), headers=headers, **rest)


def documo_message(**changes):
    return {
        "messageId": "e0e72262-bf92-47ed-a78c-69547479cad8", "status": "success", "pagesCount": 5,
        "faxNumber": OURS, "faxCallerId": "2175550142", "direction": "inbound", "errorCode": "0", **changes,
    }  # fmt: skip


def from_documo(body=None, *, name="lakeside", password="tide", **rest):
    basic = base64.b64encode(f"{name}:{password}".encode()).decode()
    return call(body or documo_message(), headers={"authorization": f"Basic {basic}"}, **rest)


def signed_fax(**changes):
    told = {"id": "F-1", "from": THEIRS, "to": OURS, "pages": 1, "media": base64.b64encode(PDF).decode()}
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def from_sender(body=None, *, stamp=STAMP, secret="shared", **rest):
    content = json.dumps(body or signed_fax()).encode()
    headers = {"x-timestamp": stamp, "x-signature": signatures.signature(secret, stamp, content)}
    return call(rest.pop("tampered", content), headers=headers, **rest)


def srfax_row(number=1, **changes):
    return {
        "FileName": f"20261125100000-6104-19_{number}|2036009{number}", "ReceiveStatus": "Ok", "EpochTime": 1795602600,
        "CallerID": "2175550142", "RemoteID": "", "Pages": "2", "Size": "5000", "ViewedStatus": "N", **changes,
    }  # fmt: skip


def srfax_says(result, status="Success"):
    return httpx.Response(200, json={"Status": status, "Result": result})


def public(host):
    """Every host is somewhere on the open internet."""
    return ["93.184.216.34"]


def service(made, answer, resolve=public):
    """A fax service's adapter before a partner that answers as told."""
    partner = Partner(answer)
    return made(partner, resolve), partner


def fetched(adapter, fax, account):
    into = BytesIO()
    adapter.fetch(fax, account, into)
    return into.getvalue()
