"""Frames between the reading process and its parent."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.ocr import wire


def take_from(content):
    stream = io.BytesIO(content)

    def take(count):
        taken = stream.read(count)
        if len(taken) < count:
            raise EOFError
        return taken

    return take


@given(header=st.dictionaries(st.text(), st.integers() | st.text()), body=st.binary())
def test_what_is_written_is_read(header, body):
    stream = io.BytesIO()
    wire.write(stream, header, body)
    assert wire.read(take_from(stream.getvalue())) == (header, body)


@given(content=st.binary(max_size=200))
def test_garbage_is_never_taken_for_a_frame(content):
    try:
        header, _ = wire.read(take_from(content))
    except (wire.Garbled, EOFError):
        return
    assert isinstance(header, dict)


def test_a_frame_that_claims_to_be_huge_is_not_waited_for():
    with pytest.raises(wire.Garbled):
        wire.read(take_from(struct.pack(">II", 2**31, 2**31)))
