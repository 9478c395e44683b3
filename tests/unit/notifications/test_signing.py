from uuid import UUID

import pytest

from notifications import signing

PRACTICE = UUID(int=7)
BODY = b'{"from": "+12175550188", "body": "STOP", "id": "1"}'
NOW = 1_795_602_600.0


def signed(**changes):
    secret = signing.secret_of(PRACTICE, "sms")
    given = {
        "timestamp": str(int(NOW)),
        "given": signing.signature(secret, str(int(NOW)), BODY),
        "body": BODY,
        "now": NOW,
    }
    return signing.is_signed(secret=secret, **{**given, **changes})


def test_our_partners_signature_is_known():
    assert signed()


@pytest.mark.parametrize(
    "change",
    [
        {"body": BODY + b" "},
        {"given": ""},
        {"given": "sha256=é"},
        {"timestamp": ""},
        {"timestamp": "9" * 5000},
        {"timestamp": "١٢٣"},
        {"timestamp": str(int(NOW) + 1)},
        {"now": NOW + 301},
        {"now": NOW - 301},
    ],
)
def test_anything_else_is_not(change):
    assert not signed(**change)


def test_each_organization_and_kind_has_its_own_secret():
    secrets = {signing.secret_of(UUID(int=n), kind) for n in (7, 8) for kind in ("sms", "fax")}
    assert len(secrets) == 4
