"""The OCR engines behind one small port: Tesseract as a library, or its command where that is missing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from gateways import GatewayUnavailable
from gateways.ocr import Word
from gateways.ocr.sheets import FAX_DPI

LANGUAGE = "eng"
AUTOMATIC_LAYOUT, SINGLE_BLOCK = 3, 6  # Tesseract's page segmentation modes
NO_ENGINE = (
    "No OCR engine is installed. Install Tesseract (the packages tesseract-ocr and tesseract-ocr-eng)."
)
DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)


class Engine(Protocol):
    """Reads one upright picture."""

    def words(self, image: Image.Image, *, one_block: bool = False) -> list[Word]:
        """The words of a grey picture of 204 dpi, in reading order; `one_block`: lines without a layout."""
        ...


def engine(name: str = "") -> Engine:
    """The engine of this name, or the first that is installed. Raises GatewayUnavailable."""
    folder = data_folder()
    for candidate in [name] if name else ["tesserocr", "pytesseract"]:
        try:
            return ENGINES[candidate](folder)
        except (ImportError, OSError, RuntimeError):
            continue
    raise GatewayUnavailable(NO_ENGINE)


def data_folder() -> Path:
    """Where the trained data is. TESSDATA_PREFIX comes first. Raises GatewayUnavailable."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    named = [prefix, f"{prefix}/tessdata"] if prefix else []
    for folder in map(Path, [*named, *DATA_FOLDERS]):
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise GatewayUnavailable(NO_ENGINE)


class Tesserocr:
    """Tesseract as a library: a third less CPU than its command, with the same trained data."""

    def __init__(self, folder: Path) -> None:
        import tesserocr

        self._levels = tesserocr
        self._api = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=LANGUAGE, psm=tesserocr.PSM.AUTO)

    def words(self, image: Image.Image, *, one_block: bool = False) -> list[Word]:
        """The words of a grey picture of 204 dpi, in reading order; `one_block`: lines without a layout."""
        modes = self._levels.PSM
        self._api.SetPageSegMode(modes.SINGLE_BLOCK if one_block else modes.AUTO)
        self._api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        self._api.SetSourceResolution(FAX_DPI)
        self._api.Recognize()
        try:
            return list(self._found())
        finally:
            self._api.Clear()

    def _found(self) -> Iterator[Word]:
        word = self._levels.RIL.WORD
        results = self._api.GetIterator()
        for found in self._levels.iterate_level(results, word) if results else ():
            try:
                text = found.GetUTF8Text(word).strip()
            except RuntimeError:  # a region in which no text was found
                continue
            if text:
                left, top, right, bottom = found.BoundingBox(word)
                confidence = found.Confidence(word) / 100
                yield Word(text, left, top, right - left, bottom - top, round(confidence, 4))


class Pytesseract:
    """Tesseract as a command, one process a page."""

    def __init__(self, folder: Path) -> None:
        import pytesseract

        pytesseract.get_tesseract_version()
        self._tesseract = pytesseract
        self._options = f'--tessdata-dir "{folder}" --dpi {FAX_DPI}'

    def words(self, image: Image.Image, *, one_block: bool = False) -> list[Word]:
        """The words of a grey picture of 204 dpi, in reading order; `one_block`: lines without a layout."""
        options = f"{self._options} --psm {SINGLE_BLOCK if one_block else AUTOMATIC_LAYOUT}"
        table: dict[str, list[Any]] = self._tesseract.image_to_data(
            image, lang=LANGUAGE, config=options, output_type=self._tesseract.Output.DICT
        )
        columns = zip(
            *(table[name] for name in ("text", "left", "top", "width", "height", "conf")), strict=True
        )
        return [
            Word(text.strip(), left, top, width, height, round(float(confidence) / 100, 4))
            for text, left, top, width, height, confidence in columns
            if text.strip() and float(confidence) >= 0
        ]


ENGINES: dict[str, Callable[[Path], Engine]] = {"tesserocr": Tesserocr, "pytesseract": Pytesseract}
