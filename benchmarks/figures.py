"""Figures as every benchmark prints them: one JSON line each, or one for reading."""

import json
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
DIGITS = 5


def figure(
    bench: str, name: str, value: float, unit: str, *, n: int, baseline: float | None = None
) -> Record:
    """One figure over `n` things; `ratio` is value over baseline, where there is one (a peer, a goal)."""
    ratio = round(value / baseline, DIGITS) if baseline else None
    compared = None if baseline is None else round(baseline, DIGITS)
    facts = {"bench": bench, "figure": name, "value": round(value, DIGITS), "unit": unit}
    return {**facts, "baseline": compared, "ratio": ratio, "n": n}


def show(records: Iterable[Record], *, as_json: bool) -> list[Record]:
    """Print each as soon as it is there, and give back all."""
    shown = []
    for record in records:
        print(json.dumps(record) if as_json else _line(record), flush=True)
        shown.append(record)
    return shown


def _line(record: Record) -> str:
    ratio = f"  {record['ratio']:.3f} of {record['baseline']:g}" if record["ratio"] else ""
    return f"{record['figure']:36} {record['value']:12.4f} {record['unit']:8} n={record['n']}{ratio}"
