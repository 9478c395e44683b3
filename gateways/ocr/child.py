"""The reading process: a file on standard input, frames on standard output, nothing else.

It binds itself to its limits and gives up network and disk before it reads a byte. It is forked by
`gateways.ocr.warm`, and is the only place where foreign PDFs and images are decoded.
"""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gateways import GatewayUnavailable
from gateways.ocr import OcrTrouble, PageRead, ReaderDied, Unreadable, wire
from gateways.ocr.confinement import confine
from gateways.ocr.engines import Engine, data_folder, engine
from gateways.ocr.limits import Limits, allow_a_page, bind
from gateways.ocr.opening import open_file
from gateways.ocr.reading import Plan, pages_of


@dataclass(frozen=True, slots=True)
class Order:
    """What one child is to do.

    `after`: the pages before the first one wanted; `picture_only`: the page of which no words are wanted
    (0: none); `folder`: the only place it may write to; `seconds_before`: CPU that its start cost others.
    """

    limits: str
    after: int
    picture_only: int
    folder: str
    seconds_before: float


def run(order: Order, loaded: Engine | None, engine_name: str) -> None:
    """Read the file on standard input with the loaded engine, or with the one of that name."""
    limits = Limits.from_text(order.limits)
    bind(limits)
    os.environ["TMPDIR"] = tempfile.tempdir = order.folder
    frames = _only_ours()
    wire.write(frames, {"event": "confined", **confine(Path(order.folder), _data_folders())})
    try:
        with open(0, "rb") as pipe:  # not sys.stdin, which belongs to the process that was forked
            content = pipe.read()
        _read(content, limits, order, loaded or engine(engine_name), frames)
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


def _data_folders() -> list[Path]:
    with suppress(GatewayUnavailable):
        return [data_folder()]
    return []


def _read(content: bytes, limits: Limits, order: Order, engine: Engine, frames: BinaryIO) -> None:
    opened = open_file(content, limits, after=order.after)

    def starting(number: int) -> None:
        allow_a_page(limits)
        wire.write(frames, {"event": "starting", "number": number, "total": opened.total})

    plan = Plan(order.after, order.picture_only, order.seconds_before)
    for page in pages_of(opened, engine, starting, plan):
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
