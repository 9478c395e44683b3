"""Pages of PDF files: the embedded fax image where a page is just that, else the page drawn at 204 dpi."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from gateways.ocr import Empty, PasswordNeeded, Truncated, Unreadable
from gateways.ocr.layers import layer_of
from gateways.ocr.limits import Limits
from gateways.ocr.sheets import FAX_DPI, Opened, Sheet, check_size

NO_PAGES = "This PDF has no pages. Ask the sender to fax it again."
LAST_BYTES = 1024  # within which a whole PDF says %%EOF (ISO 32000-1 annex H, note 18)
POINTS = 72  # PDF units an inch
WHOLE_PAGE = 0.92  # an image that covers this share of both sides is the page
THUMBNAIL_DPI = 20
SAME_INK = 0.12  # largest difference in mean darkness between the embedded image and the drawn page
SIDEWAYS = (90, 270)
TURN_BACK = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def open_pdf(content: bytes, limits: Limits, after: int = 0) -> Opened:
    """Open a PDF at the page after so many, repairing a damaged one when that is possible."""
    try:
        document, whole = _document(content), True
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordNeeded from error
        whole = b"%%EOF" in content[-LAST_BYTES:]
        content = _repaired(content)
        document = _document(content)
    return Opened(len(document), _sheets(document, content, limits, after, whole=whole))


def _document(content: bytes) -> pdfium.PdfDocument:
    document = pdfium.PdfDocument(content)
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()  # what was typed into a fillable form is drawn too
    return document


def _repaired(content: bytes) -> bytes:
    """The file as qpdf can rebuild it. Raises Unreadable, or Empty when it has no pages."""
    import pikepdf

    rebuilt = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):  # pdfium opens no PDF without pages
                raise Empty(NO_PAGES)
            pdf.save(rebuilt)
        _document(rebuilt.getvalue()).close()
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError, RuntimeError) as error:
        raise Unreadable from error
    return rebuilt.getvalue()


def _sheets(
    document: pdfium.PdfDocument, content: bytes, limits: Limits, after: int, *, whole: bool
) -> Iterator[Sheet]:
    for index in range(after, len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise (Truncated if index else Unreadable) from error
        try:
            yield _embedded(page, limits) or _drawn(page, limits) or _drawn_by_poppler(content, index)
        finally:
            page.close()
    if not whole:
        raise Truncated


def _embedded(page: pdfium.PdfPage, limits: Limits) -> Sheet | None:
    """The page's only image in its own resolution, if it fills the page and looks like the page."""
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or not isinstance(objects[0], pdfium.PdfImage):
        return None
    picture, (across, down) = objects[0], page.get_size()
    turned = page.get_rotation()
    if turned in SIDEWAYS:
        across, down = down, across
    a, b, c, d, _, _ = picture.get_matrix().get()
    if b or c or a < WHOLE_PAGE * across or d < WHOLE_PAGE * down:
        return None
    width, height = picture.get_px_size()
    check_size(width, height, limits)
    image = picture.get_bitmap(render=False).to_pil().convert("L")
    dpi = width * POINTS / a, height * POINTS / d
    if turned:
        image = image.transpose(TURN_BACK[turned])
        dpi = dpi[::-1] if turned in SIDEWAYS else dpi
    return Sheet(image, dpi) if _looks_like(image, page) else None


def _looks_like(image: Image.Image, page: pdfium.PdfPage) -> bool:
    """Stencils and masks come out of their object inverted or bare: compare with the page as drawn."""
    drawn = page.render(scale=THUMBNAIL_DPI / POINTS, grayscale=True).to_pil().convert("L")
    small = image.resize(drawn.size, Image.Resampling.BOX)
    return abs(_darkness(small) - _darkness(drawn)) < SAME_INK


def _darkness(image: Image.Image) -> float:
    return 1 - image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) / 255  # type: ignore[operator]


def _drawn(page: pdfium.PdfPage, limits: Limits) -> Sheet | None:
    width, height = page.get_size()
    scale = FAX_DPI / POINTS
    check_size(width * scale, height * scale, limits)
    try:
        image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except pdfium.PdfiumError:
        return None
    return Sheet(image, (FAX_DPI, FAX_DPI), layer_of(page, *image.size))


def _drawn_by_poppler(content: bytes, index: int) -> Sheet:
    """The second renderer, for a page that the first one cannot draw. Raises Unreadable."""
    from pdf2image import convert_from_bytes

    try:
        pages = convert_from_bytes(  # never fmt="png": packing the picture costs more than reading it
            content,
            dpi=FAX_DPI,
            first_page=index + 1,
            last_page=index + 1,
            fmt="ppm",
            grayscale=True,
            timeout=60,
        )
    except Exception as error:  # poppler absent, a timeout, or a page that it cannot draw either
        raise Unreadable from error
    return Sheet(pages[0].convert("L"), (FAX_DPI, FAX_DPI))
