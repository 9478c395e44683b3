"""Reading page images: what is asked of an OCR engine, what it answers, and the troubles it names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from gateways import GatewayError


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word, in pixels of its page's image; `confidence` is the engine's own, 0 to 1."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, upright and straight: its picture and its words.

    `image` is a 1-bit PNG with square pixels of about 200 dpi, `width` by `height`. `turned` is how far the
    page as received stood clockwise from upright (0, 90, 180, 270 degrees), `skew` the small slant that was
    taken out (degrees, counter-clockwise), `received` its size in pixels as received. `seconds` is CPU time.
    """

    number: int
    width: int
    height: int
    image: bytes
    words: tuple[Word, ...]
    turned: int
    seconds: float
    skew: float = 0.0
    received: tuple[int, int] = (0, 0)


class OcrGateway(Protocol):
    """Reads a file that somebody sent, page by page."""

    def read(
        self,
        content: bytes,
        *,
        media_type: str,
        on_page: Callable[[int, int | None], None] | None = None,
        after: int = 0,
    ) -> Iterator[PageRead]:
        """Yield each page as it is read; call `on_page(number, total or None)` when work on a page begins.

        The first `after` pages are passed over without being read: an earlier try has them. Raises an
        `OcrTrouble` (a `GatewayError`), possibly after some pages: those stay good.
        """
        ...


class OcrTrouble(GatewayError):
    """The file cannot be read, or not wholly. The text is one plain sentence for the person who sees it."""

    code: ClassVar[str] = "trouble"
    sentence: ClassVar[str] = "This file could not be read. Ask the sender to fax it again."

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class PasswordNeeded(OcrTrouble):
    """A PDF that opens only with a password."""

    code = "password_needed"
    sentence = "This PDF is locked with a password. Ask the sender for a copy without one."


class Unreadable(OcrTrouble):
    """It says it is a PDF or an image, but nothing in it can be opened."""

    code = "unreadable"
    sentence = "This file is damaged and no page of it can be opened. Ask the sender to fax it again."


class NotADocument(OcrTrouble):
    """Not a PDF, TIFF, PNG or JPEG, whatever its name says."""

    code = "not_a_document"
    sentence = "This file is not a PDF or an image. Ask the sender for a PDF or a fax."


class TooLarge(OcrTrouble):
    """More pages, or a larger page, than is read here; refused before anything is unpacked."""

    code = "too_large"
    sentence = "This file has a page that is too large to open. Ask the sender for a letter-size copy."


class Empty(OcrTrouble):
    """No bytes, or no pages."""

    code = "empty"
    sentence = "This file is empty. Ask the sender to fax it again."


class Truncated(OcrTrouble):
    """Raised after the last page that could be opened: the file breaks off there."""

    code = "truncated"
    sentence = "This file breaks off before its end. The pages before the break were read."


class PagesUnread(OcrTrouble):
    """Raised after the last page: these pages came as pictures only, as reading them took too long."""

    code = "pages_unread"
    sentence = "Some pages took too long to read. Type from their pictures."

    @classmethod
    def of(cls, numbers: Sequence[int]) -> "PagesUnread":
        """The trouble that names these pages."""
        if len(numbers) == 1:
            return cls(f"Page {numbers[0]} took too long to read. Type it from its picture.")
        named = ", ".join(map(str, numbers[:-1]))
        return cls(f"Pages {named} and {numbers[-1]} took too long to read. Type them from their pictures.")


class ReaderDied(OcrTrouble):
    """The reading process ended by itself or was stopped at its limit of time or memory."""

    code = "reader_died"
    sentence = "Reading this file took too much time or memory and was stopped. Type from the original."


TROUBLES: dict[str, type[OcrTrouble]] = {
    trouble.code: trouble
    for trouble in (
        PasswordNeeded,
        Unreadable,
        NotADocument,
        TooLarge,
        Empty,
        Truncated,
        PagesUnread,
        ReaderDied,
    )
}
