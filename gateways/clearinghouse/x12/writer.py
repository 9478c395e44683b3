"""Values to X12 text (ASC X12.6). X12 has no escape, so what would divide is taken out of values."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from gateways.clearinghouse.x12.delimiters import Delimiters

STANDARD = Delimiters()
HIGHEST_CONTROL_NUMBER = 999_999_999

Value = str | tuple[str, ...] | list[str]
"""An element: a text, a composite (tuple), or repetitions (list)."""

# Letters that do not fall apart into a base letter and an accent, and punctuation that word processors make.
REPLACEMENTS = str.maketrans(
    {
        "ß": "SS",
        "æ": "AE",
        "œ": "OE",
        "ø": "O",
        "ł": "L",
        "đ": "D",
        "ð": "D",
        "þ": "TH",
        "ħ": "H",
        **dict.fromkeys("`\u2018\u2019\u02bb\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2013\u2014", "-"),
    }
)
OUTSIDE_X12 = re.compile(r"[^ -~]+")


def segment(name: str, *values: Value, delimiters: Delimiters = STANDARD) -> str:
    """One segment with its terminator: values cleaned, empty ones at the end left out."""
    elements = [element(value, delimiters) for value in values]
    return trimmed([name, *elements], delimiters.element) + delimiters.segment


def envelope(
    body: Sequence[str],
    *,
    kind: str,
    group: str,
    guide: str,
    sender_id: str,
    receiver_id: str,
    control_number: int,
    at: datetime,
    production: bool,
    delimiters: Delimiters = STANDARD,
) -> str:
    """An interchange of one group of one transaction around its segments.

    The control number comes from the caller, who never gives one twice to the same partner.
    """
    if not 0 < control_number <= HIGHEST_CONTROL_NUMBER:
        raise ValueError("A control number has at most nine digits and is not zero.")
    number, parties = str(control_number), (sender_id[:15], receiver_id[:15])
    moment = (f"{at:%Y%m%d}", f"{at:%H%M}")
    return "".join(
        (
            isa(parties, control_number, at, production, delimiters),
            segment("GS", group, *parties, *moment, number, "X", guide, delimiters=delimiters),
            segment("ST", kind, "0001", guide, delimiters=delimiters),
            *body,
            segment("SE", str(len(body) + 2), "0001", delimiters=delimiters),
            segment("GE", "1", number, delimiters=delimiters),
            segment("IEA", "1", f"{control_number:09d}", delimiters=delimiters),
        )
    )


def isa(
    parties: tuple[str, str], control_number: int, at: datetime, production: bool, delimiters: Delimiters
) -> str:
    """The ISA, 106 characters whatever it holds: its elements have fixed widths and are never trimmed."""
    sender, receiver = (clean(party, delimiters)[:15].ljust(15) for party in parties)
    elements = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", sender, "ZZ", receiver]
    elements += [f"{at:%y%m%d}", f"{at:%H%M}", delimiters.repetition or "U", "00501"]
    elements += [f"{control_number:09d}", "0", "P" if production else "T", delimiters.component]
    return delimiters.element.join(elements) + delimiters.segment


def element(value: Value, delimiters: Delimiters) -> str:
    """The text of one element."""
    if isinstance(value, str):
        return clean(value, delimiters)
    divider = delimiters.component if isinstance(value, tuple) else delimiters.repetition
    return trimmed([clean(part, delimiters) for part in value], divider)


def trimmed(parts: list[str], divider: str) -> str:
    """The parts joined, without empty ones at the end."""
    while parts and not parts[-1]:
        parts.pop()
    return divider.join(parts)


def clean(value: str, delimiters: Delimiters = STANDARD) -> str:
    """A value in the X12 character set: upper case, without accents, without the characters that divide."""
    plain = value.lower().translate(REPLACEMENTS)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = OUTSIDE_X12.sub(" ", plain).upper()
    for mark in (delimiters.element, delimiters.repetition, delimiters.component, delimiters.segment):
        plain = plain.replace(mark, " ") if mark else plain
    return " ".join(plain.split())
