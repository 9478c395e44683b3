"""ICD-10-CM and CPT/HCPCS codes.

ICD-10-CM codes are checked against the list of the simple-icd-10-cm package. Only its list of codes is read
(30 ms, 12 MB): importing the package builds its whole tree (1.5 s, 175 MB). CPT codes are checked by shape
alone, for the list is the property of the AMA and is not shipped.
"""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.extraction.text import as_digits

ICD_SHAPE = re.compile(
    r"(?<![A-Za-z0-9.])[A-Za-z|01258][0-9OoQDlI|iSBZz][0-9A-Za-z|](?:(?:\s?\.\s?|,|)[0-9A-Za-z|]{1,4})?(?![A-Za-z0-9])"
)
CPT_SHAPE = re.compile(r"(?<![\dA-Za-z.\-/$])(?:\d{5}|\d{4}[FTU]|[A-CEGHJ-MPQ-V]\d{4})(?![\dA-Za-z]|[-/.]\d)")
LETTER_FIRST = {"1": "I", "|": "I", "L": "I", "5": "S", "0": "O", "8": "B", "2": "Z"}
CPT_RANGE = range(100, 99_608)  # category I: 00100 to 99607
CATEGORY = 3  # characters before the dot


@dataclass(frozen=True, slots=True)
class Coded:
    """A code found in a text; `certain` is False without a dot or first letter: it may be one by chance."""

    code: str
    start: int
    stop: int
    repaired: bool
    certain: bool = True


def icd10(text: str) -> Iterator[Coded]:
    """Each valid, billable ICD-10-CM code of the text, with its dot; confused characters are repaired."""
    for match in ICD_SHAPE.finditer(text):
        raw = re.sub(r"\s", "", match[0]).replace(",", ".").upper()
        for attempt in dict.fromkeys(_readings(raw)):
            if is_icd10(attempt):
                code = with_dot(attempt)
                certain = "." in raw and raw[0].isalpha()
                yield Coded(code, match.start(), match.end(), attempt != raw, certain)
                break


def cpt(text: str) -> Iterator[Coded]:
    """Each run of characters shaped like a CPT or HCPCS code (a ZIP is too: surroundings must tell)."""
    for match in CPT_SHAPE.finditer(text):
        if not match[0].isdigit() or int(match[0]) in CPT_RANGE:
            yield Coded(match[0], match.start(), match.end(), False)


def is_icd10(code: str) -> bool:
    """Whether it is a code that may be billed: a leaf of the classification of the current fiscal year."""
    return code.replace(".", "").upper() in _billable()


def with_dot(code: str) -> str:
    """The code as it is written: a dot after the third character."""
    bare = code.replace(".", "")
    return bare if len(bare) == CATEGORY else f"{bare[:CATEGORY]}.{bare[CATEGORY:]}"


def _readings(raw: str) -> Iterator[str]:
    """The code as read, then with the characters that OCR confuses turned back."""
    head, dot, tail = raw.partition(".")
    first = LETTER_FIRST.get(raw[0], raw[0]) if dot else raw[0]
    yield raw
    for start in (raw[0], first):
        yield start + as_digits(head[1]) + head[2:] + dot + tail
        yield start + as_digits(head[1:]) + dot + tail
        yield start + as_digits(head[1:]) + dot + as_digits(tail)


@cache
def _billable() -> frozenset[str]:
    lines = [
        line
        for line in _code_list().read_text(encoding="utf-8").split()
        if "-" not in line and len(line) >= CATEGORY
    ]
    following = [*lines[1:], ""]
    return frozenset(code for code, after in zip(lines, following, strict=True) if not after.startswith(code))


def _code_list() -> Path:
    found = importlib.util.find_spec("simple_icd_10_cm")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("simple-icd-10-cm")
    folder = Path(found.submodule_search_locations[0]) / "data"
    return next(folder.glob("code-list-*.txt"))
