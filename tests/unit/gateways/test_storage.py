"""Documents at rest come back whole or not at all, and nothing but ciphertext touches the disk."""

import errno
import hashlib
import io
import os
import resource
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways import GatewayError, GatewayUnavailable
from gateways.storage import Tampered
from gateways.storage.local import LocalStorage
from gateways.storage.sealing import SEGMENT_BYTES, TAG_BYTES, sealed, unsealed

KEY = bytes(range(32))
CONTEXT = b"organization|document"
HEADER, SEALED_SEGMENT = 11, SEGMENT_BYTES + TAG_BYTES
LONG = os.urandom(3 * SEGMENT_BYTES + 100)


def put(content, **kw):
    return LocalStorage().put(io.BytesIO(content), **{"key": KEY, "context": CONTEXT, **kw})


def read(name, **kw):
    return b"".join(LocalStorage().open(name, **{"key": KEY, "context": CONTEXT, **kw}))


def on_disk(settings, stored):
    return Path(settings.DOCUMENTS_DIR) / stored.name


def files_in(settings):
    return [path for path in Path(settings.DOCUMENTS_DIR).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "size", [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES]
)
def test_a_document_comes_back_whole(size):
    content = os.urandom(size)
    assert read(put(content).name) == content


def test_size_and_digest_are_those_of_the_plain_document():
    stored = put(LONG)
    assert (stored.size, stored.sha256) == (len(LONG), hashlib.sha256(LONG).hexdigest())


def test_a_document_is_given_out_in_small_pieces():
    pieces = list(LocalStorage().open(put(LONG).name, key=KEY, context=CONTEXT))
    assert max(map(len, pieces)) == SEGMENT_BYTES


def test_nothing_readable_touches_the_disk(settings):
    stored = put(b"Jane Doe, born 1963-05-19")
    raw = on_disk(settings, stored).read_bytes()
    assert b"Jane" not in raw and b"1963" not in raw


def test_only_our_own_user_may_read_the_file(settings):
    mode = on_disk(settings, put(b"x")).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_same_document_twice_looks_different(settings):
    first, second = put(b"x" * 1000), put(b"x" * 1000)
    assert on_disk(settings, first).read_bytes() != on_disk(settings, second).read_bytes()


def flipped(raw, place):
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def swapped(raw):
    first, second = (
        raw[HEADER : HEADER + SEALED_SEGMENT],
        raw[HEADER + SEALED_SEGMENT : HEADER + 2 * SEALED_SEGMENT],
    )
    return raw[:HEADER] + second + first + raw[HEADER + 2 * SEALED_SEGMENT :]


@pytest.mark.parametrize(
    "alter",
    [
        pytest.param(lambda raw: flipped(raw, 0), id="magic"),
        pytest.param(lambda raw: flipped(raw, 5), id="prefix"),
        pytest.param(lambda raw: flipped(raw, 100), id="first segment"),
        pytest.param(lambda raw: flipped(raw, len(raw) - 1), id="last tag"),
        pytest.param(lambda raw: raw[: HEADER + 2 * SEALED_SEGMENT], id="cut between segments"),
        pytest.param(lambda raw: raw[:-7], id="cut in a segment"),
        pytest.param(lambda raw: raw[:HEADER], id="nothing but the header"),
        pytest.param(lambda raw: raw[:3], id="half a header"),
        pytest.param(lambda raw: b"", id="empty"),
        pytest.param(swapped, id="segments swapped"),
        pytest.param(lambda raw: raw[: HEADER + SEALED_SEGMENT] + raw[HEADER:], id="segment repeated"),
        pytest.param(lambda raw: raw + b"x", id="something added"),
        pytest.param(lambda raw: raw[:HEADER] + raw[HEADER + SEALED_SEGMENT :], id="segment dropped"),
    ],
)
def test_every_alteration_is_noticed(settings, alter):
    stored = put(LONG)
    path = on_disk(settings, stored)
    path.write_bytes(alter(path.read_bytes()))
    with pytest.raises(Tampered, match="damaged or was altered"):
        read(stored.name)


def test_no_altered_byte_is_given_out(settings):
    stored = put(LONG)
    path = on_disk(settings, stored)
    path.write_bytes(flipped(path.read_bytes(), HEADER + SEALED_SEGMENT + 5))
    pieces = LocalStorage().open(stored.name, key=KEY, context=CONTEXT)
    assert next(pieces) == LONG[:SEGMENT_BYTES]
    with pytest.raises(Tampered):
        next(pieces)


@pytest.mark.parametrize("wrong", [{"key": bytes(32)}, {"context": b"another organization|document"}])
def test_another_key_or_context_is_refused_before_reading_begins(wrong):
    stored = put(b"x")
    with pytest.raises(Tampered):
        LocalStorage().open(stored.name, **{"key": KEY, "context": CONTEXT, **wrong})


def test_a_short_key_is_a_mistake():
    with pytest.raises(ValueError, match="32 bytes"):
        put(b"x", key=bytes(16))


@given(content=st.binary(max_size=2000), place=st.integers(0), bit=st.integers(0, 7))
def test_any_flipped_bit_anywhere_is_noticed(content, place, bit):
    raw = bytearray(b"".join(sealed(io.BytesIO(content), key=KEY, context=CONTEXT)))
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(Tampered):
        list(unsealed(io.BytesIO(bytes(raw)), key=KEY, context=CONTEXT))


class Dripping(io.BytesIO):
    def read(self, size=-1):
        return super().read(min(size, 1000) if size > 0 else size)


def test_a_stream_that_gives_less_than_asked_for_is_sealed_alike():
    stored = LocalStorage().put(Dripping(LONG), key=KEY, context=CONTEXT)
    assert read(stored.name) == LONG


@contextmanager
def file_size_limit(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_store_keeps_nothing_and_is_worth_another_try(settings):
    with file_size_limit(100_000), pytest.raises(GatewayUnavailable, match="full"):
        put(LONG)
    assert files_in(settings) == []


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "full"), (errno.EIO, "cannot be written")])
def test_a_disk_that_fails_at_the_end_leaves_nothing_behind(settings, monkeypatch, number, said):
    def fail(descriptor):
        raise OSError(number, "disk")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(GatewayUnavailable, match=said):
        put(b"x")
    assert files_in(settings) == []


def test_a_stream_that_breaks_leaves_nothing_behind(settings):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise RuntimeError("the upload broke off")

    with pytest.raises(RuntimeError):
        LocalStorage().put(Broken(), key=KEY, context=CONTEXT)
    assert files_in(settings) == []


@pytest.mark.parametrize("name", ["ab/" + "0" * 32, "../secrets.env", "/etc/passwd", "", "ab"])
def test_a_document_that_is_not_there_is_refused(name):
    with pytest.raises(GatewayError, match="not in the store"):
        read(name)


def test_a_deleted_document_is_gone(settings):
    stored = put(b"x")
    LocalStorage().delete(stored.name)
    LocalStorage().delete(stored.name)
    assert files_in(settings) == []


def test_reading_half_a_document_leaves_no_file_open(monkeypatch):
    name = put(LONG).name
    opened = []
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda *a, **kw: opened.append(real(*a, **kw)) or opened[-1])
    pieces = LocalStorage().open(name, key=KEY, context=CONTEXT)
    next(pieces)
    del pieces
    assert [file.closed for file in opened] == [True]
