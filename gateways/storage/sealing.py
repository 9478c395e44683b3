"""Streaming authenticated encryption of a document: AES-256-GCM in the STREAM construction.

Hoang, Reyhanitabar, Rogaway, Vizar, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
2015. The nonce of a segment is prefix (7 random bytes), counter (4 bytes), last (1 byte), so segments cannot
be dropped, repeated, moved, or cut off at the end. The prefix is short because a key seals one document only.

    RFD1 | prefix | segment | segment | ...     segment = at most 64 KiB of plain text + 16 bytes of tag
"""

import os
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateways.storage import Source, Tampered

MAGIC = b"RFD1"
PREFIX_BYTES = 7
SEGMENT_BYTES = 64 * 1024
TAG_BYTES = 16
KEY_BYTES = 32


def sealed(source: Source, *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The sealed document in pieces: first the header, then one piece a segment."""
    cipher = cipher_of(key)
    prefix = os.urandom(PREFIX_BYTES)
    yield MAGIC + prefix
    for number, segment, last in segments(source, SEGMENT_BYTES):
        yield cipher.encrypt(nonce(prefix, number, last), segment, context)


def unsealed(source: Source, *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The plain document in pieces; raises Tampered before giving out a byte that was altered."""
    cipher = cipher_of(key)
    header = source.read(len(MAGIC) + PREFIX_BYTES)
    if not header.startswith(MAGIC):
        raise Tampered("The stored document is damaged or was altered.")
    prefix = header[len(MAGIC) :]
    for number, segment, last in segments(source, SEGMENT_BYTES + TAG_BYTES):
        try:
            yield cipher.decrypt(nonce(prefix, number, last), segment, context)
        except (InvalidTag, ValueError) as trouble:
            raise Tampered("The stored document is damaged or was altered.") from trouble


def cipher_of(key: bytes) -> AESGCM:
    """AES-256-GCM; a shorter key, which the library would take, is a mistake."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"A document key has {KEY_BYTES} bytes.")
    return AESGCM(key)


def segments(source: Source, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Segments of a stream with their number, each but the last full; an empty stream has one, empty."""
    number, segment = 0, full(source, size)
    while following := full(source, size):
        yield number, segment, False
        number, segment = number + 1, following
    yield number, segment, True


def full(source: Source, size: int) -> bytes:
    """Read until the size is reached or the stream ends: pipes and uploads give less than asked for."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def nonce(prefix: bytes, number: int, last: bool) -> bytes:
    """The 12 bytes that place a segment in its document."""
    return prefix + struct.pack(">IB", number, last)
