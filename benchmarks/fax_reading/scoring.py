"""How well a set of faxes was read: fields, classes, splits and turns, by the rules that acceptance uses.

Fields are asked of true referrals only. A document is paired with the true one it shares most pages with; a
true referral without a partner loses all its fields, and what a system files as a referral though there is
none counts against it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.fax_reading.comparing import RULES, SETS, as_list, is_empty, is_right, squash

Record = dict[str, Any]
PRINTED_FINE, PRINTED_STANDARD, HANDWRITTEN = "printed_fine", "printed_standard", "handwritten"


@dataclass(slots=True)
class Tally:
    """Right, wrong and missing values."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, right: int = 0, wrong: int = 0, missing: int = 0) -> None:
        """Count these too."""
        self.right += right
        self.wrong += wrong
        self.missing += missing

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall (0 to 1)."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missing)

    @property
    def precision(self) -> float:
        """Share of the values read that are right (0 to 1)."""
        return self.right / max(1, self.right + self.wrong)


@dataclass(slots=True)
class Score:
    """What one or more faxes were read to, against their truth."""

    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slices: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    classes: list[bool] = field(default_factory=list)
    splits: list[bool] = field(default_factory=list)
    turns: list[bool] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)  # confidence, and whether it was right
    asked: int = 0

    def count(self, key: str, slice_name: str, right: int = 0, wrong: int = 0, missing: int = 0) -> None:
        """Count values of a field."""
        for tally in (self.fields[key], self.slices[slice_name]):
            tally.add(right, wrong, missing)


def score(truths: Sequence[Record], read: dict[str, Record], total: Score | None = None) -> Score:
    """The score of what was read, by file name, on top of `total`; a file that is not there was not read."""
    total = total or Score()
    for truth in truths:
        for name in [name for name in truth["files"] if name in read] or truth["files"][:1]:
            _score_fax(total, truth, read.get(name, {}))
    return total


def _score_fax(total: Score, truth: Record, read: Record) -> None:
    usable = read if read.get("status", "read") == "read" else {}
    documents, pages = usable.get("documents", []), usable.get("pages", [])
    turns = {page["page"]: page["rotation"] for page in pages}
    total.turns += [turns.get(page["page"]) == page["rotation"] for page in truth["pages"]]
    total.splits.append(_ranges(truth["documents"]) == sorted(_ranges(documents)))
    pairs = _pairs(truth["documents"], documents)
    for place, true in enumerate(truth["documents"]):
        found = documents[pairs[place]] if place in pairs else {}
        total.classes.append(found.get("doc_class") == true["doc_class"])
        _score_document(total, _slice(truth, true), true, found)
    for place, found in enumerate(documents):
        if place not in pairs.values() and found["doc_class"] == "referral":
            _count_as_wrong(total, _slice(truth, truth["documents"][0]), found)


def _ranges(documents: Sequence[Record]) -> list[tuple[int, int]]:
    return [(document["page_from"], document["page_to"]) for document in documents]


def _pairs(true: Sequence[Record], found: Sequence[Record]) -> dict[int, int]:
    """Places of true documents to places of found ones, by pages in common; most first, then the earlier."""
    shared = [
        (-common, one, other)
        for one, (first, last) in enumerate(_ranges(true))
        for other, (begin, end) in enumerate(_ranges(found))
        if (common := min(last, end) - max(first, begin) + 1) > 0
    ]
    pairs: dict[int, int] = {}
    for _, one, other in sorted(shared):
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs


def _slice(fax: Record, document: Record) -> str:
    if document.get("handwritten", fax.get("handwritten")):
        return HANDWRITTEN
    return PRINTED_FINE if fax["resolution"] == "fine" else PRINTED_STANDARD


def _score_document(total: Score, slice_name: str, true: Record, found: Record) -> None:
    if true["doc_class"] != "referral":
        if found.get("doc_class") == "referral":
            _count_as_wrong(total, slice_name, found)
        return
    values = dict(_values(found))
    for key in RULES:
        if key in true.get("ignored", ()):
            continue
        wanted, got = true["fields"].get(key), values.get(key, {})
        total.asked += not is_empty(wanted)
        right, wrong, missing, whole = _compare(
            key, wanted, true.get("alternatives", {}).get(key, []), got.get("value")
        )
        total.count(key, slice_name, right, wrong, missing)
        if got:
            total.judged.append((got["confidence"], whole))


def _values(document: Record) -> Iterator[tuple[str, Record]]:
    for key, entry in document.get("fields", {}).items():
        if key in RULES and not is_empty(entry["value"]):
            yield key, entry


def _count_as_wrong(total: Score, slice_name: str, found: Record) -> None:
    """Values that would be filed though there is no such referral."""
    for key, entry in _values(found):
        total.count(key, slice_name, wrong=len(as_list(entry["value"])) if key in SETS else 1)
        total.judged.append((entry["confidence"], False))


def _compare(key: str, wanted: Any, others: Sequence[Any], got: Any) -> tuple[int, int, int, bool]:
    """How many are right, wrong and missing, and whether the field as a whole is right."""
    if key in SETS:
        true, read = ({squash(code) for code in as_list(value)} for value in (wanted, got))
        return len(true & read), len(read - true), len(true - read), true == read
    if is_empty(got):
        return 0, 0, int(not is_empty(wanted)), is_empty(wanted)
    if is_empty(wanted):
        return 0, 1, 0, False
    value = " ".join(map(str, as_list(got))) if isinstance(got, list | tuple) else got
    right = any(is_right(key, one, value) for one in (wanted, *others))
    return int(right), int(not right), int(not right), right
