"""Faxes with their truth, as the second and third stage of training want them: made up, or drawn and read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from intake.extraction import PageText
from intake.extraction.roles import CLASS_OF_ROLE
from intake.training.pages import samples
from intake.training.truths import Truth, of_case

LATEST = date(2026, 11, 25)  # the day on which drawn faxes are taken to come


@dataclass(frozen=True)
class KnownFax:
    """Pages and what is true of them; `truths[i]` is that of page i+1. `layout` names who drew it."""

    pages: Sequence[PageText]
    truths: Sequence[Truth]
    layout: str
    today: date
    papers: tuple[tuple[str, int, int], ...]  # class, first and last page of each
    kind: str  # which slice of a set it belongs to


def made_up(seed: str, count: int) -> Iterator[KnownFax]:
    """Papers with wordings that the tagger never learned."""
    for number in range(count):
        pages = samples(f"{seed}-{number}", aside=True)
        case, role = pages[0].case, pages[0].role
        yield KnownFax(
            pages,
            [of_case(case)] * len(pages),
            "made up",
            case.sent + timedelta(days=number % 40),
            ((CLASS_OF_ROLE.get(role, role), 1, len(pages)),),
            "made up",
        )


def drawn(truth_file: Path, read: Mapping[str, Sequence[PageText]]) -> Iterator[KnownFax]:
    """Drawn faxes by the words that OCR read; `read` has the pages of each file."""
    for line in truth_file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for name in record["files"]:
            if pages := read.get(name):
                yield KnownFax(
                    pages,
                    [_of_page(record, page.number) for page in pages],
                    record["template"],
                    LATEST,
                    _papers(record),
                    _kind(record),
                )


def _papers(record: dict[str, Any]) -> tuple[tuple[str, int, int], ...]:
    return tuple((paper["doc_class"], paper["page_from"], paper["page_to"]) for paper in record["documents"])


def _kind(record: dict[str, Any]) -> str:
    return "handwritten" if record.get("handwritten") else f"printed {record['resolution']}"


def _of_page(record: dict[str, Any], number: int) -> Truth:
    papers = record["documents"]
    return next((p["fields"] for p in papers if p["page_from"] <= number <= p["page_to"]), {})


def half(fax: KnownFax, index: int) -> int:
    """0 or 1: the half that a fax falls into; drawn ones by layout, so that no layout is in both."""
    return index % 2 if fax.layout == "made up" else crc32(fax.layout.encode()) % 2
