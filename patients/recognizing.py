"""Who among the patients may be this person: candidates by indexed keys, compared by our beliefs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from patients import queries
from patients.matching import Comparison, Parameters, Person, compare
from patients.models import MatchingRules, Patient
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


def with_facts(patients: Iterable[UUID] | QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with all that `as_person` reads."""
    found: QuerySet[Patient] = Patient.objects.filter(pk__in=patients)
    return found.prefetch_related("contact_points", "coverages")


def as_person(patient: Patient) -> Person:
    """A patient as the matcher takes them. Member ids stay sealed: their blind indexes are compared."""
    points = patient.contact_points.all()
    members = [cover.member_id_index for cover in patient.coverages.all()]
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
        phones=frozenset(point.value for point in points if point.is_phone and not point.do_not_use),
        member_ids=frozenset(bytes(member) for member in members if member),
    )


def alike(person: Person) -> list[Likeness]:
    """Patients who are this person, or about whom a person is asked; likeliest first."""
    believed = beliefs(rules())
    known = with_facts({patient.pk for patient in candidates(person)})
    compared = [Likeness(patient, compare(person, as_person(patient), believed)) for patient in known]
    found = [one for one in compared if one.comparison.decision != "different"]
    return sorted(found, key=lambda one: (-one.comparison.probability, one.patient.name_key, one.patient.pk))


def compared(person: Person, patient: Patient) -> Comparison:
    """Whether one patient is this person."""
    return compare(person, as_person(patient), beliefs(rules()))


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
