"""Drawing for fax machines: black on white without fills, letters of at least 11 points, coarse QR squares.

Fax machines keep one bit a pixel and often half the lines; a square of 4.5 points is 6 lines of a coarse fax.
"""

import segno
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = letter  # points, 72 to the inch
LEFT, RIGHT = 54.0, WIDTH - 54.0
SMALL, BODY, LARGE = 11, 13, 30
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
QR_SQUARE = 4.5
QUIET = 4 * QR_SQUARE + 4  # four white squares around the code (ISO/IEC 18004)
LEADING = 1.35
VALUE_AT = LEFT + 90


def letterhead(canvas: Canvas, title: str, sender: str, line: float) -> float:
    """What it is and from whom, over a rule; gives the next base line."""
    canvas.setFont(BOLD, LARGE)
    canvas.drawString(LEFT, line, title)
    below = paragraph(canvas, sender, line - 24, size=BODY)
    rule(canvas, below - 2)
    return below - 12


def facts(canvas: Canvas, rows: list[tuple[str, str]], line: float, *, right: float = RIGHT) -> float:
    """Names and values below each other; gives the next base line."""
    for name, value in rows:
        canvas.setFont(PLAIN, BODY)
        canvas.drawString(LEFT, line, name)
        line = paragraph(canvas, value, line, size=BODY, font=BOLD, left=VALUE_AT, right=right) - 4
    return line


def qr(
    canvas: Canvas, content: str, top: float, *, error: str = "m", square: float = QR_SQUARE
) -> tuple[float, float]:
    """Draw a code in the right-hand corner under `top`; gives its left edge and its bottom."""
    squares = segno.make(content, error=error, micro=False, boost_error=False).matrix
    side = len(squares) * square
    left = RIGHT - side
    canvas.setFillGray(0)
    for y, row in enumerate(squares, start=1):
        for x, is_dark in enumerate(row):
            if is_dark:
                canvas.rect(left + x * square, top - y * square, square, square, stroke=0, fill=1)
    return left, top - side


def paragraph(
    canvas: Canvas,
    text: str,
    line: float,
    *,
    size: float = SMALL + 1,
    font: str = PLAIN,
    left: float = LEFT,
    right: float = RIGHT,
) -> float:
    """Write wrapped text from this base line downwards; gives the next base line."""
    canvas.setFont(font, size)
    for part in simpleSplit(text, font, size, right - left):
        canvas.drawString(left, line, part)
        line -= size * LEADING
    return line


def rule(canvas: Canvas, line: float, *, left: float = LEFT, right: float = RIGHT) -> None:
    """A line across the page."""
    canvas.setLineWidth(1.5)
    canvas.line(left, line, right, line)
