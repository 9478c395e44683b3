"""A made-up page: words with their places and roles, without a picture."""

from dataclasses import dataclass

from intake.training.case import Runs
from intake.training.dice import Dice

WIDTH, HEIGHT, MARGIN = 1728, 2200, 100  # pixels of a fax page at 204 dpi
NARROW, WIDE = set("il.,:;'|jtfI1() "), set("MWmw")


@dataclass
class Word:
    """A word, its role, and its box."""

    text: str
    role: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 0.96


class Canvas:
    """A page that is written from top to bottom; `y` is where the next line goes."""

    def __init__(self, dice: Dice, role: str, *, starts: bool = True) -> None:
        self.dice, self.role, self.starts = dice, role, starts
        self.words: list[Word] = []
        self.by_hand = False  # values are written by hand: OCR makes little of them
        self.em = dice.uniform(20, 32)
        self.letter, self.blank, self.leading = (
            dice.uniform(0.42, 0.6),
            dice.uniform(0.25, 0.6),
            dice.uniform(1.15, 1.65),
        )
        self.y = dice.uniform(60, 190)

    @property
    def line(self) -> float:
        """Pixels from line to line."""
        return self.em * self.leading

    def width_of(self, text: str, scale: float = 1.0) -> float:
        """About how wide a text is."""
        units = sum(0.45 if c in NARROW else 1.5 if c in WIDE else 1.05 for c in text)
        return max(4.0, units * self.em * scale * self.letter)

    def write(
        self, x: float, y: float, runs: Runs, scale: float = 1.0, width: float = 0
    ) -> tuple[float, float]:
        """Write words from x, y on, wrapped within `width`; where they end, and the next line's y."""
        at, em = x, self.em * scale
        for text, role in runs:
            for word in text.split():
                wide = self.width_of(word, scale)
                if width and at > x and at + wide > x + width:
                    at, y = x, y + em * self.leading
                self.words.append(Word(word, role, at, y, at + wide, y + em * 0.72))
                at += wide + em * self.blank
        return at, y + em * self.leading

    def say(
        self,
        runs: Runs | str,
        *,
        x: float = MARGIN,
        scale: float = 1.0,
        width: float = 1530,
        after: float = 0,
    ) -> None:
        """Write a paragraph at `y` and go on below it."""
        _, self.y = self.write(x, self.y, [(runs, "")] if isinstance(runs, str) else runs, scale, width)
        self.y += after

    def skip(self, low: float, high: float) -> None:
        """Leave some white."""
        self.y += self.dice.uniform(low, high)
