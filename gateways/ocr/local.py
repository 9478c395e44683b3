"""OCR on this machine, each file in a child process of its own with limits of memory, CPU, time and pages.

The child decodes foreign bytes, so nothing it says is believed unlooked-at: sizes, counts and the picture's
own head are checked here.
"""

import os
import selectors
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from gateways import GatewayError, GatewayUnavailable
from gateways.ocr import TROUBLES, Empty, NotADocument, PageRead, ReaderDied, TooLarge, Unreadable, Word, wire
from gateways.ocr.limits import Limits
from gateways.ocr.sniffing import kind_of

PROJECT = Path(__file__).resolve().parent.parent.parent
PASSED_ON = ("PATH", "TESSDATA_PREFIX", "TMPDIR")
ENVIRONMENT = {  # one thread a process: Tesseract's own threads triple its CPU
    "OMP_THREAD_LIMIT": "1",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
}
LARGEST_FILE = 100 * 1024 * 1024
SAYS_PDF = "This file says it is a PDF but is not one. Ask the sender to fax it again."
CHUNK = 65_536
FRAMES_A_PAGE = 2  # one when it is begun, one when it is read
LONGEST_SENTENCE = 200
PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

Header = dict[str, Any]


class LocalOcr:
    """Reads with Tesseract. `engine` names one of gateways.ocr.engines; empty takes the best installed."""

    def __init__(self, *, limits: Limits | None = None, engine: str = "") -> None:
        self.limits = limits or Limits()
        self.engine = engine

    def read(
        self, content: bytes, *, media_type: str, on_page: Callable[[int, int | None], None] | None = None
    ) -> Iterator[PageRead]:
        """Yield each page as it is read. Raises OcrTrouble, maybe after some pages, or GatewayUnavailable."""
        refuse_at_sight(content, media_type)
        with Child(self.limits, self.engine) as child:
            child.feed(content)
            for header, image in child.frames():
                if header.get("event") == "starting" and on_page:
                    on_page(*progress_from(header))
                if header.get("event") == "page":
                    yield page_from(header, image, self.limits)


def refuse_at_sight(content: bytes, media_type: str) -> None:
    """Raise the trouble that the first bytes already show, without starting a process."""
    if not content:
        raise Empty
    if len(content) > LARGEST_FILE:
        raise TooLarge("This file is larger than 100 MB. Ask the sender for it in parts.")
    if kind_of(content) is None:
        raise NotADocument(SAYS_PDF if media_type == "application/pdf" else "")


def progress_from(header: Header) -> tuple[int, int | None]:
    """The number of the page that is begun, and of all pages when that is known."""
    number, total = header.get("number"), header.get("total")
    if not isinstance(number, int) or not isinstance(total, int | None):
        raise ReaderDied
    return number, total


def page_from(header: Header, image: bytes, limits: Limits) -> PageRead:
    """The page a frame describes. Raises ReaderDied when it is not what the child should have written."""
    try:
        words, (width, height), (across, down) = header["words"], header["size"], header["received"]
        if not is_picture(image, width, height) or width * height > limits.pixels:
            raise ReaderDied
        return PageRead(
            number=int(header["number"]),
            width=int(width),
            height=int(height),
            image=image,
            words=tuple(Word(str(t), int(x), int(y), int(w), int(h), float(c)) for t, x, y, w, h, c in words),
            turned=int(header["turned"]),
            seconds=float(header["seconds"]),
            skew=float(header["skew"]),
            received=(int(across), int(down)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReaderDied from error


def is_picture(image: bytes, width: int, height: int) -> bool:
    """Whether it begins as a 1-bit grey PNG of that size does (ISO/IEC 15948): others decode it later."""
    return image.startswith(PNG_HEAD + struct.pack(">IIBB", width, height, 1, 0))


def trouble_from(header: Header) -> GatewayError:
    """The trouble that the child names."""
    sentence = str(header.get("sentence", ""))[:LONGEST_SENTENCE]
    if header.get("event") == "unavailable":
        return GatewayUnavailable(sentence)
    return TROUBLES.get(str(header.get("code")), Unreadable)(sentence)


class Child:
    """A reading process and the pipes to it. Leaving the `with` block ends it and whatever it started."""

    def __init__(self, limits: Limits, engine: str) -> None:
        self.limits = limits
        environment = ENVIRONMENT | {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  our own module, no shell, nothing of the sender in it
            [sys.executable, "-m", "gateways.ocr.child", limits.as_text(), engine],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # decoders may quote the file; nothing of it goes into a log
            start_new_session=True,
        )
        self._arrived = bytearray()
        self._deadline = 0.0

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]

    def feed(self, content: bytes) -> None:
        """Hand over the file from a thread: a process that does not listen must not block its parent."""
        threading.Thread(target=self._pour, args=(content,), daemon=True).start()

    def frames(self) -> Iterator[tuple[Header, bytes]]:
        """The frames of pages until the process says that it is done.

        Raises the trouble that it names, or ReaderDied when it breaks off, is too slow or says too much.
        """
        for _ in range(FRAMES_A_PAGE * self.limits.pages + 1):
            self._deadline = time.monotonic() + self.limits.wall_seconds_a_page
            try:
                header, body = wire.read(self._take)
            except (EOFError, TimeoutError, wire.Garbled) as error:
                raise ReaderDied from error
            if header.get("event") == "done":
                return
            if header.get("event") in ("trouble", "unavailable"):
                raise trouble_from(header)
            yield header, body
        raise ReaderDied

    def _pour(self, content: bytes) -> None:
        pipe = self._process.stdin
        with suppress(BrokenPipeError, ValueError):  # the process has ended; its frames say why
            pipe.write(content)  # type: ignore[union-attr]
            pipe.close()  # type: ignore[union-attr]

    def _take(self, count: int) -> bytes:
        pipe = self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)  # type: ignore[arg-type]
            while len(self._arrived) < count:
                if not selector.select(max(0.0, self._deadline - time.monotonic())):
                    raise TimeoutError
                arrived = os.read(pipe.fileno(), CHUNK)  # type: ignore[union-attr]
                if not arrived:
                    raise EOFError
                self._arrived += arrived
        taken = bytes(self._arrived[:count])
        del self._arrived[:count]
        return taken
