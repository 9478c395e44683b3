"""Proof that a call is our partner's: a signature over its time and its body, made within five minutes.

Two forms: HMAC-SHA256 under a shared secret (our own form), and Ed25519 under a public key (RFC 8032).
"""

import base64
import binascii
import hashlib
import hmac
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
FRESH_SECONDS = 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The X-Signature header for a body sent at a timestamp (seconds since 1970)."""
    signed = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(*, secret: str, timestamp: str, given: str, body: bytes, now: float) -> bool:
    """Whether a body carries the signature of who shares our secret, made just now. Never raises."""
    return is_fresh(timestamp, now) and same(given, signature(secret, timestamp, body))


def is_signed_by(*, public_key: str, timestamp: str, given: str, body: bytes, now: float) -> bool:
    """Whether the owner of an Ed25519 key (base64) signed `timestamp|body` just now. Never raises."""
    if not is_fresh(timestamp, now):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(given, validate=True), timestamp.encode() + b"|" + body)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def is_fresh(timestamp: str, now: float) -> bool:
    """Whether a timestamp (seconds since 1970) is within five minutes of now, either way."""
    return bool(TIMESTAMP.fullmatch(timestamp)) and abs(now - int(timestamp)) <= FRESH_SECONDS


def same(given: str, ours: str) -> bool:
    """Whether two texts are equal, found out in a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode(errors="replace"), ours.encode())
