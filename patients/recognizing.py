"""Who among the patients may be this person: candidates by indexed keys, compared by our beliefs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from patients import queries
from patients.matching import Comparison, Parameters, Person, compare_with
from patients.models import ContactPoint, MatchingRules, Patient
from patients.searching import phone_ending

SOUND_ALIKE, BORN_THEN, CALLED_THERE = 30, 60, 20  # candidates of each kind that are compared
# What else could explain the likeness, when it is not mere chance: the weights are against that.
AGAINST = {
    "twins": "Weighed against twins, who share last name, birth date and home.",
    "household": "Weighed against two people of one household, who share last name, home and telephone.",
}


@dataclass(frozen=True)
class Likeness:
    """A patient who may be the one meant, and why."""

    patient: Patient
    comparison: Comparison

    @property
    def against(self) -> str:
        """What else could explain it, in a sentence; nothing for chance."""
        return AGAINST.get(self.comparison.against, "")


def rules() -> MatchingRules:
    """How sure this organization wants to be; the usual ones until somebody or the data says otherwise."""
    return MatchingRules.objects.first() or MatchingRules()


def beliefs(kept: MatchingRules) -> Parameters:
    """The matcher's parameters here: learned from the records or the first beliefs, with our thresholds."""
    learned = Parameters.from_json(kept.parameters) if kept.parameters else Parameters()
    return replace(learned, same_at=kept.same_from, ask_at=kept.ask_from)


def people(patients: Iterable[Patient]) -> dict[UUID, Person]:
    """Patients as the matcher takes them, in two reads however many they are.

    Member ids stay sealed: their blind indexes are compared.
    """
    known = {patient.pk: patient for patient in patients}
    points = ContactPoint.objects.filter(patient__in=known, do_not_use=False)
    phones = _gathered(points.exclude(kind=ContactPoint.Kind.EMAIL).values_list("patient", "value"))
    covered = Patient.objects.filter(pk__in=known, coverages__member_id_index__isnull=False)
    members = _gathered(covered.values_list("pk", "coverages__member_id_index"))
    return {
        pk: _person(
            patient, frozenset(phones[pk]), frozenset(bytes(member) for member in members[pk] if member)
        )
        for pk, patient in known.items()
    }


def _gathered(pairs: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for pk, value in pairs:
        found[pk].append(value)
    return found


def _person(patient: Patient, phones: frozenset[str], members: frozenset[str | bytes]) -> Person:
    return Person(
        given_name=patient.given_name,
        family_name=patient.family_name,
        middle_name=patient.middle_name,
        suffix=patient.suffix,
        birth_date=patient.birth_date,
        sex=patient.sex,
        street=patient.line1,
        city=patient.city,
        postal_code=patient.postal_code,
        state=patient.state,
        phones=phones,
        member_ids=members,
    )


def alike(person: Person) -> list[Likeness]:
    """Patients who are this person, or about whom a person is asked; likeliest first."""
    near = candidates(person)
    compared = zip(near, compared_with(person, near), strict=True)
    found = [Likeness(patient, one) for patient, one in compared if one.decision != "different"]
    return sorted(found, key=lambda one: (-one.comparison.probability, one.patient.name_key, one.patient.pk))


def compared_with(person: Person, patients: Sequence[Patient]) -> list[Comparison]:
    """Whether each of some patients is this person, in their order."""
    known = people(patients)
    return compare_with(person, [known[patient.pk] for patient in patients], beliefs(rules()))


def candidates(person: Person) -> list[Patient]:
    """Everybody worth comparing, each once: likely by name, born then, or called there."""
    return list(dict.fromkeys(_brought_up(person)))


def _brought_up(person: Person) -> Iterator[Patient]:
    """By name (any order, sound, one slip), by birth date (day and month swapped too), by telephone."""
    yield from queries.named(f"{person.given_name} {person.family_name}", most=SOUND_ALIKE)
    if isinstance(person.birth_date, date):
        born = Patient.objects.current().filter(birth_date__in=_ways_to_write(person.birth_date))
        yield from born.order_by("name_key")[:BORN_THEN]
    for phone in sorted(person.phones):
        holders = Patient.objects.current().filter(search_keys__key=phone_ending(phone))
        yield from holders.order_by("name_key", "pk")[:CALLED_THERE]


def _ways_to_write(born: date) -> list[date]:
    try:
        return [born, born.replace(month=born.day, day=born.month)]
    except ValueError:
        return [born]
