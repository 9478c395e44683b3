"""Who insures the patients of the held-out set, and what their cards look like.

A line reads: names for the same insurer, the first of them printed most | shape of the member id | of the
group number. In a shape 9 is a digit, A a letter and anything in quotes itself. The names are of insurers
that exist, because offices write those; the numbers are made up.
"""

from random import Random
from typing import NamedTuple

_LETTERS, _DIGITS = "ABCDEFGHJKMNPQRTUVWXY", "0123456789"
_ANYWHERE = """
Aetna Open Choice PPO / Aetna PPO|'W'999999999|0999999-099-00099
UnitedHealthcare Choice Plus / UHC Choice Plus|999999999|999999
Cigna Open Access Plus / Cigna OAP|'U'99999999 01|3399999
Tricare East|999999999-01|
UMR|99999999|76-999999
"""
_SENIORS = """
Humana Gold Plus HMO / Humana Gold Plus|'H'99999999|'X'9999999
Medicare Part B / Medicare|9A'E'9'T'A9'J'A99|
Aetna Medicare Premier|'101'999999999|
Railroad Medicare|9A'F'9'K'A9'M'A99|
"""
_AT_HOME = {
    "IL": """
Blue Cross Blue Shield of Illinois / BCBS of Illinois / BCBSIL|'XOF'999999999|'P'99999
Meridian Health Plan of Illinois / Meridian|999999999|
CountyCare Health Plan / CountyCare|999999999|
Health Alliance Medical Plans / Health Alliance|'HA'9999999|'G'9999
""",
    "TX": """
Blue Cross Blue Shield of Texas / BCBS of Texas / BCBSTX|'ZGP'999999999|999999
Superior HealthPlan / Superior STAR|599999999|
Community Health Choice|'CHC'9999999|
Scott and White Health Plan / Scott & White|'9999999'01|'SW'99999
""",
    "OH": """
CareSource|1099999999900|
Medical Mutual of Ohio / Medical Mutual|'MMO'99999999|999999-101
Anthem Blue Cross and Blue Shield / Anthem BCBS|'YRP'999A99999|'W'99999
Buckeye Health Plan / Buckeye Community Health|1199999999999|
""",
}


class Card(NamedTuple):
    """An insurance card; `names` begins with the one that is printed."""

    names: tuple[str, ...]
    member_id: str
    group: str


def card(rng: Random, state: str, *, senior: bool) -> Card:
    """A card that people of a state carry."""
    lines = _SENIORS if senior else _ANYWHERE + _AT_HOME[state]
    line = rng.choice([line for line in lines.split("\n") if line])
    names, member, group = line.split("|")
    printed = sorted(names.split(" / "), key=lambda _: rng.random())
    return Card(tuple(printed), _shaped(rng, member), _shaped(rng, group))


def _shaped(rng: Random, shape: str) -> str:
    parts = shape.split("'")
    return "".join(
        part if place % 2 else "".join(_letter(rng, letter) for letter in part)
        for place, part in enumerate(parts)
    )


def _letter(rng: Random, shape: str) -> str:
    if shape == "9":
        return rng.choice(_DIGITS)
    return rng.choice(_LETTERS) if shape == "A" else shape
