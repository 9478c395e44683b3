"""The reading process: a file on standard input, frames on standard output, nothing else.

It binds itself to its limits before it reads a byte. It is started by `gateways.ocr.local` with a bare
environment, and is the only place where foreign PDFs and images are decoded.
"""

import os
import sys
from typing import BinaryIO

from gateways import GatewayUnavailable
from gateways.ocr import OcrTrouble, PageRead, ReaderDied, Unreadable, wire
from gateways.ocr.limits import Limits, allow_a_page, bind


def main(arguments: list[str]) -> None:
    """Read the file on standard input; `arguments` are the limits and the engine's name ("" for the best)."""
    limits = Limits.from_text(arguments[0])
    bind(limits)
    frames = _only_ours()
    try:
        _read(sys.stdin.buffer.read(), limits, arguments[1], frames)
    except OcrTrouble as trouble:
        wire.write(frames, {"event": "trouble", "code": trouble.code, "sentence": str(trouble)})
    except GatewayUnavailable as outage:
        wire.write(frames, {"event": "unavailable", "sentence": str(outage)})
    except MemoryError:
        wire.write(frames, {"event": "trouble", "code": ReaderDied.code, "sentence": ""})
    except Exception:  # the last wall around decoders of foreign bytes: whatever they raise, it is unreadable
        wire.write(frames, {"event": "trouble", "code": Unreadable.code, "sentence": ""})
    else:
        wire.write(frames, {"event": "done"})


def _only_ours() -> BinaryIO:
    """Standard output for frames alone: what a library prints goes to standard error."""
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return frames


def _read(content: bytes, limits: Limits, engine_name: str, frames: BinaryIO) -> None:
    # Imported under the limits: these libraries are part of what is not trusted.
    from gateways.ocr.engines import engine
    from gateways.ocr.opening import open_file
    from gateways.ocr.reading import pages_of

    opened = open_file(content, limits)

    def starting(number: int) -> None:
        allow_a_page(limits)
        wire.write(frames, {"event": "starting", "number": number, "total": opened.total})

    for page in pages_of(opened, engine(engine_name), starting):
        wire.write(frames, _header(page), page.image)


def _header(page: PageRead) -> dict[str, object]:
    words = [(w.text, w.x, w.y, w.width, w.height, w.confidence) for w in page.words]
    return {
        "event": "page",
        "number": page.number,
        "size": (page.width, page.height),
        "words": words,
        "turned": page.turned,
        "seconds": page.seconds,
        "skew": page.skew,
        "received": page.received,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
