"""Which files are worth reading, and what is said of the others. Pure."""

READABLE = frozenset({"application/pdf", "image/tiff", "image/png", "image/jpeg"})
MEBIBYTE = 1024 * 1024
KINDS = {
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/vnd.ms-excel": "a spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
    "application/zip": "a ZIP archive",
    "application/xml": "an XML file",
    "text/html": "a web page",
}


def why_not_read(*, media_type: str, size: int, limit: int) -> str:
    """Empty for a file that can be read; else one sentence for the person who opens it. Sizes in bytes."""
    if size == 0:
        return "This file is empty. Ask the sender to send it again."
    if size > limit:
        has, most = -(-size // MEBIBYTE), limit // MEBIBYTE
        return f"This file has {has} MB, and up to {most} MB are read. Ask for it in parts."
    if media_type not in READABLE:
        kind = KINDS.get(media_type)
        looks = f"It looks like {kind}" if kind else "It is not a PDF or an image"
        return f"This file cannot be read. {looks}: ask the sender for a PDF or a fax."
    return ""
