"""Where a ZIP code is: its centroid, from the `zipcodes` package; no address leaves the house."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

EARTH_MILES = 3958.8  # mean radius
FIVE = 5

Place = tuple[float, float]  # degrees north and east


@lru_cache(maxsize=50_000)  # there are 43,000
def centre_of(postal_code: str) -> Place | None:
    """The middle of a ZIP code's area, or None for one that does not exist."""
    import zipcodes  # half a second and some memory: only where a distance is asked for

    code = postal_code[:FIVE]
    if len(code) != FIVE or not code.isdigit():
        return None
    found = zipcodes.matching(code)
    return (float(found[0]["lat"]), float(found[0]["long"])) if found else None


def miles_between(one: Place, other: Place) -> float:
    """Great-circle distance (haversine) in miles; roads are longer."""
    (north, east), (north_too, east_too) = (map(radians, place) for place in (one, other))
    half = sin((north_too - north) / 2) ** 2 + cos(north) * cos(north_too) * sin((east_too - east) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))


def miles_between_zips(one: str, other: str) -> float | None:
    """The distance of two ZIP codes' middles, or None when either is not known."""
    here, there = centre_of(one), centre_of(other)
    return miles_between(here, there) if here and there else None
