"""The record that goes with the weights: how they came about, what they score, and their own fingerprints."""

import hashlib
import json
from pathlib import Path
from typing import Any

from intake.extraction.tagging import MODEL

RECORD, CARD = MODEL / "record.json", MODEL / "README.md"
WEIGHTS = ("tagger.onnx", "scorer.npz", "confidence.json")
SOURCES = Path(__file__).resolve().parent.parent


def write(facts: dict[str, Any]) -> None:
    """Write the record as data and as a page for people."""
    record = {**facts, "sources": sources(), "files": {name: fingerprint(MODEL / name) for name in WEIGHTS}}
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    CARD.write_text(_card(record), encoding="utf-8")


def read() -> dict[str, Any]:
    """The record as it is."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def fingerprint(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sources() -> str:
    """One fingerprint of everything that decides the weights: the generator, the trainer and the features."""
    parts = [*sorted((SOURCES / "training").rglob("*.py")), *sorted((SOURCES / "training").rglob("*.toml"))]
    parts += sorted((SOURCES / "extraction").glob("*.py")) + sorted((SOURCES / "vocabulary").glob("*.toml"))
    return hashlib.sha256("".join(fingerprint(path) for path in parts).encode()).hexdigest()


CARD_HEAD = """# The trained reader

Weights of the fax reader: `tagger.onnx` gives every word and page a role, `scorer.npz` decides which
candidate plays which role, `confidence.json` says how sure a value is. They learned from made-up pages
(`intake/training`) and, for scorer and confidence, from drawn and OCR-read faxes (`benchmarks/faxes`);
no patient's data is in them. Do not edit: `./dev manage train_reader` writes them all.

{runs_in_words} Made on {made_on}. {note}

| set | faxes | F1 | class right | cut right | calibration error |
|---|---|---|---|---|---|
"""
RUN = "Seed {seed}, {steps} steps{ended}, {pages} made-up pages."
CARD_ROW = (
    "| {name} | {faxes} | {by_kind} | {class_right:.3f} | {cut_right:.3f}"
    " | {expected_calibration_error:.3f} |"
)
CARD_FOOT = "\n\nThe bins of each field's calibration are in `record.json`.\n"


def _card(record: dict[str, Any]) -> str:
    rows = []
    for name, score in record["scores"].items():
        by_kind = ", ".join(f"{kind} {100 * value:.1f}" for kind, value in score["f1"].items())
        rows.append(CARD_ROW.format(name=name, by_kind=by_kind, **score))
    runs = " Then ".join(RUN.format(**run, ended=_ended(run)) for run in record["runs"])
    return CARD_HEAD.format(runs_in_words=runs, **record) + "\n".join(rows) + CARD_FOOT


def _ended(run: dict[str, Any]) -> str:
    return f" planned, ended after {run['broken_off']}" if run.get("broken_off") else ""
