"""The sample faxes that can be sent in, with what is on each."""

import re
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "referralhub" / "demo" / "faxes"
LINE = re.compile(r"^\| (sample-\S+) \| (.+?) \|", re.MULTILINE)


def samples() -> dict[str, str]:
    """File names with what is on them, as the folder's README says."""
    return dict(LINE.findall((FOLDER / "README.md").read_text()))


def transmission(name: str, *, again: bool) -> BytesIO:
    """One of the samples as it comes off the line; raises KeyError for any other name.

    No two calls are alike to the byte, and what comes twice alike is a duplicate: so a few bytes are added
    behind the end of the file, where readers of PDF and TIFF do not look, unless it is to be sent again.
    """
    if name not in samples():
        raise KeyError(name)
    content = (FOLDER / name).read_bytes()
    return BytesIO(content if again else content + f"\n% call {uuid4()}\n".encode())
