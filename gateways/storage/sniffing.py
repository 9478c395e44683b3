"""What a file is, by its first bytes and never by its name or by what the sender calls it."""

import puremagic

PDF = "application/pdf"
TIFF = "image/tiff"
PNG = "image/png"
JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"

HEAD_BYTES = 4096
"""How much of a file `sniff` wants to see."""

SIGNATURES = (
    (b"%PDF-", PDF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
READABLE = frozenset(kind for _, kind in SIGNATURES)
CONFIDENT = 0.5


def sniff(head: bytes) -> str:
    """The media type of a file that begins with these bytes, or application/octet-stream."""
    # Fax servers put a printer job header, blank lines or a byte order mark before a PDF.
    start = after_printer_header(head).removeprefix(b"\xef\xbb\xbf").lstrip(b"\x00\t\n\f\r ")
    if start.startswith(b"%PDF-"):
        return PDF
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    return elsewhere_known(head)


def after_printer_header(head: bytes) -> bytes:
    """What follows a PJL job header (HP PJL Technical Reference, chapter 2), or all of it without one."""
    if not head.startswith(b"\x1b%-12345X"):
        return head
    start = head.find(b"%PDF-")
    return head[start:] if start > 0 else head


def elsewhere_known(head: bytes) -> str:
    """What puremagic calls a file that is none of ours, so that its sender can be told what it is."""
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    if best.confidence < CONFIDENT or best.mime_type in READABLE:
        return UNKNOWN
    return best.mime_type or UNKNOWN
