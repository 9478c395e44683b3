"""Read every fax of a folder with the real pipeline, without touching a tenant's data."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gateways import GatewayError, gateway
from gateways.ocr import OcrTrouble, PageRead, PagesUnread, Truncated
from gateways.ocr.frames import as_received
from intake.extraction import Extraction, ReadField, extract

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
SIDE_FILES = {".jsonl", ".json", ".md", ".txt"}


class Command(BaseCommand):
    """`read_faxes DIR --out predictions.jsonl`: one JSON line a file, whatever happens to the file."""

    help = "Read every fax of a folder and write one JSON line a file."
    requires_system_checks = []  # no database is asked, so none needs to be there

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, where to write, and how many files to read at a time."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, folder: Path, out: Path, workers: int, **options: Any) -> None:
        """Read the files in the order of their names."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in SIDE_FILES)
        started = time.monotonic()
        pages = 0
        with out.open("w", encoding="utf-8") as lines, ThreadPoolExecutor(max(1, workers)) as pool:
            for record in pool.map(read_file, paths):
                lines.write(json.dumps(record) + "\n")
                lines.flush()
                pages += len(record["pages"])
        seconds = time.monotonic() - started
        self.stdout.write(f"{len(paths)} files, {pages} pages, {seconds:.1f} s")


def read_file(path: Path) -> dict[str, Any]:
    """What was read from one file; `cpu_s` is the CPU time of its reading process and of the extraction."""
    pages, trouble = read_pages(path)
    started = time.thread_time()
    extraction = extract(pages, today=timezone.localdate())
    seconds = sum(page.seconds for page in pages) + time.thread_time() - started
    return {
        "file": path.name,
        "status": _status(trouble),
        "trouble": str(trouble) if trouble else "",
        "cpu_s": round(seconds, 3),
        "pages": [
            {"page": page.number, "role": role, "rotation": page.turned}
            for page, role in zip(pages, extraction.page_roles, strict=True)
        ],
        "documents": list(_documents(extraction, pages)),
    }


def read_pages(path: Path) -> tuple[list[PageRead], GatewayError | None]:
    """The pages of a file by the real pipeline, and what went wrong after the last of them."""
    pages: list[PageRead] = []
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    try:
        for page in gateway("ocr").read(path.read_bytes(), media_type=media_type):
            pages.append(page)
    except GatewayError as trouble:
        return pages, trouble
    return pages, None


def _status(trouble: GatewayError | None) -> str:
    if trouble is None or isinstance(trouble, Truncated | PagesUnread):
        return "read"
    return trouble.code if isinstance(trouble, OcrTrouble) else "unavailable"


def _documents(extraction: Extraction, pages: list[PageRead]) -> Iterator[dict[str, Any]]:
    by_number = {page.number: page for page in pages}
    for document in extraction.documents:
        yield {
            "doc_class": document.doc_class,
            "page_from": document.page_from,
            "page_to": document.page_to,
            "fields": {field.key: _field(field, by_number[field.page]) for field in document.fields},
        }


def _field(field: ReadField, page: PageRead) -> dict[str, Any]:
    box = field.box
    return {
        "value": list(field.value) if isinstance(field.value, tuple) else field.value,
        "confidence": field.confidence,
        "page": field.page,
        "box": [round(edge) for edge in as_received(page, box.x, box.y, box.width, box.height)]
        if box
        else None,
        "why": field.why,
    }
