"""Values out of a call's JSON, each checked before anything is done with it."""

import json
import re
from typing import Any

from gateways.fax_in import NotUnderstood

LONGEST_ID = 80
E164 = re.compile(r"\+[1-9]\d{7,14}")
MOST_PAGES = 100_000


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is; raises NotUnderstood."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise NotUnderstood("The call is not JSON.") from broken
    return as_object(found)


def as_object(value: Any) -> dict[str, Any]:
    """A value that must be an object; raises NotUnderstood."""
    if not isinstance(value, dict):
        raise NotUnderstood("The call lacks a part.")
    return value


def identity(value: Any) -> str:
    """The service's own name for a fax; raises NotUnderstood for one that could not be kept."""
    found = str(value) if isinstance(value, str | int) else ""
    if not 0 < len(found) <= LONGEST_ID or not found.isprintable():
        raise NotUnderstood("The call names no fax.")
    return found


def number(value: Any) -> str:
    """A telephone number as E.164; ten digits are North American; empty for anything else."""
    if not isinstance(value, str):
        return ""
    digits = "".join(re.findall(r"[0-9]", value))
    if len(digits) == 10:  # noqa: PLR2004 (North American Numbering Plan)
        digits = "1" + digits
    found = f"+{digits}"
    is_dialled = not re.search(r"[^0-9 ().+-]", value)
    return found if is_dialled and E164.fullmatch(found) else ""


def count(value: Any) -> int | None:
    """A number of pages, given as a number or in digits."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    pages = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
    return pages if pages is not None and 0 < pages <= MOST_PAGES else None
