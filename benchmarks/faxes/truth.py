"""What is true of a fax: one line of truth.jsonl, in the form that predictions are scored against.

Boxes are pixels of the page as received, before any turning, at the file's own resolution.
"""

from typing import Any

from benchmarks.faxes.cases import FIELDS, Case
from benchmarks.faxes.layouts import Layout
from benchmarks.faxes.sending import Sending, Sheet

Record = dict[str, Any]

NOBODYS = ("junk", "blank", "confirmation")  # documents about no patient


def fax_truth(sending: Sending, sheets: list[Sheet], files: list[str]) -> Record:
    """The whole line."""
    return {
        "id": sending.fax_id,
        "set": sending.set_name,
        "seed": sending.seed,
        "template": sending.documents[0][0].name,
        "modifier": sending.modifier,
        "level": sending.level,
        "resolution": "fine" if sending.fine else "standard",
        "dpi": list(sending.dpi),
        "files": files,
        "n_pages": len(sheets),
        "handwritten": any(layout.handwritten for layout, _ in sending.documents),
        "documents": [
            _document(layout, case, place, sheets) for place, (layout, case) in enumerate(sending.documents)
        ],
        "pages": [_page(sheet, number) for number, sheet in enumerate(sheets, 1)],
    }


def _document(layout: Layout, case: Case, place: int, sheets: list[Sheet]) -> Record:
    numbers = [number for number, sheet in enumerate(sheets, 1) if sheet.document == place]
    boxes = _boxes(sheets, numbers)
    cut = _cut(sheets, numbers)
    others = {field: list(case.alternatives[field]) for field in boxes if field in case.alternatives}
    patient = case.patient
    known = {"first": patient.first, "last": patient.last, "dob": patient.born.isoformat()}
    return {
        "doc_class": layout.doc_class,
        "page_from": numbers[0],
        "page_to": numbers[-1],
        "patient": None if layout.doc_class in NOBODYS else known,
        "fields": {field: case.truth(field) for field in FIELDS if field in boxes},
        "boxes": boxes,
        **({"alternatives": others} if others else {}),
        **({"ignored": cut} if cut else {}),
    }


def _boxes(sheets: list[Sheet], numbers: list[int]) -> dict[str, list[Record]]:
    """Where each field's values stand; a value that fell off the sheet is not there."""
    boxes: dict[str, list[Record]] = {}
    for number in numbers:
        sheet = sheets[number - 1]
        for mark in sheet.page.marks:
            if box := sheet.received.placement.box(mark.box):
                boxes.setdefault(mark.field, []).append({"page": number, "box": box})
    return boxes


def _cut(sheets: list[Sheet], numbers: list[int]) -> list[str]:
    """Fields with a value that runs over the edge of the sheet: nobody can be asked to read them."""
    fields = {
        mark.field
        for number in numbers
        for mark in sheets[number - 1].page.marks
        if sheets[number - 1].received.placement.is_cut(mark.box)
    }
    return sorted(fields)


def _page(sheet: Sheet, number: int) -> Record:
    received = sheet.received
    return {
        "page": number,
        "role": sheet.page.role,
        "rotation": received.placement.rotation,
        "doc": sheet.document,
        "width": received.image.width,
        "height": received.image.height,
        "skew": received.skew,
        "morph": received.morph,
        "lines": _lines(sheet),
    }


def _lines(sheet: Sheet) -> list[Record]:
    lines = []
    for line in sheet.page.lines:
        if box := sheet.received.placement.box(line.box):
            lines.append({"t": line.text, "box": box, **({"hand": 1} if line.by_hand else {})})
    return lines
