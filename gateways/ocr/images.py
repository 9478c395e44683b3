"""Pages of TIFF, PNG and JPEG files, frame by frame."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, TiffImagePlugin

from gateways.ocr import OcrTrouble, Truncated, Unreadable
from gateways.ocr.limits import Limits
from gateways.ocr.sheets import Opened, Sheet, believable, check_size

# Loaded now: each reader is a fork that would load them again, and for a missing format all that Pillow has.
Image.preinit()  # PNG and JPEG
Image.MAX_IMAGE_PIXELS = None  # check_size asks first, with a lower bound than Pillow's own


def open_image(content: bytes, limits: Limits, after: int = 0) -> Opened:
    """Open an image file of one or many frames at the frame after so many."""
    warnings.simplefilter("ignore")  # Pillow warns of each odd tag; the troubles below say what matters
    try:
        image = Image.open(io.BytesIO(content), formats=(TiffImagePlugin.TiffImageFile.format, "PNG", "JPEG"))
    except Exception as error:  # decoders of foreign bytes raise almost anything
        raise Unreadable from error
    return Opened(_frames(image), _sheets(image, limits, after))


def _frames(image: Image.Image) -> int | None:
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception:  # the directory breaks off; its good frames are still read one by one
        return None


def _sheets(image: Image.Image, limits: Limits, after: int) -> Iterator[Sheet]:
    number = after
    while True:
        try:
            image.seek(number)
            check_size(*image.size, limits)
            image.load()
            sheet = _sheet(image)
        except EOFError:
            break
        except (OcrTrouble, MemoryError):
            raise
        except Exception as error:  # a cut TIFF has been seen to raise TypeError, OSError and SyntaxError
            raise (Truncated if number else Unreadable) from error
        yield sheet
        number += 1
    if not number:
        raise Unreadable


def _sheet(image: Image.Image) -> Sheet:
    x, y = image.info.get("dpi", (0, 0))
    upright = ImageOps.exif_transpose(image)
    return Sheet(_grey(upright), believable((float(x), float(y)), upright.width))


def _grey(image: Image.Image) -> Image.Image:
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    if image.mode.startswith("I"):  # 16-bit greys: convert() would clip them to white
        image = image.convert("I").point(lambda level: level / 256)
    return image.convert("L")
