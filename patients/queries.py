"""Finding patients among a million, by name, in milliseconds.

Every condition is a range on the search keys, since only those use their index under row security. The rarest
word leads; the others are asked of the few patients it leaves.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from patients import searching
from patients.models import Patient, SearchKey

COUNTED = 400  # keys looked at to tell a rare word from a common one
LOOKED_AT = 200  # patients compared for one search
ENOUGH = 3  # found as typed: no need to guess
RARITY = """
SELECT (SELECT count(*) FROM (
  SELECT 1 FROM patients_searchkey
  WHERE organization_id = app_org() AND key >= start AND key < start || chr(65535) LIMIT %s) counted)
FROM unnest(%s::text[]) WITH ORDINALITY AS asked (start, place) ORDER BY place
"""


def named(name: str, *, most: int, born: date | None = None) -> list[Patient]:
    """Patients whose names fit, likeliest first: any order, beginnings, other spellings, one slip."""
    words = searching.name_words(name)
    if not words:
        return []
    if born is not None:
        return _likeliest(words, Patient.objects.current().born(born), most)
    found = _as_typed(words, most)
    if len(found) < min(ENOUGH, most):
        known = {patient.pk for patient in found}
        found += [patient for patient in _alike(words, most) if patient.pk not in known]
    return found[:most]


def with_phone_ending(figures: str, *, most: int) -> list[Patient]:
    """Patients one of whose telephones ends so."""
    return list(_with_key(searching.phone_ending(figures)).order_by("name_key", "pk")[:most])


def numbered(number: str, *, most: int) -> list[Patient]:
    """Patients known to somebody by this number."""
    ids = SearchKey.objects.filter(key=searching.numbered(number)).values("patient")
    return list(Patient.objects.current().filter(pk__in=ids).order_by("name_key", "pk")[:most])


def _as_typed(words: Sequence[str], most: int) -> list[Patient]:
    starts = [searching.beginning(word) for word in words]
    counts = _rarity(starts)
    if not all(counts):
        return []
    if len(words) == 1 and counts[0] >= COUNTED:
        return _first_by_family_name(words[0], most)
    (_, lead), *others = sorted(zip(counts, starts, strict=True))
    found = _with_key(lead)
    for start in others:
        found = found.filter(pk__in=_holders(start[1]))
    return _likeliest(words, found, most)


def _first_by_family_name(word: str, most: int) -> list[Patient]:
    """A common beginning: those whose family name it begins, in the order of the chart cabinet."""
    return list(Patient.objects.current().named_like(word).order_by("name_key", "pk")[:most])


def _alike(words: Sequence[str], most: int) -> list[Patient]:
    """Those that sound so, or have another first letter, led by the rarest word."""
    ways = [[searching.sounding(word), *searching.beheaded(word)] for word in words]
    counts = _rarity([key for keys in ways for key in keys])
    rare = iter(counts)
    per_word = [sum(next(rare) for _ in keys) for keys in ways]
    lead = min(((count, keys) for count, keys in zip(per_word, ways, strict=True) if count), default=None)
    if lead is None:
        return []
    ids = SearchKey.objects.filter(key__in=lead[1]).values("patient")
    return _likeliest(words, Patient.objects.current().filter(pk__in=ids), most)


def _likeliest(words: Sequence[str], patients: QuerySet[Patient], most: int) -> list[Patient]:
    likely = [
        (searching.likeness(words, searching.name_words(*patient.names)), patient)
        for patient in patients[:LOOKED_AT]
    ]
    ordered = sorted(likely, key=lambda one: (-one[0], one[1].name_key, one[1].pk))
    return [patient for like, patient in ordered if like][:most]


def _with_key(start: str) -> QuerySet[Patient]:
    return Patient.objects.current().filter(pk__in=_holders(start))


def _holders(start: str) -> QuerySet[SearchKey, UUID]:
    return SearchKey.objects.filter(key__gte=start, key__lt=start + "\uffff").values_list(
        "patient", flat=True
    )


def _rarity(starts: Sequence[str]) -> list[int]:
    """How many keys begin so, up to a limit: the cost of leading with each."""
    with connection.cursor() as cursor:
        cursor.execute(RARITY, [COUNTED, list(starts)])
        return [int(row[0]) for row in cursor.fetchall()]
