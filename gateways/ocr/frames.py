"""Places on an upright, straightened page, as places on the page that was received."""

import math

from gateways.ocr import PageRead


def as_received(
    page: PageRead, x: float, y: float, width: float, height: float
) -> tuple[float, float, float, float]:
    """The smallest box (left, top, right, bottom) around that place, in pixels of the page as received."""
    corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
    points = [_unscaled(page, *_unturned(page, *_slanted(page, *corner))) for corner in corners]
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _slanted(page: PageRead, x: float, y: float) -> tuple[float, float]:
    """Put the slant back in that was taken out around the middle of the page."""
    angle = math.radians(page.skew)
    middle_x, middle_y = page.width / 2, page.height / 2
    dx, dy = x - middle_x, y - middle_y
    return (
        math.cos(angle) * dx + math.sin(angle) * dy + middle_x,
        -math.sin(angle) * dx + math.cos(angle) * dy + middle_y,
    )


def _unturned(page: PageRead, x: float, y: float) -> tuple[float, float]:
    """From the upright page to the page as it stood, turned clockwise."""
    width, height = page.width, page.height
    return {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[page.turned]


def _unscaled(page: PageRead, x: float, y: float) -> tuple[float, float]:
    """From square pixels to those of the file."""
    stood = (page.width, page.height) if page.turned in (0, 180) else (page.height, page.width)
    return x * page.received[0] / stood[0], y * page.received[1] / stood[1]
