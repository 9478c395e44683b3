"""The frames that a reading process writes to its parent: length, JSON header, then an image or nothing."""

import json
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")  # bytes of the header, bytes of the body
LARGEST_HEADER = 8 * 1024 * 1024
LARGEST_BODY = 16 * 1024 * 1024


class Garbled(Exception):
    """The bytes are not a frame."""


def write(stream: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame and push it out."""
    text = json.dumps(header, separators=(",", ":")).encode()
    stream.write(LENGTHS.pack(len(text), len(body)) + text + body)
    stream.flush()


def read(take: Callable[[int], bytes]) -> tuple[dict[str, Any], bytes]:
    """One frame from `take(n)`, which gives exactly n bytes. The writer is not trusted: sizes are bounded."""
    header_length, body_length = LENGTHS.unpack(take(LENGTHS.size))
    if header_length > LARGEST_HEADER or body_length > LARGEST_BODY:
        raise Garbled
    try:
        header = json.loads(take(header_length))
    except ValueError as error:
        raise Garbled from error
    if not isinstance(header, dict):
        raise Garbled
    return header, take(body_length)
