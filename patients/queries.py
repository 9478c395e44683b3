"""Finding patients among a million, by name, in milliseconds.

Every condition is a range on the search keys, since only those use their index under row security. The rarest
word leads, each as rare as it is beside another typed word; the others are asked of the few that leaves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice
from operator import attrgetter
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from patients import searching
from patients.models import Patient

COUNTED = 400  # keys looked at to tell a rare word from a common one
LOOKED_AT = 400  # patients compared for one search
SOUGHT = 4  # typed words that are looked up, the longest; all are compared
TO_SLIP = 3  # letters from which a word may be written otherwise
TO_PAIR = 3  # common words, of which two lead where one is slipped
ENOUGH = 3  # found as typed: no need to guess
RARITY = """
SELECT (SELECT count(*) FROM (
  SELECT 1 FROM patients_searchkey
  WHERE organization_id = app_org() AND key >= low AND key < high LIMIT %s) counted)
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (low, high, place) ORDER BY place
"""
HOLDERS = (
    "SELECT patient_id FROM patients_searchkey WHERE organization_id = app_org() AND key >= %s AND key < %s"
)
Range = tuple[str, str]  # keys from the first to just before the second
_count = attrgetter("count")


@dataclass(frozen=True)
class Clue:
    """What a typed word may mean, and how many keys that are, each range counted up to a limit."""

    ranges: Sequence[Range]
    count: int


def named(name: str, *, most: int, born: date | None = None) -> list[Patient]:
    """Patients whose names fit, likeliest first: any order, beginnings, other spellings, one slip."""
    words = searching.name_words(name)
    if not words:
        return []
    if born is not None:
        return _likeliest(words, Patient.objects.current().born(born), most)
    if searching.is_vague(words):
        return []
    found = _as_typed(words, most)
    if len(found) < min(ENOUGH, most):
        known = {patient.pk for patient in found}
        found += [patient for patient in _alike(words, most) if patient.pk not in known]
    return found[:most]


def with_phone_ending(figures: str, *, most: int) -> list[Patient]:
    """Patients one of whose telephones ends so."""
    return _held(_holders([[_beginning(searching.phone_ending(figures))]]), most)


def numbered(number: str, *, most: int) -> list[Patient]:
    """Patients known to somebody by this number."""
    return _held(_holders([[_whole(searching.numbered(number))]]), most)


def _as_typed(words: Sequence[str], most: int) -> list[Patient]:
    sought = _sought(words)
    ways = [_ways_to(word, sought) for word in sought]
    counted = iter(_counted([[way] for of_word in ways for way in of_word]))
    rarest = [min(islice(counted, len(of_word)), key=_count) for of_word in ways]
    if not all(map(_count, rarest)):
        return []
    if len(words) == 1 and rarest[0].count >= COUNTED:
        return _first_by_family_name(words[0], most)
    return _likeliest(words, _patients(_holders(_leading(rarest))), most)


def _sought(words: Sequence[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)[:SOUGHT]


def _ways_to(word: str, words: Sequence[str]) -> list[Range]:
    """The ranges of which each holds everybody with this word who has the others too."""
    others = [other for other in words if other is not word and len(other) >= searching.BEGUN]
    keys = [searching.paired(other, word) for other in others]
    return list(map(_beginning, keys or [searching.beginning(word)]))


def _first_by_family_name(word: str, most: int) -> list[Patient]:
    """A common beginning: those whose family name it begins, in the order of the chart cabinet."""
    return list(Patient.objects.current().named_like(word).order_by("name_key", "pk")[:most])


def _alike(words: Sequence[str], most: int) -> list[Patient]:
    """Those that begin or sound so, or have another first letter; very short words are only compared."""
    sought = [word for word in _sought(words) if len(word) >= TO_SLIP]
    clues = _counted([_meanings(word) for word in sought]) if sought else []
    known = [clue for clue in clues if clue.count]
    if not known or (len(known) < len(sought) and min(map(_count, known)) >= COUNTED):
        return []
    whole = [word for word in _sought(words) if len(word) >= searching.BEGUN]
    if len(whole) >= TO_PAIR and min(map(_count, known)) >= COUNTED:
        return _likeliest(words, _patients(_holders_of_two(whole)), most)
    return _likeliest(words, _patients(_holders(_leading(known))), most)


def _meanings(word: str) -> list[Range]:
    alike = [searching.sounding(word), *searching.beheaded(word)]
    return [_beginning(searching.beginning(word)), *map(_whole, alike)]


def _leading(clues: Sequence[Clue]) -> list[Sequence[Range]]:
    """The rarest word alone when that leaves few, since the others are compared anyway; else all of them."""
    rarest = min(clues, key=_count)
    return [clue.ranges for clue in ([rarest] if rarest.count < COUNTED else clues)]


def _likeliest(words: Sequence[str], patients: QuerySet[Patient], most: int) -> list[Patient]:
    """Names are compared before records are read, since most that are looked at do not fit."""
    looked_at = patients.values_list("pk", "name_key", *Patient.NAMED_BY)[:LOOKED_AT]
    likely = (
        (-searching.likeness(words, searching.name_words(*names)), key, pk) for pk, key, *names in looked_at
    )
    best = [pk for _, _, pk in sorted(one for one in likely if one[0])[:most]]
    known = Patient.objects.in_bulk(best)
    return [known[pk] for pk in best]


def _held(ids: Collection[UUID], most: int) -> list[Patient]:
    return list(_patients(ids).order_by("name_key", "pk")[:most])


def _patients(ids: Collection[UUID]) -> QuerySet[Patient]:
    return Patient.objects.current().filter(pk__in=ids)


def _holders(ranges: Sequence[Sequence[Range]]) -> list[UUID]:
    """Patients with a key in one range of every word."""
    words = [f"({' UNION ALL '.join([HOLDERS] * len(word))})" for word in ranges]
    bounds = [bound for word in ranges for one in word for bound in one]
    with connection.cursor() as cursor:
        cursor.execute(f"{' INTERSECT '.join(words)} LIMIT %s", [*bounds, LOOKED_AT])
        return list({row[0] for row in cursor.fetchall()})


def _holders_of_two(words: Sequence[str]) -> list[UUID]:
    """Some who have two of several common words as typed, whichever is slipped; as many for each two."""
    keys = [searching.paired(one, other) for other, one in combinations(words, 2)]
    each = f"({HOLDERS} LIMIT {LOOKED_AT // len(keys)})"
    with connection.cursor() as cursor:
        bounds = [bound for key in keys for bound in _beginning(key)]
        cursor.execute(" UNION ".join([each] * len(keys)), bounds)
        return [row[0] for row in cursor.fetchall()]


def _counted(meanings: Sequence[Sequence[Range]]) -> list[Clue]:
    """What is sought, each with the cost of leading with it."""
    low, high = zip(*(one for ranges in meanings for one in ranges), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(RARITY, [COUNTED, list(low), list(high)])
        counts = iter([int(row[0]) for row in cursor.fetchall()])
    return [Clue(ranges, sum(islice(counts, len(ranges)))) for ranges in meanings]


def _beginning(key: str) -> Range:
    return key, key + "\uffff"


def _whole(key: str) -> Range:
    return key, key + "\x01"
