"""Keys under which a person is filed, so that two records of one person share at least one (blocking).

A key is text that can be indexed. One key serves both orders of first and last name, and both orders of day
and month; names are filed by sound, first names by what they are short for as well.
"""

from patients.matching.nicknames import circles
from patients.matching.person import Facts, Person, facts
from patients.matching.phonetics import soundex

START = 4  # letters of a street that a slip seldom reaches
CITY_START = 6


def keys_of(person: Person) -> set[str]:
    """The keys of a person, a dozen or so, each shared by tens or hundreds among a million, not thousands."""
    return keys(facts(person))


def keys(one: Facts) -> set[str]:
    """The keys of a person's facts, for an index."""
    return {*_by_birth(one), *_by_name(one), *_by_place(one), *_by_number(one)}


def broad_keys(one: Facts) -> set[str]:
    """More keys, for a single file, where a city is no crowd."""
    if not one.city:
        return set()
    city = one.city[:CITY_START]
    found = {f"city {city} {sound}" for sound in _family_sounds(one.family) | _given_sounds(one.given)}
    return found | ({f"city {city} street {one.street[:START]}"} if one.street else set())


def _by_birth(one: Facts) -> set[str]:
    if not one.birth:
        return set()
    year, month, day = one.birth[:4], one.birth[4:6], one.birth[6:]
    sounds = _family_sounds(one.family) | _family_sounds(one.given)
    return {
        f"birth {year} {' '.join(sorted((month, day)))}",
        *(f"year {year} {sound}" for sound in sounds),
        *(f"day {month}{day} {sound}" for sound in sounds),
    }


def _by_name(one: Facts) -> set[str]:
    return {
        f"name {' '.join(sorted((family, given)))}"
        for family in _family_sounds(one.family)
        for given in _given_sounds(one.given)
    }


def _by_place(one: Facts) -> set[str]:
    street = one.street[:START]
    found = {f"door {one.number} {street}"} if one.number and street else set()
    if one.postal:
        sounds = _family_sounds(one.family) | _given_sounds(one.given)
        found |= {f"zip {one.postal} {sound}" for sound in sounds}
        found |= {f"zip {one.postal} street {street}"} if street else set()
    return found


def _by_number(one: Facts) -> set[str]:
    return {f"phone {phone}" for phone in one.phones} | {f"member {member}" for member in one.members}


def _family_sounds(name: str) -> set[str]:
    """How each part of a name of several sounds; initials have no sound."""
    return {sound for part in name.split() if len(part) > 1 and (sound := soundex(part))}


def _given_sounds(name: str) -> set[str]:
    """How the first of the given names sounds, and the names that it is short for."""
    if not name:
        return set()
    return {sound for circle in circles(name.split(maxsplit=1)[0]) if (sound := soundex(circle))}
