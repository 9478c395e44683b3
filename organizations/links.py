"""Links for people without an account: 130 bits of chance, kept only as a SHA-256 hash.

The first four characters name the organization, so that a link is looked up inside its own scope.
"""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from organizations.models import AccessLink, Organization
from organizations.scope import current_organization_id

RANDOM_BYTES = 16


def issue(*, purpose: str, subject_id: UUID, expires_at: datetime) -> str:
    """Make a link and return its token: the only time the token is known."""
    key = Organization.objects.values_list("link_key", flat=True).get(pk=current_organization_id())
    token = key + secrets.token_urlsafe(RANDOM_BYTES)
    AccessLink.objects.create(
        purpose=purpose, subject_id=subject_id, token_hash=_hash(token), expires_at=expires_at
    )
    return token


def find(token: str, *, purpose: str) -> AccessLink | None:
    """The link of this token in the organization in scope, dead or alive."""
    return (
        AccessLink.objects.select_related("organization")
        .filter(token_hash=_hash(token), purpose=purpose)
        .first()
    )


@transaction.atomic
def record_failure(link: AccessLink) -> AccessLink:
    """Count one wrong answer behind the link; it locks at the third."""
    locked = AccessLink.objects.select_for_update().get(pk=link.pk)
    locked.failures += 1
    locked.save(update_fields=["failures"])
    return locked


@transaction.atomic
def record_opened(link: AccessLink) -> None:
    """Remember the first time the person behind the link proved who they are."""
    if link.opened_at is None:
        link.opened_at = timezone.now()
        link.save(update_fields=["opened_at"])


@transaction.atomic
def revoke(*, purpose: str, subject_id: UUID) -> None:
    """Close every live link of this purpose for the subject."""
    for link in AccessLink.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None):
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])


def address(path: str) -> str:
    """A full address for a message: path is absolute on this site."""
    return f"{settings.PUBLIC_URL}{path}"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
