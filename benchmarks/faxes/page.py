"""A page that is filled from the top down: headings, labelled values, boxes, blanks, ticks and tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.faxes.canvas import Canvas
from benchmarks.faxes.faces import POINT


@dataclass(frozen=True)
class Choice:
    """Squares to tick, one for each option."""

    field: str
    options: tuple[str, ...]
    chosen: str


Labelled = tuple[str, str]


class Page(Canvas):
    """A canvas with a place to go on at: each part is put at `y` and moves it down."""

    y = 210.0

    @property
    def middle(self) -> float:
        """Half way between the edges."""
        return self.width / 2

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    def skip(self, pixels: float) -> None:
        """Leave some room."""
        self.y += pixels

    def say(
        self, markup: str, size: float = 10, *, bold: bool = False, indent: float = 0, after: float = 0
    ) -> None:
        """A paragraph over the full width."""
        x = self.left + indent
        self.y = self.text(x, self.y, markup, size, bold=bold, width=self.right - x) + after

    def centered(self, markup: str, size: float = 10, *, bold: bool = False, after: float = 0) -> None:
        """A line in the middle."""
        self.y = self.text(self.middle, self.y, markup, size, bold=bold, align="center") + after

    def at_the_right(self, markup: str, size: float = 10) -> None:
        """A line at the right margin, without moving down."""
        self.text(self.right, self.y, markup, size, align="right")

    def rule(self, weight: int = 5) -> None:
        """A line over the full width."""
        self.line(self.left, self.y + 10, self.right, self.y + 10, weight)
        self.y += 40

    def bar(self, title: str, size: float = 11, *, dark: bool = True) -> None:
        """A heading on a dark or light bar."""
        height = int(size * POINT * 1.55)
        self.fill(self.left, self.y, self.room, height, 0 if dark else 225)
        self.text(self.left + 16, self.y + height * 0.12, title, size, bold=True, shade=255 if dark else 0)
        self.y += height + 14

    def pairs(
        self,
        pairs: Sequence[Labelled],
        *,
        x: float | None = None,
        label_width: float | None = None,
        size: float = 10,
        gap: float = 0,
        width: float | None = None,
    ) -> None:
        """`Label: value` lines, one below the other."""
        x = self.left + 20 if x is None else x
        for label, value in pairs:
            name = f"{label}:" if label else ""
            self.text(x, self.y, name, size, bold=True)
            beside = x + (label_width or self.measure(name, size, bold=True) + 18)
            room = width or self.right - beside
            bottom = self.value(beside, self.y, value, size, width=room)
            self.y = max(bottom, self.y + int(size * POINT * 1.3)) + gap

    def columns(
        self,
        left: Sequence[Labelled],
        right: Sequence[Labelled],
        *,
        label_widths: tuple[float, float],
        size: float = 10,
        split: float = 1300,
    ) -> None:
        """Two stacks of `Label: value` lines side by side."""
        top = self.y
        self.pairs(
            left, label_width=label_widths[0], size=size, width=split - self.left - label_widths[0] - 40
        )
        bottom, self.y = self.y, top
        self.pairs(right, x=split, label_width=label_widths[1], size=size)
        self.y = max(self.y, bottom)

    def cells(
        self, cells: Sequence[tuple[str, str | Choice, float]], *, height: float = 150, size: float = 10.5
    ) -> None:
        """A row of boxes, each with a small label, a value or squares to tick, and its share of the width."""
        x = self.left
        whole = sum(share for _, _, share in cells)
        for label, value, share in cells:
            width = self.room * share / whole
            self.frame(x, self.y, width, height, 2)
            self.text(x + 10, self.y + 6, label, 6.5, width=width - 20)
            if isinstance(value, Choice):
                self.ticks(
                    value, x=x + 30, y=self.y + 62, size=size - 1, spread=width / len(value.options) - 12
                )
            else:
                self.value(x + 18, self.y + 46, value, size, width=width - 30)
            x += width
        self.y += height

    def blanks(self, blanks: Sequence[tuple[str, str, float]], *, size: float = 10, gap: float = 0) -> None:
        """A row of labels, each with its value on a line, and its share of the width."""
        x = self.left + 20
        whole = sum(share for _, _, share in blanks)
        for label, value, share in blanks:
            end = x + (self.room - 20) * share / whole
            self.text(x, self.y, label, size)
            start = x + self.measure(label, size) + 12
            self.line(start, self.y + size * POINT * 1.15, end - 40, self.y + size * POINT * 1.15, 2)
            self.value(start + 14, self.y, value, size, width=end - start)
            x = end
        self.y += int(size * POINT * 2) + gap

    def ticks(
        self,
        choice: Choice,
        *,
        x: float,
        y: float | None = None,
        size: float = 10,
        spread: float | None = None,
        cross: bool = True,
    ) -> None:
        """Squares in a row, the chosen one crossed or filled. Moves down unless `y` is given."""
        top = self.y if y is None else y
        side = int(size * POINT * 0.8)
        for option in choice.options:
            self.frame(x, top + 6, side, side)
            beyond = x + side + 20 + self.measure(option, size)
            if option == choice.chosen:
                self._tick(x, top, side, cross=cross)
                self.mark(choice.field, (x, top, beyond, top + side + 10))
            self.text(x + side + 14, top, option, size)
            x += spread or beyond - x + 30
        if y is None:
            self.y += int(size * POINT * 1.6)

    def table(
        self, shares: Sequence[float], rows: Sequence[Sequence[str]], *, size: float = 9, header: bool = True
    ) -> None:
        """A ruled table; `shares` are the parts of the full width its columns take."""
        for place, row in enumerate(rows):
            top, x = self.y, self.left
            bottoms = []
            for share, cell in zip(shares, row, strict=True):
                bold = header and place == 0
                bottoms.append(
                    self.text(x + 12, top + 8, cell, size, width=self.room * share - 24, bold=bold)
                )
                x += self.room * share
            self.y = max(bottoms) + 8
            self._rule_row(shares, top)
        self.y += 20

    def signature(self, *labels: str, y: float = 3000) -> None:
        """Lines near the foot, the first of them signed."""
        self.sign(self.left + 40, y - 20)
        width = self.room / len(labels)
        for place, label in enumerate(labels):
            x = self.left + place * width
            self.line(x, y, x + width - 120, y)
            self.text(x, y + 10, label, 8)

    def _tick(self, x: float, y: float, side: int, *, cross: bool) -> None:
        if cross:
            self.line(x + 4, y + 10, x + side - 4, y + side + 2, 6)
            self.line(x + side - 4, y + 10, x + 4, y + side + 2, 6)
        else:
            self.ink.rectangle((x + 6, y + 12, x + side - 6, y + side), fill=0)

    def _rule_row(self, shares: Sequence[float], top: float) -> None:
        x = self.left
        for share in shares:
            self.frame(x, top, self.room * share, self.y - top, 2)
            x += self.room * share
