"""What was read from an X12 text, as plain JSON: for the command parse_x12 and for support."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from gateways.clearinghouse.x12.eligibility.reading import answer_in
from gateways.clearinghouse.x12.reader import Group, Interchange, Transaction, read


def describe(text: str | bytes) -> dict[str, Any]:
    """Interchanges, groups and transactions with warnings; a 271 also as what it means. Raises NotX12."""
    return {"interchanges": [interchange_as_json(interchange) for interchange in read(text)]}


def interchange_as_json(interchange: Interchange) -> dict[str, Any]:
    """An interchange with its warnings."""
    return {
        "sender_id": interchange.sender_id,
        "receiver_id": interchange.receiver_id,
        "control_number": interchange.control_number,
        "version": interchange.version,
        "production": interchange.production,
        "delimiters": asdict(interchange.delimiters),
        "acknowledgments": interchange.acknowledgments,
        "groups": [group_as_json(group) for group in interchange.groups],
        "warnings": [asdict(oddity) for oddity in interchange.oddities],
    }


def group_as_json(group: Group) -> dict[str, Any]:
    """A group with its transactions."""
    return {
        "kind": group.kind,
        "control_number": group.control_number,
        "guide": group.guide,
        "transactions": [transaction_as_json(transaction) for transaction in group.transactions],
    }


def transaction_as_json(transaction: Transaction) -> dict[str, Any]:
    """A transaction with its segments, and what they mean where we know."""
    described: dict[str, Any] = {
        "kind": transaction.kind,
        "control_number": transaction.control_number,
        "guide": transaction.guide,
        "segment_count": len(transaction.segments),
        "segments": transaction.segments,
    }
    if transaction.kind == "271":
        described["eligibility"] = as_json(asdict(answer_in([transaction])))
    return described


def as_json(value: Any) -> Any:
    """The value with dates and decimals written as text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(inner) for inner in value]
    return str(value) if isinstance(value, date | Decimal) else value
