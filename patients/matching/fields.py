"""What is compared, in which grades, and how often each grade is seen: the first beliefs of the matcher.

`same`, `house` and `other` are the chances of a grade when both values are known: for two records of one
person, of two people who live together, and of two strangers. They are the starting point of a new
organization and yield to its own records as these grow (estimation.py). A grade marked `counted` uses how
common the very value is instead of `other`: two Smiths say little, two Wolfeschlegels much (term frequencies:
Winkler, 2000).
"""

from dataclasses import dataclass

HERE, NEARBY = "here", "nearby"  # groups of grades that hold where the ZIP code is the same, or nearly so
MISSING = 0  # the grade of every field that either record lacks: no evidence at all


@dataclass(frozen=True, slots=True)
class Level:
    """One grade of agreement. `group` marks the grades that hold where another field agrees already."""

    name: str
    words: str
    same: float
    house: float
    other: float
    counted: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing compared. `shared` is of the address, which moves as a whole; `usual` a value's share."""

    name: str
    label: str
    levels: tuple[Level, ...]
    shared: bool = False
    usual: float = 1e-4


GIVEN = Field(
    "given_name",
    "First name",
    (
        Level("same", "same", 0.80, 0.010, 4e-3, counted=True),
        Level("nickname", "nickname", 0.04, 0.006, 4e-3),
        Level("part", "one of two first names", 0.03, 0.005, 1e-3),
        Level("initial", "initial only", 0.02, 0.030, 3e-3),
        Level("near", "one letter apart", 0.07, 0.009, 3e-3),
        Level("alike", "sounds or looks alike", 0.03, 0.030, 2e-2),
        Level("different", "different", 0.006, 0.910, 0.963),
    ),
    usual=1 / 1500,
)
FAMILY = Field(
    "family_name",
    "Last name",
    (
        Level("same", "same", 0.84, 0.75, 1e-3, counted=True),
        Level("part", "one of two last names", 0.03, 0.03, 5e-4),
        Level("near", "one letter apart", 0.07, 0.06, 1e-3),
        Level("alike", "sounds or looks alike", 0.02, 0.02, 1e-2),
        Level("different", "different", 0.04, 0.14, 0.9875),
    ),
    usual=1 / 8000,
)
ORDER = Field(
    "name_order",
    "Name order",
    (
        Level("straight", "as written", 0.99, 1.0, 1.0),
        Level("swapped", "first and last swapped", 0.01, 1e-3, 1.0),
    ),
)
MIDDLE = Field(
    "middle_name",
    "Middle name",
    (
        Level("same", "same", 0.60, 0.05, 0.02),
        Level("initial", "initial agrees", 0.33, 0.08, 0.08),
        Level("different", "different", 0.07, 0.87, 0.90),
    ),
)
SUFFIX = Field(
    "suffix",
    "Suffix",
    (
        Level("same", "same", 0.60, 0.05, 0.05),
        Level("one", "on one record only", 0.37, 0.65, 0.85),
        Level("different", "different", 0.03, 0.30, 0.10),
    ),
)
BIRTH = Field(
    "birth_date",
    "Birth date",
    (
        Level("same", "same", 0.90, 0.005, 4e-5, counted=True),
        Level("swapped", "day and month swapped", 0.015, 2e-4, 3e-5),
        Level("slip", "one digit apart", 0.045, 2e-3, 1e-3),
        Level("near", "two of day, month and year agree, or two digits apart", 0.025, 0.03, 2e-2),
        Level("different", "different", 0.015, 0.963, 0.979),
    ),
    usual=1 / 25000,
)
SEX = Field(
    "sex",
    "Sex",
    (Level("same", "same", 0.985, 0.45, 0.5), Level("different", "different", 0.015, 0.55, 0.5)),
)
NUMBER = Field(
    "street_number",
    "House number",
    (
        Level("same", "same", 0.88, 0.88, 5e-3, counted=True),
        Level("near", "one digit apart", 0.07, 0.07, 3e-2),
        Level("different", "different", 0.05, 0.05, 0.965),
    ),
    shared=True,
    usual=1 / 500,
)
STREET = Field(
    "street",
    "Street",
    (
        Level("same", "same", 0.80, 0.80, 1e-3, counted=True),
        Level("near", "nearly the same", 0.15, 0.15, 3e-3),
        Level("different", "different", 0.05, 0.05, 0.996),
    ),
    shared=True,
    usual=1 / 5000,
)
UNIT = Field(
    "unit",
    "Unit",
    (
        Level("same", "same", 0.75, 0.75, 1e-2, counted=True),
        Level("near", "nearly the same", 0.15, 0.15, 2e-2),
        Level("different", "different", 0.10, 0.10, 0.97),
    ),
    shared=True,
    usual=1 / 200,
)
POSTAL = Field(
    "postal_code",
    "ZIP code",
    (
        Level("same", "same", 0.90, 0.90, 5e-3, counted=True),
        Level("near", "one digit apart", 0.06, 0.06, 2e-2),
        Level("different", "different", 0.04, 0.04, 0.975),
    ),
    shared=True,
    usual=1 / 2000,
)
CITY = Field(
    "city",
    "City",
    (
        Level("same", "same", 0.85, 0.85, 1e-2, counted=True),
        Level("near", "nearly the same", 0.10, 0.10, 1e-2),
        Level("different", "different", 0.05, 0.05, 0.98),
        Level("same_nearby", "same", 0.85, 0.85, 0.30, group=NEARBY),
        Level("near_nearby", "nearly the same", 0.10, 0.10, 0.02, group=NEARBY),
        Level("different_nearby", "different", 0.05, 0.05, 0.68, group=NEARBY),
        Level("same_here", "same", 0.88, 0.88, 0.85, group=HERE),
        Level("near_here", "nearly the same", 0.08, 0.08, 0.05, group=HERE),
        Level("different_here", "different", 0.04, 0.04, 0.10, group=HERE),
    ),
    shared=True,
    usual=0.01,
)
STATE = Field(
    "state",
    "State",
    (
        Level("same", "same", 0.97, 0.97, 0.3, counted=True),
        Level("different", "different", 0.03, 0.03, 0.7),
        Level("same_nearby", "same", 0.97, 0.97, 0.8, group=NEARBY),
        Level("different_nearby", "different", 0.03, 0.03, 0.2, group=NEARBY),
        Level("same_here", "same", 0.985, 0.985, 0.98, group=HERE),
        Level("different_here", "different", 0.015, 0.015, 0.02, group=HERE),
    ),
    shared=True,
    usual=0.4,
)
PHONE = Field(
    "phone",
    "Phone",
    (
        Level("same", "same", 0.65, 0.50, 2e-5, counted=True),
        Level("near", "one digit apart", 0.06, 0.05, 2e-5),
        Level("different", "different", 0.29, 0.45, 0.99996),
    ),
    usual=1 / 50000,
)
MEMBER = Field(
    "member_id",
    "Member ID",
    (
        Level("same", "same", 0.72, 0.30, 2e-6, counted=True),
        Level("family", "same family's number", 0.04, 0.25, 2e-6),
        Level("near", "one character apart", 0.06, 0.03, 1e-5),
        Level("different", "different", 0.18, 0.42, 0.999986),
    ),
    usual=1 / 100000,
)

FIELDS = (
    GIVEN, FAMILY, ORDER, MIDDLE, SUFFIX, BIRTH, SEX,
    NUMBER, STREET, UNIT, POSTAL, CITY, STATE, PHONE, MEMBER,
)  # fmt: skip
COUNTED = [any(level.counted for level in one.levels) for one in FIELDS]
