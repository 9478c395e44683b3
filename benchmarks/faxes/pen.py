"""A handwritten alphabet of strokes, drawn for this generator so that every machine writes the same hand.

A glyph reads "width stroke/stroke"; a stroke is a row of points, each one character across and one up, with
the baseline at 0, small letters 5 and capitals 8 high, and a, b, c one to three below. ~ begins a curve.
"""

import unicodedata
from dataclasses import dataclass

Point = tuple[float, float]

_UP = "cba0123456789"
_BASELINE = _UP.index("0")
_TABLE = r"""
a 4 ~44 25 04 01 20 43/45 41 50
b 4 08 00/~03 25 44 42 20 01
c 4 ~44 25 04 02 20 41
d 4 ~43 25 04 01 20 42/48 40
e 4 ~03 43 34 15 03 01 20 41
f 3 ~48 28 16 10/05 35
g 4 ~43 25 04 02 20 42/~45 4a 2c 0b
h 4 08 00/~03 25 44 40
i 1 05 00/07 08
j 2 ~25 2a 0c/27 28
k 4 08 00/45 02/13 40
l 1 08 00
m 6 05 00/~03 15 34 30/~33 45 64 60
n 4 05 00/~03 25 44 40
o 4 ~25 04 02 20 42 44 25
p 4 05 0c/~04 25 44 42 20 01
q 4 ~43 25 04 02 20 42/45 4c 5b
r 3 05 00/~03 15 35
s 3 ~34 15 04 22 31 20 00
t 4 ~27 21 30 41/05 45
u 4 ~05 02 10 30 43/45 40
v 4 05 20 45
w 6 05 10 34 50 65
x 4 05 40/45 00
y 4 05 22/45 0c
z 4 05 45 00 40
A 6 00 38 60/13 53
B 5 08 00/~08 48 46 14/~04 54 51 30 00
C 5 ~57 38 06 02 20 51
D 5 08 00/~08 38 55 53 30 00
E 5 58 08 00 50/04 44
F 5 58 08 00/04 44
G 5 ~57 38 06 02 20 51 53/33 53
H 5 08 00/58 50/04 54
I 2 18 10/08 28/00 20
J 4 ~48 42 20 02
K 5 08 00/58 03/14 50
L 4 08 00 50
M 6 00 08 33 68 60
N 5 00 08 50 58
O 6 ~38 06 02 30 62 66 38
P 5 08 00/~08 48 56 44 04
Q 6 ~38 06 02 30 62 66 38/32 6a
R 5 08 00/~08 48 56 44 04/24 50
S 5 ~57 38 06 24 53 40 01
T 6 08 68/38 30
U 5 ~08 02 20 40 52 58
V 6 08 30 68
W 8 08 20 46 60 88
X 5 08 50/58 00
Y 6 08 34 68/34 30
Z 5 08 58 00 50
0 4 ~28 06 02 20 42 46 28
1 2 06 28 20
2 4 ~06 28 46 33 00/00 50
3 4 ~07 28 47 24/~24 43 30 01
4 5 28 03 53/47 40
5 4 48 08 05/~05 35 43 31 20 00
6 4 ~48 16 02 20 42 34 02
7 4 08 48 10
8 4 ~48 18 06 43 31 10 02 34 46 28
9 4 ~46 28 06 14 45/47 40
. 0 00 01
, 1 11 0b
: 1 00 01/04 05
; 1 10 11 0b/14 15
- 3 03 33
/ 4 48 0a
( 2 ~29 05 03 2a
) 2 ~09 25 23 0a
' 0 09 07
" 2 09 07/29 27
# 5 17 10/47 40/05 55/02 52
+ 4 25 21/03 43
& 5 ~50 16 28 36 02 20 53
% 5 58 00/~08 17 06/~52 41 50
@ 5 ~44 24 22 43 48 18 03 20 50
"""


@dataclass(frozen=True)
class Stroke:
    """One movement of the pen."""

    points: tuple[Point, ...]
    curved: bool


@dataclass(frozen=True)
class Glyph:
    """A letter: its width in units and its strokes."""

    width: int
    strokes: tuple[Stroke, ...]


def plain_letters(text: str) -> str:
    """The text in letters the pen knows: accents are dropped, anything else unknown becomes a hyphen."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return "".join(letter if letter in GLYPHS else "-" for letter in bare)


def smooth(points: list[Point], parts: int = 6) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    curve = [
        (_between(xs, step / parts), _between(ys, step / parts))
        for quad in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
        for xs, ys in [tuple(zip(*quad, strict=True))]
        for step in range(parts)
    ]
    return [*curve, points[-1]]


def _between(values: tuple[float, ...], t: float) -> float:
    a, b, c, d = values
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _stroke(text: str) -> Stroke:
    points = tuple(
        (float(point[0]), float(_UP.index(point[1]) - _BASELINE)) for point in text.lstrip("~").split()
    )
    return Stroke(points, text.startswith("~"))


def _read_table() -> dict[str, Glyph]:
    glyphs = {" ": Glyph(3, ())}
    for line in _TABLE.strip().splitlines():
        letter, width, strokes = line[0], line[2], line[4:]
        glyphs[letter] = Glyph(int(width), tuple(_stroke(part) for part in strokes.split("/")))
    return glyphs


GLYPHS = _read_table()
