"""Log lines that can hold no patient: tracebacks keep the places and lose the values.

An exception's own words may quote what was in a row (PostgreSQL's DETAIL does), so only its class is written.
"""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesOnlyFormatter(logging.Formatter):
    """Formats an exception as its class and the places it passed."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the standard library's name)
        """One line a place, newest last; no message, no values."""
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([*places, f"{kind.__module__}.{kind.__qualname__}"])
