"""How well the reader reads faxes whose truth is known: F1 of fields, classes, cuts, calibration."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from intake.extraction import ReadDocument, extract
from intake.training.calibrating import expected_error, reliability
from intake.training.faxes import KnownFax
from intake.training.truths import SEVERAL, Truth, agrees

DIGITS = 4


class Judge:
    """Counts over one set."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.sure: dict[str, list[float]] = {}
        self.right: dict[str, list[bool]] = {}

    def hear(self, fax: KnownFax) -> None:
        """Read one fax and compare."""
        read = extract(fax.pages, today=fax.today).documents
        found = tuple((document.doc_class, document.page_from, document.page_to) for document in read)
        self._count("class", "right" if found[:1] and found[0][0] == fax.papers[0][0] else "wrong")
        cuts = [paper[1:] for paper in fax.papers] == [paper[1:] for paper in found]
        self._count("cut", "right" if cuts else "wrong")
        for doc_class, first, last in fax.papers:
            if doc_class == "referral":
                paper = next((d for d in read if d.page_from <= last and d.page_to >= first), None)
                self._fields(fax.kind, paper, fax.truths[min(first, len(fax.truths)) - 1])

    def _fields(self, kind: str, paper: ReadDocument | None, truth: Truth) -> None:
        fields = {field.key: field for field in paper.fields} if paper else {}
        for key in {*fields, *truth}:
            value = fields[key].value if key in fields else ""
            if key in fields:
                right = agrees(key, value, truth)
                self.sure.setdefault(key, []).append(fields[key].confidence)
                self.right.setdefault(key, []).append(right)
            if key in SEVERAL:
                self._codes(kind, key, set(value), set(truth.get(key) or ()))
            else:
                self._one(kind, bool(value), bool(truth.get(key)), agrees(key, value, truth))

    def _codes(self, kind: str, key: str, read: set[str], known: set[str]) -> None:
        self.counts[kind, "right"] += len(read & known)
        self.counts[kind, "extra"] += len(read - known)
        self.counts[kind, "missed"] += len(known - read)

    def _one(self, kind: str, read: bool, known: bool, right: bool) -> None:
        self.counts[kind, "right"] += right
        self.counts[kind, "extra"] += read and not right
        self.counts[kind, "missed"] += known and not right

    def _count(self, what: str, how: str) -> None:
        self.counts[what, how] += 1

    def verdict(self) -> dict[str, Any]:
        """F1 by slice, shares of right classes and cuts, and the calibration of each field."""
        kinds = sorted({kind for kind, _ in self.counts} - {"class", "cut"})
        every = [one for key in self.sure for one in zip(self.sure[key], self.right[key], strict=True)]
        bins = reliability([sure for sure, _ in every], [right for _, right in every])
        return {
            "f1": {kind: self._f1(kind) for kind in kinds},
            "class_right": self._share("class"),
            "cut_right": self._share("cut"),
            "expected_calibration_error": round(expected_error(bins), DIGITS),
            "calibration": {
                "all": bins,
                **{key: reliability(self.sure[key], self.right[key]) for key in sorted(self.sure)},
            },
        }

    def _f1(self, kind: str) -> float:
        right, extra, missed = (self.counts[kind, how] for how in ("right", "extra", "missed"))
        return round(2 * right / (2 * right + extra + missed), DIGITS) if right else 0.0

    def _share(self, what: str) -> float:
        right = self.counts[what, "right"]
        return round(right / max(1, right + self.counts[what, "wrong"]), DIGITS)


def judge(faxes: Sequence[KnownFax]) -> dict[str, Any]:
    """The verdict over a set."""
    judging = Judge()
    for fax in faxes:
        judging.hear(fax)
    return {"faxes": len(faxes), "pages": sum(len(fax.pages) for fax in faxes), **judging.verdict()}
