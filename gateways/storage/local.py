"""Documents in a folder of this machine (settings.DOCUMENTS_DIR)."""

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from gateways import GatewayError, GatewayUnavailable
from gateways.storage import Source, Stored
from gateways.storage.sealing import sealed, unsealed

NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class LocalStorage:
    """Each document is written under a draft name, synced, then renamed: it is there whole or not at all."""

    def put(self, stream: Source, *, key: bytes, context: bytes) -> Stored:
        """Encrypt and keep a document."""
        identity = uuid4().hex
        name = f"{identity[:2]}/{identity}"
        plain = Metered(stream)
        try:
            write(self.path(name), sealed(plain, key=key, context=context))
        except OSError as trouble:
            raise GatewayUnavailable(complaint(trouble)) from trouble
        return Stored(name, plain.size, plain.digest.hexdigest())

    def open(self, name: str, *, key: bytes, context: bytes) -> Iterator[bytes]:
        """The plain document in pieces."""
        try:
            source = self.path(name).open("rb")
        except FileNotFoundError:
            raise GatewayError("This document is not in the store.") from None
        except OSError as trouble:
            raise GatewayUnavailable("The document store cannot be read.") from trouble
        pieces = read(source, key=key, context=context)
        # The first piece proves key and context before an answer to the reader has begun.
        return chain([next(pieces)], pieces)

    def delete(self, name: str) -> None:
        """Remove a document."""
        try:
            self.path(name).unlink(missing_ok=True)
        except OSError as trouble:
            raise GatewayUnavailable("The document store cannot be written.") from trouble

    def path(self, name: str) -> Path:
        """Where a document is; a name that put never gave is refused, so none leads out of the folder."""
        if not NAME.fullmatch(name):
            raise GatewayError("This document is not in the store.")
        return Path(settings.DOCUMENTS_DIR) / name


class Metered:
    """A stream that counts and hashes what is read from it."""

    def __init__(self, stream: Source) -> None:
        self.stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        part = self.stream.read(size)
        self.size += len(part)
        self.digest.update(part)
        return part


def write(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file whole and durable, or leave nothing behind."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.writelines(pieces)
            target.flush()
            os.fsync(target.fileno())
        draft.rename(path)
        sync_folder(path.parent)
    except BaseException:
        for leftover in (draft, path):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(source: BinaryIO, *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The plain pieces of an open file, which is closed when the reader is done or gives up."""
    with source:
        yield from unsealed(source, key=key, context=context)


def complaint(trouble: OSError) -> str:
    """What kept a document from being written, in one sentence."""
    if trouble.errno in FULL:
        return "The document store is full. An administrator must make room."
    return "The document store cannot be written."
