"""From the bytes of a file to its pages, whatever kind of file it is."""

from gateways.ocr import Empty, NotADocument, TooLarge, images
from gateways.ocr.limits import Limits
from gateways.ocr.sheets import Opened
from gateways.ocr.sniffing import kind_of


def open_file(content: bytes, limits: Limits) -> Opened:
    """Open a PDF or an image file. Raises an `OcrTrouble` now, or later while its sheets are taken."""
    if not content:
        raise Empty
    kind = kind_of(content)
    if kind is None:
        raise NotADocument
    opened = _open_pdf(content, limits) if kind == "pdf" else images.open_image(content, limits)
    if opened.total is not None and opened.total > limits.pages:
        raise TooLarge(f"This file has more than {limits.pages} pages. Ask the sender for it in parts.")
    return opened


def _open_pdf(content: bytes, limits: Limits) -> Opened:
    from gateways.ocr import pdfs  # loaded only for a PDF: its library costs a tenth of a page's reading

    return pdfs.open_pdf(content, limits)
