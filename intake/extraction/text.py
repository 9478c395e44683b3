"""Text as it is compared: without case, accents and punctuation."""

import unicodedata
from functools import lru_cache

ZERO, ONE = "OoQD", "lI|i"
DIGIT_FOR = str.maketrans(ZERO + ONE + "SsBZzGgA", "00001111" + "55822664")
LETTER_FOR = str.maketrans("015826", "OISBZG")


@lru_cache(maxsize=1 << 15)  # pages ask for the same phrases again and again
def plain(text: str) -> str:
    """Lower-case letters, digits and # in single-spaced words; accents gone, all else a space."""
    bare = text.lower()
    if not bare.isascii():
        spread = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(bare.translate(_SPACES).split())


def squashed(text: str) -> str:
    """Letters and digits only, upper case: how two values are compared."""
    return plain(text).replace(" ", "").replace("#", "").upper()


def as_digits(text: str) -> str:
    """The text with letters that OCR takes digits for turned back: O to 0, I and l to 1, S to 5, B to 8."""
    return text.translate(DIGIT_FOR)


def tidy(text: str) -> str:
    """A value without the rules, dots and colons that surround it on a form."""
    return " ".join(text.split()).strip(" .,:;|_-–—~*'\"“”‘[]{}=<>\\/")


_SPACES = {code: " " for code in range(0x2500) if not (chr(code).isalnum() or chr(code) == "#")}
_SPACES.update(dict.fromkeys((ord("'"), 0x2019), ""))
