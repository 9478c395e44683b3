"""OCR on this machine, each file in a child process of its own with limits of memory, CPU, time and pages.

The child decodes foreign bytes, so nothing it says is believed unlooked-at: sizes, counts and the picture's
own head are checked here.
"""

import struct
from collections.abc import Callable, Iterator

from gateways.ocr import (
    Empty,
    NotADocument,
    PageRead,
    PagesUnread,
    ReaderDied,
    TooLarge,
    Word,
)
from gateways.ocr.children import Child, Header, KilledFromOutside
from gateways.ocr.limits import Limits
from gateways.ocr.sniffing import kind_of

LARGEST_FILE = 100 * 1024 * 1024
SAYS_PDF = "This file says it is a PDF but is not one. Ask the sender to fax it again."
MOST_UNREAD = 3  # pages at which the reader may end before the rest of the file is given up
PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


class LocalOcr:
    """Reads with Tesseract. `engine` names one of gateways.ocr.engines; empty takes the best installed."""

    def __init__(self, *, limits: Limits | None = None, engine: str = "") -> None:
        self.limits = limits or Limits()
        self.engine = engine

    def read(
        self,
        content: bytes,
        *,
        media_type: str,
        on_page: Callable[[int, int | None], None] | None = None,
        after: int = 0,
    ) -> Iterator[PageRead]:
        """Yield each page as it is read. Raises OcrTrouble, maybe after some pages, or GatewayUnavailable."""
        refuse_at_sight(content, media_type)
        progress = Progress(after, on_page)
        while True:
            try:
                yield from self._pages(content, progress)
            except ReaderDied as death:
                progress.go_on_after(death)
            else:
                break
        if progress.unread:
            raise PagesUnread.of(progress.unread)

    def _pages(self, content: bytes, progress: "Progress") -> Iterator[PageRead]:
        with Child(
            self.limits, self.engine, after=progress.done, picture_only=progress.picture_only
        ) as child:
            child.feed(content)
            for header, image in child.frames():
                if header.get("event") == "starting":
                    progress.begin(*progress_from(header))
                if header.get("event") == "page":
                    page = page_from(header, image, self.limits)
                    progress.done = page.number
                    yield page


class Progress:
    """How far a file is read, and which page is given up when the reader ends in the middle of it."""

    def __init__(self, after: int, on_page: Callable[[int, int | None], None] | None) -> None:
        self.done = self.begun = after
        self.on_page = on_page
        self.unread: list[int] = []
        self.picture_only = 0
        self._tried_again = 0

    def begin(self, number: int, total: int | None) -> None:
        """Work on that page begins."""
        self.begun = number
        if self.on_page:
            self.on_page(number, total)

    def go_on_after(self, death: ReaderDied) -> None:
        """Plan the next process: the page once more when the last was killed, else its picture only.

        Raises the death when that cannot help: no page was begun, its picture was all that was wanted, or too
        many pages ended the reader.
        """
        page = self.begun
        if page <= self.done or page == self.picture_only:
            raise death
        if isinstance(death, KilledFromOutside) and page != self._tried_again:
            self._tried_again = page
            return
        if len(self.unread) == MOST_UNREAD:
            raise death
        self.unread.append(page)
        self.picture_only = page


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
