"""What the inbox and the review page read, and the patients a fax may be about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from insurance.models import Coverage
from intake import matching
from intake.extraction import WordOnPage
from intake.matching import Match
from intake.models import Arrival, Page
from organizations.names import name_key
from patients import recognizing
from patients.matching import Person
from patients.models import ContactPoint, Patient
from referrals import storing

MOST_ALIKE = 60


@dataclass(frozen=True, slots=True)
class StoredWord:
    """A word as kept."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as kept, with its picture opened: what the reader of fields wants."""

    number: int
    width: int
    height: int
    words: tuple[WordOnPage, ...]
    image: bytes


def pages_of(arrival: Arrival, *, first: int = 1, last: int | None = None) -> list[StoredPage]:
    """The pages written down so far, in order, or those from `first` to `last`."""
    wanted = Page.objects.filter(arrival=arrival, number__gte=first).select_related("picture")
    return [
        StoredPage(
            page.number,
            page.width,
            page.height,
            tuple(StoredWord(*word) for word in page.words),
            storing.read(page.picture),
        )
        for page in (wanted if last is None else wanted.filter(number__lte=last))
    ]


def patients_like(values: Mapping[str, str]) -> list[Match]:
    """Who a fax with these values may be about, likeliest first."""
    return [match for match, _ in likely_patients(values)]


def likely_patients(values: Mapping[str, str]) -> list[tuple[Match, Patient]]:
    """The same, with the patients' rows."""
    wanted = wanted_person(values)
    near = {patient.pk: patient for patient in _near(wanted)}
    if not near:
        return []
    known = recognizing.people(near.values())
    matches = matching.match(wanted, list(known.items()), recognizing.beliefs(recognizing.rules()))
    return [(match, near[match.patient_id]) for match in matches]


def wanted_person(values: Mapping[str, str]) -> Person:
    """The person that the values of a reading (in normal form) describe."""
    member_id = values.get("member_id", "")
    phone = values.get("patient_phone", "")
    street, _, town = values.get("patient_address", "").partition(",")
    return Person(
        given_name=values.get("patient_first", ""),
        family_name=values.get("patient_last", ""),
        birth_date=_day(values.get("patient_dob", "")),
        sex=values.get("patient_sex", ""),
        street=street,
        postal_code=town[-5:] if town[-5:].isdigit() else "",
        phones=frozenset([phone] if phone else []),
        member_ids=frozenset([Coverage.index_of(member_id)] if member_id else []),
    )


def _near(wanted: Person) -> QuerySet[Patient]:
    """Patients who share a birth date, a name's beginning, a telephone or a member number.

    Each by its own index; one OR over these tables would read every patient.
    """
    ways: list[QuerySet[Any]] = []
    if isinstance(wanted.birth_date, date):
        ways.append(Patient.objects.born(wanted.birth_date).values_list("pk", flat=True))
    if family := name_key(wanted.family_name).split()[:1]:
        given = name_key(wanted.given_name).split()[:1]
        ways.append(Patient.objects.named_like(" ".join(family + given)).values_list("pk", flat=True))
        ways.append(Patient.objects.named_like(family[0]).values_list("pk", flat=True))
    if wanted.phones:
        numbers = [f"+1{digits}" for digits in wanted.phones]
        ways.append(ContactPoint.objects.filter(value__in=numbers).values_list("patient_id", flat=True))
    if wanted.member_ids:
        same = Coverage.objects.filter(member_id_index__in=wanted.member_ids)
        ways.append(same.values_list("patient_id", flat=True))
    if not ways:
        return Patient.objects.none()
    first, *others = [way.order_by()[:MOST_ALIKE] for way in ways]
    found = first.union(*others) if others else first
    return Patient.objects.current().filter(pk__in=found)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
