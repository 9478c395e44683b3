"""How far two values agree: for each field the name of its grade, the same whichever record comes first."""

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from patients.matching.nicknames import circles
from patients.matching.phonetics import soundex

NEAR_NAME, ALIKE_NAME, NEAR_LINE = 0.95, 0.85, 0.88  # Jaro-Winkler, 0 to 1
SHORT = 3  # letters below which one slip makes another name
MIDDLING = 5  # letters from which two slips leave a name that looks alike
LONG = 7  # letters from which two slips are still the same name
FAMILY_DIGITS = 2  # the end of a member number that tells members of a family apart
CACHE = 1 << 15


def first_names(a: str, b: str) -> str:
    """The grade of two given names."""
    return _first_names(a, b) if a <= b else _first_names(b, a)


def last_names(a: str, b: str) -> str:
    """The grade of two family names."""
    return _last_names(a, b) if a <= b else _last_names(b, a)


@lru_cache(CACHE)
def _first_names(a: str, b: str) -> str:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if one == other or not one:  # of two names in order, the first is the missing one
        return "same" if one else "missing"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "different"
    if circles(one) & circles(other):
        return "nickname"
    if _share_a_part(a, b):
        return "part"
    if circles(a.split(maxsplit=1)[0]) & circles(b.split(maxsplit=1)[0]):
        return "nickname"
    return _likeness(one, other)


@lru_cache(CACHE)
def _last_names(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if one == other:
        return "same"
    if _share_a_part(a, b):
        return "part"
    return _likeness(one, other)


def _share_a_part(a: str, b: str) -> bool:
    """ "maria" is in "maria teresa", "ruiz" in "delgado ruiz"; "de la" is nobody's name."""
    if " " not in a and " " not in b:
        return False
    return any(len(part) > SHORT for part in set(a.split()) & set(b.split()))


def _likeness(one: str, other: str) -> str:
    slips = OSA.distance(one, other)
    likeness = JaroWinkler.similarity(one, other)
    shorter = min(len(one), len(other))
    if (slips == 1 and shorter >= SHORT) or (slips <= 2 and shorter >= LONG) or likeness >= NEAR_NAME:  # noqa: PLR2004
        return "near"
    alike = likeness >= ALIKE_NAME or (slips == 2 and shorter >= MIDDLING) or soundex(one) == soundex(other)  # noqa: PLR2004
    return "alike" if alike or one.startswith(other) or other.startswith(one) else "different"


def middle_names(a: str, b: str) -> str:
    """The grade of two middle names or initials."""
    if not a or not b:
        return "missing"
    if a == b and len(a) > 1:
        return "same"
    if a[0] == b[0] and 1 in (len(a), len(b)):
        return "initial"
    return "same" if min(len(a), len(b)) > 1 and OSA.distance(a, b) == 1 else "different"


def suffixes(a: str, b: str) -> str:
    """The grade of two suffixes: a father seldom writes Sr, so a Jr on one record alone says something."""
    if not a and not b:
        return "missing"
    return ("same" if a == b else "different") if a and b else "one"


def exactly(a: str, b: str) -> str:
    """The grade of two codes that agree or do not."""
    if not a or not b:
        return "missing"
    return "same" if a == b else "different"


@lru_cache(CACHE)
def birth_dates(a: str, b: str) -> str:
    """The grade of two birth dates, written YYYYMMDD."""
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    parts, others = (a[:4], a[4:6], a[6:]), (b[:4], b[4:6], b[6:])
    if parts[0] == others[0] and parts[1:] == (others[2], others[1]):
        return "swapped"
    slips = OSA.distance(a, b)
    if slips == 1:
        return "slip"
    agreeing = sum(part == other for part, other in zip(parts, others, strict=True))
    turned = OSA.distance(parts[0] + parts[2] + parts[1], b)
    return "near" if agreeing == 2 or slips == 2 or turned == 1 else "different"  # noqa: PLR2004


def numbers(a: str, b: str) -> str:
    """The grade of two house numbers or ZIP codes."""
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    return "near" if OSA.distance(a, b) == 1 and max(len(a), len(b)) > 1 else "different"


def lines(a: str, b: str) -> str:
    """The grade of two streets, cities or units."""
    return _lines(a, b) if a <= b else _lines(b, a)


@lru_cache(CACHE)
def _lines(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if one == other:
        return "same"
    slips = OSA.distance(one, other)
    if (slips == 1 and min(len(one), len(other)) >= SHORT) or JaroWinkler.similarity(a, b) >= NEAR_LINE:
        return "near"
    return (
        "near"
        if _share_a_part(a, b) and (set(a.split()) < set(b.split()) or set(b.split()) < set(a.split()))
        else "different"
    )


def phones(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The grade of two people's telephones: one in common is enough."""
    if not a or not b:
        return "missing"
    if set(a) & set(b):
        return "same"
    return "near" if any(OSA.distance(one, other) == 1 for one in a for other in b) else "different"


def member_ids(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The grade of two people's member numbers; keyed digests ("#…") are the same or different."""
    if not a or not b:
        return "missing"
    if set(a) & set(b):
        return "same"
    plain = [
        (one, other) for one in a for other in b if not one.startswith("#") and not other.startswith("#")
    ]
    if any(_of_one_family(one, other) for one, other in plain):
        return "family"
    return "near" if any(OSA.distance(one, other) == 1 for one, other in plain) else "different"


def _of_one_family(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LONG or len(longer) - len(shorter) > FAMILY_DIGITS:
        return False
    if len(longer) > len(shorter):
        return longer.startswith(shorter)
    return one[:-FAMILY_DIGITS] == other[:-FAMILY_DIGITS]
