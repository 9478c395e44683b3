"""Other ways to set labels and values on a page: above, below, behind dots, and without colons."""

from collections.abc import Sequence

from benchmarks.faxes.faces import POINT
from benchmarks.faxes.page import Labelled, Page


def stack(
    page: Page,
    items: Sequence[Labelled],
    *,
    x: float,
    width: float,
    label_size: float = 7,
    size: float = 10,
    gap: float = 22,
    bold: bool = False,
) -> None:
    """Each label small above its value, one below the other, in a column."""
    for label, value in items:
        page.y = page.text(x, page.y, label, label_size, bold=bold, width=width)
        bottom = page.value(x, page.y, value, size, width=width)
        page.y = max(bottom, page.y + int(size * POINT * 1.3)) + gap


def rows_above(
    page: Page,
    rows: Sequence[Sequence[Labelled]],
    *,
    label_size: float = 7.5,
    size: float = 10,
    gap: float = 20,
) -> None:
    """Rows of labels with their values beneath, without any line, in columns of the same width."""
    for row in rows:
        top, bottom = page.y, page.y
        width = page.room / len(row)
        for place, item in enumerate(row):
            page.y = top
            x = page.left + place * width
            stack(page, [item], x=x, width=width - 40, label_size=label_size, size=size, gap=gap, bold=True)
            bottom = max(bottom, page.y)
        page.y = bottom


def rows_below(
    page: Page,
    rows: Sequence[Sequence[tuple[str, str, float]]],
    *,
    label_size: float = 7,
    size: float = 10.5,
    gap: float = 26,
) -> None:
    """Values on lines, each with its small label under the line and its share of the width."""
    for row in rows:
        x, whole = page.left, sum(share for _, _, share in row)
        under = page.y + size * POINT * 1.35
        for label, value, share in row:
            width = page.room * share / whole
            page.value(x + 12, page.y, value, size, width=1e6)
            page.line(x, under, x + width - 50, under, 2)
            page.text(x, under + 6, label, label_size, width=width - 50)
            x += width
        page.y = under + 6 + label_size * POINT * 1.3 + gap


def leaders(
    page: Page, items: Sequence[Labelled], *, size: float = 10, reach: int = 24, dot: str = ".", x: float = 0
) -> None:
    """`LABEL.......: value`, as a line printer sets it; needs a font whose letters are all as wide."""
    x = x or page.left
    for label, value in items:
        name = f"{label.ljust(reach, dot)}: " if label else " " * (reach + 2)
        page.text(x, page.y, name.rstrip(), size)
        beside = x + page.measure("0" * len(name), size)
        bottom = page.value(beside, page.y, value, size, width=page.right - beside)
        page.y = max(bottom, page.y + int(size * POINT * 1.3))


def sides(
    page: Page,
    items: Sequence[Labelled],
    *,
    x: float,
    at: float,
    width: float = 1e6,
    size: float = 9.5,
    label_size: float = 0,
    gap: float = 8,
    bold_value: bool = False,
) -> None:
    """Labels without a colon at x, their values beside them at `at`."""
    for label, value in items:
        end = page.text(x, page.y, label, label_size or size, width=at - x - 16)
        if bold_value and page.pen is None:
            bottom = page.text(at, page.y, value, size, width=width, bold=True)
        else:
            bottom = page.value(at, page.y, value, size, width=width)
        page.y = max(bottom, end, page.y + int(size * POINT * 1.3)) + gap
