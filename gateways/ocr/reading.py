"""One page from its picture to its words, upright and straight."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PIL import Image

from gateways.ocr import PageRead, Word, imaging, orientation
from gateways.ocr.engines import Engine
from gateways.ocr.layers import repaired
from gateways.ocr.leftovers import with_leftovers
from gateways.ocr.sheets import Opened, Sheet


@dataclass(frozen=True, slots=True)
class Attempt:
    """A page read one way up: its straightened picture and the words on it."""

    turned: int
    image: Image.Image
    skew: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which pages of a file are wanted: those after so many, and of which one the picture only (0: none).

    `seconds_before` is the CPU time that went into starting this process, before it began.
    """

    after: int = 0
    picture_only: int = 0
    seconds_before: float = 0.0


def pages_of(
    opened: Opened, engine: Engine, starting: Callable[[int], None], plan: Plan = Plan()
) -> Iterator[PageRead]:
    """Read each page in turn, holding one at a time; `starting(number)` is called before each.

    The CPU seconds of the first page include what came before it: starting the process, opening the file.
    """
    spent = -plan.seconds_before
    for number, sheet in enumerate(opened.sheets, start=plan.after + 1):
        starting(number)
        best = _unread(sheet) if number == plan.picture_only else _best_attempt(sheet, engine)
        picture = imaging.png_of(best.image)
        now = time.process_time()
        yield PageRead(
            number=number,
            width=best.image.width,
            height=best.image.height,
            image=picture,
            words=best.words,
            turned=best.turned,
            seconds=round(now - spent, 4),
            skew=best.skew,
            received=sheet.image.size,
        )
        spent = now


def _unread(sheet: Sheet) -> Attempt:
    return Attempt(0, imaging.without_shadows(imaging.squared(sheet)), 0.0, ())


def _best_attempt(sheet: Sheet, engine: Engine) -> Attempt:
    image = imaging.without_shadows(imaging.squared(sheet))
    if imaging.is_blank(image):
        return Attempt(0, image, 0.0, ())
    attempts = [_attempt(image, 0, engine)]
    for turned in orientation.ways_to_try(attempts[0].words):
        attempts.append(_attempt(image, turned, engine))
        if orientation.legibility(attempts[-1].words) >= orientation.LEGIBLE:
            break
    best = max(attempts, key=lambda attempt: orientation.legibility(attempt.words))
    words = with_leftovers(best.image, best.words, engine)
    as_drawn = not best.turned and not best.skew and best.image.size == sheet.image.size
    return replace(best, words=repaired(words, sheet.layer) if as_drawn else words)


def _attempt(image: Image.Image, turned: int, engine: Engine) -> Attempt:
    straight, skew = imaging.straightened(orientation.turned_upright(image, turned))
    return Attempt(turned, straight, skew, tuple(engine.words(imaging.softened(straight))))
