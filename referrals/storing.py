"""The one door between documents and where they are kept.

A document is sealed under a key of its own and bound to its organization and row; the organization's key
wraps that key. Uploads are stored inside the request: nothing may be lost once we have answered (ADR 0006).
"""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from gateways import GatewayError, GatewayUnavailable, gateway
from gateways.storage.sniffing import HEAD_BYTES, UNKNOWN, sniff
from organizations.crypto import seal, unseal
from organizations.ids import uuid7
from organizations.scope import current_organization_id
from referrals.models import Document

__all__ = ["UNKNOWN", "GatewayError", "GatewayUnavailable", "keep", "media_type_of", "pieces", "read"]


def media_type_of(stream: Any) -> str:
    """What a seekable file is, by its first bytes; `UNKNOWN` when nobody can tell."""
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    return sniff(head)


def keep(stream: Any, *, kind: str, title: str, media_type: str = "", **facts: Any) -> Document:
    """Store a file and make its row. `stream` is a seekable binary file or bytes.

    The type is sniffed, never trusted.

    Raises gateways.GatewayUnavailable when it cannot be stored; nothing is kept then.
    """
    source = BytesIO(stream) if isinstance(stream, bytes) else stream
    found = media_type_of(source)
    identity, key = uuid7(), os.urandom(32)
    stored = gateway("storage").put(source, key=key, context=_context(identity))
    return Document.objects.create(
        id=identity,
        kind=kind,
        title=title[:120],
        stored_name=stored.name,
        wrapped_key=seal(key, context=f"document|{identity}"),
        media_type=media_type or found,
        size=stored.size,
        sha256=stored.sha256,
        **facts,
    )


def pieces(document: Document) -> Iterator[bytes]:
    """The plain file in pieces; raises gateways.storage.Tampered before giving out an altered byte."""
    key = unseal(bytes(document.wrapped_key), context=f"document|{document.pk}")
    return gateway("storage").open(document.stored_name, key=key, context=_context(document.pk))


def read(document: Document) -> bytes:
    """The whole plain file."""
    return b"".join(pieces(document))


def _context(identity: Any) -> bytes:
    return f"{current_organization_id()}|{identity}".encode()
