"""What a file is by its first bytes; its name and declared type are never trusted.

A file may be made to look like two kinds. Its very first bytes decide, so that everybody sees the same pages.
"""

MAGIC = {
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"II+\x00": "tiff",
    b"MM\x00+": "tiff",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
}
PDF_WITHIN = 1024  # readers accept leading junk before %PDF- (ISO 32000-1 annex H, note 13)


def kind_of(content: bytes) -> str | None:
    """ "pdf", "tiff", "png", "jpeg", or None for anything else."""
    image = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), None)
    return image or ("pdf" if b"%PDF-" in content[:PDF_WITHIN] else None)
