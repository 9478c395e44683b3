"""Finding patients among a million, by name, in milliseconds.

Every condition is a range on the search keys, since only those use their index under row security. The rarest
word leads; the others are asked of the few patients it leaves.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from patients import searching
from patients.models import Patient

COUNTED = 400  # keys looked at to tell a rare word from a common one
LOOKED_AT = 400  # patients compared for one search
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
    return _held(_holders([[_beginning(searching.phone_ending(figures))]]), most)


def numbered(number: str, *, most: int) -> list[Patient]:
    """Patients known to somebody by this number."""
    return _held(_holders([[_whole(searching.numbered(number))]]), most)


def _as_typed(words: Sequence[str], most: int) -> list[Patient]:
    ranges = [[_beginning(searching.beginning(word))] for word in words]
    counts = _rarity(ranges)
    if not all(counts):
        return []
    if len(words) == 1 and counts[0] >= COUNTED:
        return _first_by_family_name(words[0], most)
    return _likeliest(words, _patients(_holders(_leading(ranges, counts))), most)


def _first_by_family_name(word: str, most: int) -> list[Patient]:
    """A common beginning: those whose family name it begins, in the order of the chart cabinet."""
    return list(Patient.objects.current().named_like(word).order_by("name_key", "pk")[:most])


def _alike(words: Sequence[str], most: int) -> list[Patient]:
    """Those that begin or sound so, or have another first letter."""
    ranges = [
        [
            _beginning(searching.beginning(word)),
            *map(_whole, [searching.sounding(word), *searching.beheaded(word)]),
        ]
        for word in words
    ]
    counts = _rarity(ranges)
    known = [(word, count) for word, count in zip(ranges, counts, strict=True) if count]
    if not known or (len(known) < len(words) and min(count for _, count in known) >= COUNTED):
        return []
    leading = _leading([word for word, _ in known], [count for _, count in known])
    return _likeliest(words, _patients(_holders(leading)), most)


def _leading(ranges: Sequence[list[Range]], counts: Sequence[int]) -> list[list[Range]]:
    """The rarest word alone when that leaves few, since the others are compared anyway; else all of them."""
    rarest = min(counts)
    return [ranges[counts.index(rarest)]] if rarest < COUNTED else list(ranges)


def _likeliest(words: Sequence[str], patients: QuerySet[Patient], most: int) -> list[Patient]:
    likely = [
        (searching.likeness(words, searching.name_words(*patient.names)), patient)
        for patient in patients[:LOOKED_AT]
    ]
    ordered = sorted(likely, key=lambda one: (-one[0], one[1].name_key, one[1].pk))
    return [patient for like, patient in ordered if like][:most]


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


def _rarity(ranges: Sequence[Sequence[Range]]) -> list[int]:
    """For each word how many keys it may mean, counted up to a limit: the cost of leading with it."""
    low, high = zip(*(one for word in ranges for one in word), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(RARITY, [COUNTED, list(low), list(high)])
        counts = iter([int(row[0]) for row in cursor.fetchall()])
    return [sum(next(counts) for _ in word) for word in ranges]


def _beginning(key: str) -> Range:
    return key, key + "\uffff"


def _whole(key: str) -> Range:
    return key, key + "\x01"
