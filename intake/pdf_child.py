"""The child of `intake.pdfs`: password and locked PDF in by standard input, open PDF out.

Run as a module of its own, so that nothing but pikepdf and these limits is loaded with the stranger's file.
"""

import io
import resource
import sys

import pikepdf

from intake.pdfs import DAMAGED, WRONG_PASSWORD

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 15


def main() -> int:
    """Exit code 0, or why not."""
    _bind()
    given = sys.stdin.buffer
    password = given.read(int.from_bytes(given.read(4), "big")).decode()
    try:
        with pikepdf.open(io.BytesIO(given.read()), password=password) as pdf:
            pdf.save(sys.stdout.buffer, encryption=False)
    except pikepdf.PasswordError:
        return WRONG_PASSWORD
    except (pikepdf.PdfError, ValueError, MemoryError):
        return DAMAGED
    return 0


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses RLIMIT_AS; the limits of time still hold there
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
