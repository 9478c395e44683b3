"""The likeness of two pages, however each came through the machine: where their lines of ink stand. Pure.

A fingerprint has 256 bits, one for each narrow strip across the page below the sender's header line (its
time differs on every sending): 1 where there is more ink than just above and below. Two sendings of one page
differ by specks, thickness and a shift of up to 3 %, so strips are compared under small shifts, and the
answer is the share of inked strips that coincide.

Measured on 92 pages of 18 layouts sent twice at all four damage levels of benchmarks/faxes: all sendings of
one page are at least half alike, and 0.7 % of the pages of other forms. The common hashes (difference,
median; 256 bits after cropping to the ink) put a tenth of the second sendings as far off as strangers:
streaks and specks move the crop. No picture tells two patients on one form apart; see likenesses.py.
"""

from io import BytesIO

from PIL import Image, ImageOps

STRIPS = 256
HEADER = 0.045  # of the height: the line that the sending machine prints
SIDES = 0.04  # of the width, at each side: shadows and punch holes
AROUND = 6  # strips above and below that a strip is compared with
SHIFTS = 8  # strips; 3 % of the height
ALIKE = 0.5
LEAST_INKED = 8  # strips; fewer is a blank sheet, like any other


def fingerprint(png: bytes) -> str:
    """Of an upright, straightened page: 64 hexadecimal digits, or nothing when hardly a line is on it."""
    ink = _ink_of_strips(png)
    bits = sum(1 << place for place in range(STRIPS) if ink[place] > _around(ink, place) + 1)
    return f"{bits:064x}" if bits.bit_count() >= LEAST_INKED else ""


def likeness(one: str, other: str) -> float:
    """The share of inked strips that two fingerprints have in common, 0 to 1, at the best shift."""
    a, b = int(one or "0", 16), int(other or "0", 16)
    shifted = [(a >> s, b) for s in range(SHIFTS + 1)] + [(a, b >> s) for s in range(1, SHIFTS + 1)]
    return max(_overlap(x, y) for x, y in shifted)


def _ink_of_strips(png: bytes) -> bytes:
    with Image.open(BytesIO(png)) as page:
        margin, top = round(page.width * SIDES), round(page.height * HEADER)
        inner = page.convert("L").crop((margin, top, page.width - margin, page.height))
    return ImageOps.invert(inner).resize((1, STRIPS), Image.Resampling.BOX).tobytes()


def _around(ink: bytes, place: int) -> float:
    near = ink[max(0, place - AROUND) : place + AROUND + 1]
    return sum(near) / len(near)


def _overlap(a: int, b: int) -> float:
    return (a & b).bit_count() / max(1, (a | b).bit_count())
