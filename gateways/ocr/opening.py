"""From the bytes of a file to its pages, whatever kind of file it is."""

from gateways.ocr import Empty, NotADocument, TooLarge, images, pdfs
from gateways.ocr.limits import Limits
from gateways.ocr.sheets import Opened
from gateways.ocr.sniffing import kind_of


def open_file(content: bytes, limits: Limits, *, after: int = 0) -> Opened:
    """Open a PDF or an image file at the page after so many.

    Raises an `OcrTrouble` now, or later while its sheets are taken.
    """
    if not content:
        raise Empty
    kind = kind_of(content)
    if kind is None:
        raise NotADocument
    open_kind = pdfs.open_pdf if kind == "pdf" else images.open_image
    opened = open_kind(content, limits, after)
    if opened.total is not None and opened.total > limits.pages:
        raise TooLarge(f"This file has more than {limits.pages} pages. Ask the sender for it in parts.")
    return opened
