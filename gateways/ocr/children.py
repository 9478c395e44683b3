"""A reading process as its parent sees it: the file goes in, frames come out, and it ends when left alone."""

import logging
import os
import selectors
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from signal import SIGKILL
from typing import Any

from gateways import GatewayError, GatewayUnavailable
from gateways.ocr import TROUBLES, ReaderDied, Unreadable, wire
from gateways.ocr.limits import Limits
from gateways.ocr.warming import start_child

CHUNK = 65_536
FRAMES_A_PAGE = 2  # one when it is begun, one when it is read
OTHER_FRAMES = 2  # what it gave up, and that it is done
LONGEST_SENTENCE = 200

Header = dict[str, Any]
log = logging.getLogger(__name__)


class KilledFromOutside(ReaderDied):
    """Somebody else ended the process: the kernel when memory ran out, or a person."""


def trouble_from(header: Header) -> GatewayError:
    """The trouble that the child names."""
    sentence = str(header.get("sentence", ""))[:LONGEST_SENTENCE]
    if header.get("event") == "unavailable":
        return GatewayUnavailable(sentence)
    return TROUBLES.get(str(header.get("code")), Unreadable)(sentence)


class Child:
    """A reading process and the pipes to it. Leaving the `with` block ends it and whatever it started."""

    def __init__(self, limits: Limits, engine: str, *, after: int = 0, picture_only: int = 0) -> None:
        self.limits = limits
        file_in, self._file = os.pipe()
        self._frames, frames_out = os.pipe()
        order = {"limits": limits.as_text(), "after": after, "picture_only": picture_only}
        try:
            self._warm, self.pid = start_child(engine, order, (file_in, frames_out))
        except BaseException:
            self._close(self._file, self._frames)
            raise
        finally:
            self._close(file_in, frames_out)
        self._pouring: threading.Thread | None = None
        self._ended = False
        self._arrived = bytearray()
        self._deadline = 0.0

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._close(self._frames)
        if self._pouring:
            self._pouring.join()
        else:
            self._close(self._file)

    def feed(self, content: bytes) -> None:
        """Hand over the file from a thread: a process that does not listen must not block its parent."""
        self._pouring = threading.Thread(target=self._pour, args=(content,), daemon=True)
        self._pouring.start()

    def frames(self) -> Iterator[tuple[Header, bytes]]:
        """The frames of pages until the process says that it is done.

        Raises the trouble that it names, or ReaderDied when it breaks off, is too slow or says too much.
        """
        for _ in range(FRAMES_A_PAGE * self.limits.pages + OTHER_FRAMES):
            self._deadline = time.monotonic() + self.limits.wall_seconds_a_page
            header, body = self._next_frame()
            if header.get("event") == "done":
                return
            if header.get("event") in ("trouble", "unavailable"):
                raise trouble_from(header)
            if header.get("event") == "confined":
                say_what_is_open(bool(header.get("network")), bool(header.get("files")))
                continue
            yield header, body
        raise ReaderDied

    def _next_frame(self) -> tuple[Header, bytes]:
        try:
            return wire.read(self._take)
        except EOFError as error:
            raise (KilledFromOutside if self._end() == -SIGKILL else ReaderDied) from error
        except (TimeoutError, wire.Garbled) as error:
            raise ReaderDied from error

    def _end(self) -> int | None:
        if self._ended:
            return None
        self._ended = True
        code = self._warm.end(self.pid)
        self._warm.close_when_idle()
        return code

    def _pour(self, content: bytes) -> None:
        with suppress(BrokenPipeError), os.fdopen(self._file, "wb", buffering=0) as pipe:
            left = memoryview(content)
            while left:
                left = left[pipe.write(left) :]

    def _take(self, count: int) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._frames, selectors.EVENT_READ)
            while len(self._arrived) < count:
                if not selector.select(max(0.0, self._deadline - time.monotonic())):
                    raise TimeoutError
                arrived = os.read(self._frames, CHUNK)
                if not arrived:
                    raise EOFError
                self._arrived += arrived
        taken = bytes(self._arrived[:count])
        del self._arrived[:count]
        return taken

    @staticmethod
    def _close(*pipes: int) -> None:
        for pipe in pipes:
            os.close(pipe)


@cache
def say_what_is_open(network: bool, files: bool) -> None:
    """Log once what this kernel could not take from a reading process."""
    if not network:
        log.warning("OCR: this system cannot keep reading processes off the network; their limits hold.")
    if not files:
        log.warning("OCR: this system cannot keep reading processes off the disk; their limits hold.")
