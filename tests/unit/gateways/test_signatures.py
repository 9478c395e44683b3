import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateways import signatures

BODY = b'{"from": "+12175550188", "body": "STOP", "id": "1"}'
NOW = 1_795_602_600.0
STAMP = str(int(NOW))
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = base64.b64encode(PRIVATE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def by_secret(**changes):
    given = signatures.signature("secret", STAMP, BODY)
    return signatures.is_signed(
        **{"secret": "secret", "timestamp": STAMP, "given": given, "body": BODY, "now": NOW, **changes}
    )


def by_key(**changes):
    given = base64.b64encode(PRIVATE.sign(STAMP.encode() + b"|" + BODY)).decode()
    return signatures.is_signed_by(
        **{"public_key": PUBLIC, "timestamp": STAMP, "given": given, "body": BODY, "now": NOW, **changes}
    )


def test_our_partners_signature_is_known():
    assert by_secret() and by_key()


@pytest.mark.parametrize("signed", [by_secret, by_key])
@pytest.mark.parametrize(
    "change",
    [
        {"body": BODY + b" "},
        {"given": ""},
        {"given": "sha256=é"},
        {"given": "\ud800"},
        {"given": base64.b64encode(b"\0" * 64).decode()},
        {"timestamp": ""},
        {"timestamp": "9" * 5000},
        {"timestamp": "١٢٣"},
        {"timestamp": str(int(NOW) + 1)},
        {"now": NOW + 301},
        {"now": NOW - 301},
    ],
)
def test_anything_else_is_not(signed, change):
    assert not signed(**change)


@pytest.mark.parametrize("key", ["", "é", "AAAA", base64.b64encode(b"\x08" * 32).decode()])
def test_another_key_or_none_opens_nothing(key):
    assert not by_key(public_key=key)
    assert not by_secret(secret=key)
