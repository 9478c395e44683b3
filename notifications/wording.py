"""What a message may say. Pure: texts in, refusals out.

A text or an e-mail is read by whoever holds the phone, so it names the practice, a link, a telephone number,
a day and a time, and nothing about the person or the reason (45 CFR 164.502(b), 164.530(c)).
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from math import ceil

# GSM 03.38 (3GPP TS 23.038): one unit each, and two units each for those behind the escape character.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_ESCAPED = frozenset("^{}\\[~]|€\f")
ONE_PART = {"gsm": 160, "ucs": 70}
MANY_PARTS = {"gsm": 153, "ucs": 67}  # the rest carries the number of the part


class Reveals(ValueError):
    """A message would have told something about the patient. The text does not repeat what."""


def refuse_health_information(text: str, *, forbidden: Iterable[str], own: str = "") -> None:
    """Raise Reveals when the text holds a forbidden word or phrase, whole and in any case or accent.

    `own` is what the message says anyway, whoever it is for: its fixed wording and the practice's name. A
    patient called Day or May is not told by the word "day".
    """
    said, always_said = _key(text), _key(own)
    for phrase in forbidden:
        key = _key(phrase)
        if key.strip() and key in said and key not in always_said:
            raise Reveals("A message held something about the patient and was not sent.")


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return f" {re.sub(r'[^a-z0-9]+', ' ', plain).strip()} "


def ways_to_write(day: date) -> list[str]:
    """A birth date as it might slip into a text."""
    return [
        f"{day:%Y-%m-%d}",
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m/%d/%y}",
        f"{day:%d/%m/%Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day:%Y%m%d}",
    ]


def for_phone(text: str) -> str:
    """The text with letters outside GSM written plainly where that can be done: sáb becomes sab.

    One such letter would turn a text of one part into three.
    """
    return "".join(c if c in GSM or c in GSM_ESCAPED else _plain(c) for c in text)


def _plain(letter: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return base if base and set(base) <= GSM else letter


def parts(text: str) -> int:
    """How many texts a carrier counts: 160 GSM characters in one, 70 when any letter is outside GSM."""
    units = gsm_units(text)
    alphabet, length = ("ucs", len(text.encode("utf-16-be")) // 2) if units is None else ("gsm", units)
    return 1 if length <= ONE_PART[alphabet] else ceil(length / MANY_PARTS[alphabet])


def gsm_units(text: str) -> int | None:
    """The length in GSM characters (3GPP TS 23.038), or None when a letter is outside the alphabet."""
    if not set(text) <= GSM | GSM_ESCAPED:
        return None
    return len(text) + sum(c in GSM_ESCAPED for c in text)
