"""What a reading process may use, and how the process binds itself to it before it sees a foreign byte."""

import json
import math
import resource
from dataclasses import asdict, dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading process.

    An ordinary fax page was seen to take 200 MiB of address space and a second of CPU, the largest page that
    is let in 512 MiB and, drawn full of noise, more CPU than this.
    """

    memory_bytes: int = 640 * MEBIBYTE  # address space
    cpu_seconds_a_page: int = 30
    wall_seconds_a_page: int = 90
    pages: int = 500
    pixels: int = 40_000_000  # a letter page at 600 dpi has 34 million

    def as_text(self) -> str:
        """The limits as one command-line argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Limits":
        """The limits that `as_text` wrote."""
        return cls(**json.loads(text))


def bind(limits: Limits) -> None:
    """Limit this process for good: memory, no core file, no large temporary file, CPU for its first page."""
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 256 * MEBIBYTE)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds_a_page * (limits.pages + 1))
    allow_a_page(limits)


def allow_a_page(limits: Limits) -> None:
    """Let this process use one more page's CPU time; past it the kernel ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = math.ceil(used) + limits.cpu_seconds_a_page
    soft = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(what: int, bound: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    try:
        resource.setrlimit(what, (bound, bound))
    except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the limits of time still hold there
        if what != resource.RLIMIT_AS:
            raise
