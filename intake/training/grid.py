"""Labelled values in the ways that forms lay them out."""

from dataclasses import dataclass

from intake.training.canvas import Canvas
from intake.training.case import Runs
from intake.training.dice import Dice

Item = tuple[str, Runs]  # label ("" goes on with the value before), value
STYLES = (
    "left", "left", "inline", "inline", "above", "above", "above", "table", "dots", "line", "below", "below",
    "boxed", "boxed",
)  # fmt: skip
SHRUNK = 0.7
MARKS = ("{n}. ", "{n}) ", "{n} ", "- ", "* ", "(a) ", "Q{n} ")
STACKED = ("above", "below", "boxed")


def style_of(dice: Dice) -> str:
    """One of the ways."""
    return dice.choice(STYLES)


@dataclass
class Grid:
    """Where items go: columns of `cell` pixels, values `offset` right of their labels."""

    sheet: Canvas
    style: str
    x: float
    width: float
    columns: int
    offset: float
    row: float
    scale: float
    colon: str
    mark: str  # what stands before each label: nothing, a bullet, or {n} for its number

    @property
    def cell(self) -> float:
        """Width of a column."""
        return self.width / self.columns


def lay_out(sheet: Canvas, items: list[Item], style: str, x: float, y: float, width: float) -> float:
    """Write the items; the y below them."""
    if style == "inline":
        return _inline(sheet, items, x, y, width)
    grid = _grid(sheet, style, x, width)
    column, bottom = 0, y
    for number, (plain_label, value) in enumerate(items, 1):
        label = grid.mark.format(n=number) + plain_label if plain_label else ""
        long = _is_long(grid, value)
        if column and (long or not label):
            column, y = 0, bottom
        room = width if long or not label else grid.cell
        bottom = max(
            bottom, y + (grid.row if label else 0), _one(grid, label, value, x + column * grid.cell, y, room)
        )
        column = 0 if long or not label else column + 1
        if column in (0, grid.columns):
            column, y = 0, bottom
    return bottom + sheet.em * sheet.dice.uniform(0.1, 1)


def _grid(sheet: Canvas, style: str, x: float, width: float) -> Grid:
    dice = sheet.dice
    columns = (
        dice.one(1, 2)
        if style == "table"
        else dice.one(1, 2, 2, 3, 4)
        if style in STACKED
        else dice.one(1, 1, 2, 2, 3)
    )
    if width < 900:
        columns = dice.one(1, 1, 2) if style in STACKED else 1
    offset = dice.uniform(0.22, 0.48) * min(width / columns, 900)
    colon = dice.one(":", ":", ":", "", ".", "?", " -") if style not in STACKED else dice.one("", "", "", ":")
    mark = dice.choice(MARKS) if dice.chance(0.15) else ""
    return Grid(
        sheet,
        style,
        x,
        width,
        columns,
        offset,
        sheet.line * dice.uniform(1, 1.8),
        dice.uniform(0.85, 1.05),
        colon,
        mark,
    )


def _is_long(grid: Grid, value: Runs) -> bool:
    room = grid.cell if grid.style in STACKED else grid.cell - grid.offset
    return grid.sheet.width_of(" ".join(text for text, _ in value), grid.scale) > room * 0.95


def _one(grid: Grid, label: str, value: Runs, x: float, y: float, room: float) -> float:
    if grid.style in STACKED:
        return _stacked(grid, label, value, x, y, room)
    sheet, dice = grid.sheet, grid.sheet.dice
    end = (
        sheet.write(
            x, y, labelled(label, grid.colon), grid.scale, grid.offset * 0.97 if grid.style == "table" else 0
        )[0]
        if label
        else x
    )
    if grid.style == "dots" and label:
        end, _ = sheet.write(end, y, [(dice.one(".", "_") * dice.randrange(3, 12), "")], grid.scale)
    place = max(end + 6, x + grid.offset)
    return sheet.write(
        place, y, value, grid.scale * dice.uniform(0.98, 1.05), max(120, room - (place - x) - 10)
    )[1]


def _stacked(grid: Grid, label: str, value: Runs, x: float, y: float, room: float) -> float:
    sheet, dice = grid.sheet, grid.sheet.dice
    small = grid.scale * dice.uniform(0.62, 0.95)
    if grid.style == "below":
        _, y = sheet.write(x, y, value, grid.scale, room - 15)
        return sheet.write(x, y + dice.uniform(0, 6), labelled(label, ""), small)[1] + sheet.em * 0.4
    under = sheet.write(x, y, labelled(label, grid.colon), small)[1] if label else y
    aside = dice.one(0, 0, 20, 40 if grid.style == "boxed" else 0)
    return (
        sheet.write(x + aside, under + dice.uniform(-2, 18), value, grid.scale, room - 15)[1] + sheet.em * 0.5
    )


def _inline(sheet: Canvas, items: list[Item], x: float, y: float, width: float) -> float:
    dice, scale = sheet.dice, sheet.dice.uniform(0.85, 1.05)
    gap, colon, row = (
        dice.uniform(0.8, 4.0),
        dice.one(":", ":", ":", "", " -", "="),
        sheet.line * dice.uniform(1, 1.4),
    )
    parting = dice.one("", "", "", "|", ";", ",")
    behind = dice.chance(0.06)  # labels stand behind their values, in brackets
    at = x
    for label, plain in items:
        needed = sheet.width_of(f"{label} {' '.join(text for text, _ in plain)}   ", scale)
        if at > x and (at + needed > x + width or dice.chance(0.3) or not label):
            at, y = x, y + row
        value: Runs = [*plain, (f"({label})", "label")] if behind and label else plain
        at, _ = sheet.write(at, y, labelled(label, colon) if label and not behind else [], scale)
        at, below = sheet.write(at, y, value, scale, max(200, x + width - at))
        if below > y + 2 * sheet.line:
            at, y = x + width, below - sheet.line
        elif parting:
            at, _ = sheet.write(at, y, [(parting, "")], scale)
        at += sheet.em * gap * (SHRUNK if parting else 1)
    return y + row * 1.3


def labelled(label: str, colon: str) -> Runs:
    """A label as a run."""
    return [(label if label[-1:] in ":?" else label + colon, "label")]
