"""Documents at rest: written once under a name that says nothing, encrypted, read back as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from gateways import GatewayError


class Tampered(GatewayError):
    """The stored bytes are not the bytes that were put there, or the key or the context is another's."""


@dataclass(frozen=True)
class Stored:
    """Where a document is, and the size in bytes and SHA-256 (hex) of the plain document."""

    name: str
    size: int
    sha256: str


class Source(Protocol):
    """Anything that can be read: an open file, an upload, a pipe."""

    def read(self, size: int = -1, /) -> bytes:
        """At most that many bytes; none at the end."""
        ...


class StorageGateway(Protocol):
    """Keeps documents. The key is 32 bytes and belongs to one document; the context binds it to its row."""

    def put(self, stream: Source, *, key: bytes, context: bytes) -> Stored:
        """Encrypt and keep a document; raises GatewayUnavailable, and then nothing is kept."""
        ...

    def open(self, name: str, *, key: bytes, context: bytes) -> Iterator[bytes]:
        """The plain document in pieces of at most 64 KiB.

        Raises GatewayError when there is no such document, and Tampered here or, for a document altered
        further on, at the altered piece: no altered byte is ever given out.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove a document; one that is gone already is no error."""
        ...
