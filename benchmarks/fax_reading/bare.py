"""The yardstick: the bare tesseract command on the same pages, made ready for it in advance.

It gets what our own reading has to find out: upright pages with square pixels, straightened, one PNG each.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gateways.ocr import imaging
from gateways.ocr.limits import Limits
from gateways.ocr.opening import open_file
from gateways.ocr.orientation import turned_upright

ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}  # without it the command takes three times the CPU


def prepared(fax: Path, truth: dict[str, Any], folder: Path) -> Iterator[Path]:
    """The pages of a fax as upright PNGs in that folder."""
    sheets = open_file(fax.read_bytes(), Limits()).sheets
    for page, sheet in zip(truth["pages"], sheets, strict=False):
        image = turned_upright(imaging.without_shadows(imaging.squared(sheet)), page["rotation"])
        path = folder / f"{fax.stem}-{page['page']}.png"
        path.write_bytes(imaging.png_of(imaging.straightened(image)[0]))
        yield path


def cpu_seconds(page: Path) -> float:
    """CPU time of the command on one page."""
    process = subprocess.Popen(
        ["tesseract", page, "-", "--psm", "3", "tsv"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | ENVIRONMENT,
    )  # fmt: skip
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime
