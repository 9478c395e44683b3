"""What the sandboxes keep, shared by the web and worker processes: append-only JSON lines and files.

Each kind has one file of lines. A line is a record, or a later change to one; readers fold them together.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

Record = dict[str, Any]


def keep(kind: str, record: Record, *, idempotency_key: str = "") -> str:
    """Keep a record and give its id; under a key that was used before, only give the first record's id."""
    with locked(kind) as lines:
        if known := find(kind, idempotency_key):
            return known
        identity = uuid4().hex
        moment = datetime.now(UTC).isoformat()
        append(lines, {"id": identity, "at": moment, "idempotency_key": idempotency_key, **record})
    return identity


def mark(kind: str, identity: str, **changes: Any) -> None:
    """Change a kept record."""
    with locked(kind) as lines:
        append(lines, {"id": identity, "changes": changes})


def kept(kind: str, *, limit: int = 200) -> list[Record]:
    """Records, newest first, with their changes folded in."""
    records: dict[str, Record] = {}
    for line in read_lines(kind):
        if "changes" not in line:
            records[line["id"]] = line
        elif line["id"] in records:
            records[line["id"]].update(line["changes"])
    return list(reversed(records.values()))[:limit]


def one(kind: str, identity: str) -> Record | None:
    """The record of that id, or None."""
    return next((record for record in kept(kind, limit=10**9) if record["id"] == identity), None)


def find(kind: str, idempotency_key: str) -> str | None:
    """The id of the record kept under a key, or None."""
    if not idempotency_key:
        return None
    # Only lines that hold the key as text are worth decoding.
    lines = read_lines(kind, holding=json.dumps(idempotency_key))
    return next((line["id"] for line in lines if line.get("idempotency_key") == idempotency_key), None)


def keep_file(content: bytes, *, suffix: str) -> str:
    """Keep a file and give its name, which says nothing about what is in it."""
    name = f"{uuid4().hex}{suffix}"
    folder("files").joinpath(name).write_bytes(content)
    return name


def file_path(name: str) -> Path:
    """Where a kept file is; raises FileNotFoundError for a name that was not given by keep_file."""
    path = folder("files") / name
    if not re.fullmatch(r"[0-9a-f]{32}\.[a-z0-9]+", name) or not path.is_file():
        raise FileNotFoundError(name)
    return path


def setting(name: str, default: str = "") -> str:
    """What a developer chose on the sandbox page, or the default."""
    try:
        return folder("settings").joinpath(name).read_text()
    except FileNotFoundError:
        return default


def choose(name: str, value: str) -> None:
    """Record a developer's choice; each process sees the old value or the new one, never half of it."""
    draft = folder("settings") / f".{uuid4().hex}"
    draft.write_text(value)
    draft.replace(folder("settings") / name)


def clear() -> None:
    """Forget everything that all sandboxes kept, and every choice made on the sandbox page."""
    for lines in folder().glob("*.jsonl"):
        lines.unlink(missing_ok=True)
    for name in ("files", "settings"):
        shutil.rmtree(folder(name), ignore_errors=True)


@contextmanager
def locked(kind: str) -> Iterator[int]:
    """The file of lines, open for appending, with no other writer at work."""
    path = folder() / f"{kind}.jsonl"
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def append(lines: int, line: Record) -> None:
    """One write for the whole line, so that a reader without the lock sees it all or not at all."""
    size = os.fstat(lines).st_size
    torn = size > 0 and os.pread(lines, 1, size - 1) != b"\n"
    os.write(lines, b"\n" * torn + json.dumps(line).encode() + b"\n")


def read_lines(kind: str, *, holding: str = "") -> Iterator[Record]:
    """The lines of a kind, oldest first; only those with the given text in them when one is given."""
    path = folder() / f"{kind}.jsonl"
    if not path.exists():
        return
    with path.open() as lines:
        for line in lines:
            # A writer killed half-way leaves a torn line: what it was keeping was never confirmed to anyone.
            if holding in line:
                with suppress(json.JSONDecodeError):
                    yield json.loads(line)


def folder(name: str = "") -> Path:
    """A folder of the sandbox, made when it is missing."""
    path = Path(settings.SANDBOX_DIR) / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
