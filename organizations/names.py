"""Names as keys: what two spellings of one name have in common."""

import re

from anyascii import anyascii


def name_key(*parts: str) -> str:
    """Lower case, in plain letters, without punctuation: "O'Neil-Ruíz" is "oneil ruiz", "Đặng" is "dang"."""
    text = " ".join(part for part in parts if part)
    plain = text if text.isascii() else anyascii(text)
    return re.sub(r"[^a-z0-9]+", " ", plain.lower().replace("'", "")).strip()
