"""Who may call our webhooks: an endpoint's token names the organization, a secret lets its partner sign.

Both are derived from KEY_ENCRYPTION_KEY and the organization's id by HMAC-SHA256, so nothing is stored. A new
KEY_ENCRYPTION_KEY changes every token and secret: give partners the new ones at the same time.
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

from organizations.models import Organization, organization_named

LINK_KEY_LENGTH = 4
TAG_LENGTH = 32  # hexadecimal figures: 128 bits
TOKEN = re.compile(rf"[0-9A-Z]{{{LINK_KEY_LENGTH}}}[0-9a-f]{{{TAG_LENGTH}}}")


def token_of(organization: Organization, kind: str) -> str:
    """The last part of the endpoint's address, `/hooks/<kind>/<token>/`."""
    return organization.link_key + _tag(organization.pk, kind)


def organization_of(token: str, kind: str) -> UUID | None:
    """Whose endpoint this is, or None for a token that we never gave out."""
    organization_id = organization_named(token[:LINK_KEY_LENGTH]) if TOKEN.fullmatch(token) else None
    if organization_id is None or not _same(token[LINK_KEY_LENGTH:], _tag(organization_id, kind)):
        return None
    return organization_id


def secret_of(organization_id: UUID, kind: str) -> str:
    """What the partner signs with."""
    return _derived(f"secret|{kind}|{organization_id}")


def _tag(organization_id: UUID, kind: str) -> str:
    return _derived(f"endpoint|{kind}|{organization_id}")[:TAG_LENGTH]


def _derived(purpose: str) -> str:
    key = base64.b64decode(settings.KEY_ENCRYPTION_KEY)
    return hmac.new(key, f"webhook|{purpose}".encode(), hashlib.sha256).hexdigest()


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(), ours.encode())
