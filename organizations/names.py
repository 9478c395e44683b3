"""Names as keys: what two spellings of one name have in common."""

import re
import unicodedata


def name_key(*parts: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces: "O'Neil-Ruíz" is "oneil ruiz"."""
    text = unicodedata.normalize("NFKD", " ".join(p for p in parts if p))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", " ", text).strip()
