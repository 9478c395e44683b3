"""OCR on this machine, each file in a child process of its own with limits of memory, CPU, time and pages."""

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from gateways import GatewayUnavailable
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


class LocalOcr:
    """Reads with Tesseract. `engine` names one of gateways.ocr.engines; empty takes the best installed."""

    def __init__(self, *, limits: Limits | None = None, engine: str = "") -> None:
        self.limits = limits or Limits()
        self.engine = engine

    def read(
        self, content: bytes, *, media_type: str, on_page: Callable[[int, int | None], None] | None = None
    ) -> Iterator[PageRead]:
        """Yield each page as it is read. Raises an OcrTrouble, perhaps after some pages, or GatewayUnavailable."""
        refuse_at_sight(content, media_type)
        with Child(self.limits, self.engine) as child:
            child.feed(content)
            for header, image in child.frames():
                match header.get("event"):
                    case "starting" if on_page:
                        on_page(int(header["number"]), header["total"])
                    case "page":
                        yield page_from(header, image)
                    case "trouble":
                        raise TROUBLES.get(header["code"], Unreadable)(header["sentence"])
                    case "unavailable":
                        raise GatewayUnavailable(header["sentence"])


def refuse_at_sight(content: bytes, media_type: str) -> None:
    """Raise the trouble that the first bytes already show, without starting a process."""
    if not content:
        raise Empty
    if len(content) > LARGEST_FILE:
        raise TooLarge("This file is larger than 100 MB. Ask the sender for it in parts.")
    if kind_of(content) is None:
        raise NotADocument(SAYS_PDF if media_type == "application/pdf" else "")


def page_from(header: dict[str, Any], image: bytes) -> PageRead:
    """The page a frame describes. Raises ReaderDied when the frame is not what the child should have written."""
    try:
        (width, height), (across, down) = header["size"], header["received"]
        return PageRead(
            number=int(header["number"]),
            width=int(width),
            height=int(height),
            image=image,
            words=tuple(Word(str(word[0]), *map(int, word[1:5]), float(word[5])) for word in header["words"]),
            turned=int(header["turned"]),
            seconds=float(header["seconds"]),
            skew=float(header["skew"]),
            received=(int(across), int(down)),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ReaderDied from error


class Child:
    """A reading process and the pipes to it. Leaving the `with` block ends it and whatever it started."""

    def __init__(self, limits: Limits, engine: str) -> None:
        self.limits = limits
        environment = ENVIRONMENT | {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
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
        """Hand over the file from a thread, so that a process that does not listen cannot block its parent."""
        threading.Thread(target=self._pour, args=(content,), daemon=True).start()

    def frames(self) -> Iterator[tuple[dict[str, Any], bytes]]:
        """The frames until the process says that it is done. Raises ReaderDied when it never says so."""
        while True:
            self._deadline = time.monotonic() + self.limits.wall_seconds_a_page
            try:
                header, body = wire.read(self._take)
            except (EOFError, TimeoutError, wire.Garbled) as error:
                raise ReaderDied from error
            if header.get("event") == "done":
                return
            yield header, body

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
