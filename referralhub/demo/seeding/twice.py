"""What years of registering leave behind: people who are here twice, and those who speak for a child."""

from collections.abc import Callable
from datetime import timedelta

from patients.actions import duplicates
from patients.models import ContactPoint, Identifier, Patient, RelatedPerson
from patients.proxies import comes_of_age, is_minor
from referralhub.demo.seeding.clinic import Clinic

EVERYBODY = 10_000  # more than the demo has, so that one look is enough
HOSPITAL = "St. Brigid Hospital"


def twice(clinic: Clinic) -> None:
    """Three second records, found as the nightly search finds them; a parent for each child."""
    everybody = [person.patient for person in clinic.people.values()]
    adults = [one for one in everybody if not is_minor(one.birth_date, one.state, clinic.now.date())]
    for patient, differently in zip(adults[-3:], DIFFERENTLY, strict=True):
        _again(patient, differently)
    for child in everybody:
        if child not in adults:
            _parent_of(child)
    duplicates.look_through(size=EVERYBODY)


def _again(patient: Patient, differently: Callable[[Patient], dict[str, object]]) -> None:
    """Registered anew, because nobody looked: less is known, and something was typed otherwise."""
    facts = {name: getattr(patient, name) for name in ("given_name", "family_name", "birth_date", "sex")}
    second = Patient.objects.create(**{**facts, **differently(patient)})
    mobile = patient.contact_points.filter(kind=ContactPoint.Kind.MOBILE).first()
    if mobile is not None:
        ContactPoint.objects.create(patient=second, kind=mobile.kind, value=mobile.value)
    Identifier.objects.create(patient=second, authority=HOSPITAL, value=f"SB-{7700 + int(second.mrn) % 100}")


def _one_letter_less(patient: Patient) -> dict[str, object]:
    return {"family_name": patient.family_name[:-2] + patient.family_name[-1]}


def _another_day(patient: Patient) -> dict[str, object]:
    return {
        "birth_date": patient.birth_date + timedelta(days=1),
        "line1": patient.line1,
        "postal_code": patient.postal_code,
    }


def _initial_only(patient: Patient) -> dict[str, object]:
    return {"given_name": patient.given_name[0], "line1": patient.line1, "city": patient.city}


DIFFERENTLY = (_one_letter_less, _another_day, _initial_only)


def _parent_of(child: Patient) -> None:
    mobile = child.contact_points.filter(kind=ContactPoint.Kind.MOBILE).first()
    RelatedPerson.objects.create(
        patient=child,
        name=f"Alex {child.family_name}",
        relation=RelatedPerson.Relation.PARENT,
        phone=mobile.value if mobile else "",
        decides=True,
        may_be_told=True,
        until=comes_of_age(child.birth_date, child.state),
    )
