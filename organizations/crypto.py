"""Sealing what would hurt most if a dump leaked: AES-256-GCM under a key of each organization.

The sealed text is bound to organization, column and row, so that a value moved elsewhere does not open.
Layout: version 0x01, key number (u32), nonce (12 bytes), ciphertext and tag.
"""

import base64
import hashlib
import hmac
import os
import struct
import time
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap_with_padding, aes_key_wrap_with_padding
from django.conf import settings
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute

from organizations.scope import current_organization_id

VERSION = b"\x01"
KEY_LIFETIME_SECONDS = 600
SHORTEST = 5 + 12 + 16
Slot = tuple[UUID, int]
_opened: dict[Slot, tuple[float, bytes]] = {}
_uncommitted: dict[Slot, UUID] = {}  # rows made by transactions of this process that may still be rolled back


class DoesNotOpen(Exception):
    """Sealed data was changed or moved, or belongs to another key."""


def seal(plain: bytes, *, context: str) -> bytes:
    """Seal under the newest key of the organization in scope."""
    number, key = newest_key()
    nonce = os.urandom(12)
    return VERSION + struct.pack(">I", number) + nonce + AESGCM(key).encrypt(nonce, plain, _bound(context))


def unseal(sealed: bytes, *, context: str) -> bytes:
    """Open what `seal` made for the same organization and context; raises DoesNotOpen."""
    from organizations.models import DataKey

    if len(sealed) < SHORTEST or not sealed.startswith(VERSION):
        raise DoesNotOpen("This is no sealed value.")
    (number,) = struct.unpack(">I", sealed[1:5])
    try:
        return AESGCM(data_key(number)).decrypt(sealed[5:17], sealed[17:], _bound(context))
    except (InvalidTag, DataKey.DoesNotExist) as wrong:
        raise DoesNotOpen("A sealed value was changed or moved.") from wrong


def blind_index(value: str, *, column: str) -> bytes:
    """16 bytes that find equal values without opening any (HMAC-SHA256 under the first data key)."""
    return hmac.new(data_key(1), f"{column}|{value}".encode(), hashlib.sha256).digest()[:16]


def newest_key() -> tuple[int, bytes]:
    """The key for new seals; the organization's first one is made here."""
    from organizations.models import DataKey

    newest = DataKey.objects.order_by("-number").first() or _first_key()
    return newest.number, data_key(newest.number)


def data_key(number: int) -> bytes:
    """One data key, kept unwrapped in memory for ten minutes."""
    from organizations.models import DataKey

    slot = (current_organization_id(), number)
    expires, key = _opened.get(slot, (0.0, b""))
    if expires < time.monotonic():
        row = DataKey.objects.filter(number=number).first() or (_first_key() if number == 1 else None)
        if row is None:
            raise DataKey.DoesNotExist(f"There is no data key {number}.")
        key = aes_key_unwrap_with_padding(_key_encryption_key(), bytes(row.wrapped))
        # A key that is rolled back must not be remembered: what it sealed later would never open again.
        if _uncommitted.get(slot) != row.pk:
            _opened[slot] = (time.monotonic() + KEY_LIFETIME_SECONDS, key)
    return key


def _first_key() -> Any:
    from organizations.models import DataKey

    wrapped = aes_key_wrap_with_padding(_key_encryption_key(), AESGCM.generate_key(256))
    row, is_new = DataKey.objects.get_or_create(number=1, defaults={"wrapped": wrapped})
    if is_new:
        slot = (current_organization_id(), 1)
        _uncommitted[slot] = row.pk
        transaction.on_commit(lambda: _uncommitted.pop(slot, None))
    return row


def forget_keys() -> None:
    """Drop unwrapped keys from memory."""
    _opened.clear()


def seal_for_platform(text: str) -> str:
    """Seal a secret that belongs to a person, not to an organization (a second-factor seed)."""
    nonce = os.urandom(12)
    sealed = AESGCM(_key_encryption_key()).encrypt(nonce, text.encode(), b"platform")
    return base64.b64encode(nonce + sealed).decode()


def unseal_for_platform(sealed: str) -> str:
    """Open what `seal_for_platform` made."""
    raw = base64.b64decode(sealed)
    return AESGCM(_key_encryption_key()).decrypt(raw[:12], raw[12:], b"platform").decode()


def _key_encryption_key() -> bytes:
    return base64.b64decode(settings.KEY_ENCRYPTION_KEY)


def _bound(context: str) -> bytes:
    return f"{current_organization_id()}|{context}".encode()


class Sealed(bytes):
    """A column's value that nobody has opened yet."""


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first read."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = unseal(value, context=self.field.context_of(instance)).decode()
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Makes it a data descriptor: without this the row's own dictionary would be read past `__get__`."""
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text in Python, sealed bytes in the table. It cannot be searched: keep a `blind_index` beside it."""

    descriptor_class = SealedAttribute

    def context_of(self, instance: models.Model) -> str:
        """What the sealed value is bound to besides its organization."""
        return f"{self.model._meta.db_table}.{self.column}|{instance.pk}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Leave it sealed until somebody reads it."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """Seal the text for its row."""
        value = getattr(model_instance, self.attname)
        return seal(value.encode(), context=self.context_of(model_instance)) if value else None
