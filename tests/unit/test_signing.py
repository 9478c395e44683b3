from uuid import UUID

from organizations import signing


def test_each_organization_and_kind_has_its_own_secret():
    secrets = {signing.secret_of(UUID(int=n), kind) for n in (7, 8) for kind in ("sms", "fax")}
    assert len(secrets) == 4
