"""Identifiers: UUIDv7 keys made in Python, and codes a person can read aloud."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7

# Crockford's base 32: no I, L, O or U, so a code survives a fax and a telephone.
READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def uuid7() -> UUID:
    """A time-ordered key. It reveals when it was made: never use one as a secret."""
    return _uuid7()


def readable_code(length: int) -> str:
    """A random code of 5 bits a character."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def normalise_code(typed: str) -> str:
    """What the person meant: case, spaces, dashes and the letters O, I and L do not matter."""
    return "".join(c for c in typed.upper().translate(MISREAD) if c in READABLE)
