"""Patients with their telephones, what they agreed to, and who pays for them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from insurance.models import Coverage
from organizations.names import name_key
from patients import searching
from patients.models import ContactPoint, Patient, SearchKey
from referralhub.demo import people, world
from referralhub.demo.seeding.payers import Payers
from referralhub.demo.seeding.rows import Rows, reserve

CONSENTS, CONSENT_WEIGHTS = ("granted", "not_asked", "refused"), (80, 13, 7)
SHARE_WITH_EMAIL = 0.4
FIRST_MRN = 4001
TROUBLE = ("00", "98", "99")  # ends of the numbers at which the sandbox carrier makes trouble


@dataclass(frozen=True)
class Person:
    """A patient of one organization with what the journeys need of them."""

    patient: Patient
    coverage: Coverage
    mobile: ContactPoint
    member_id: str

    @property
    def may_be_texted(self) -> bool:
        """Whether a text goes to them, and arrives."""
        return self.mobile.may_be_written_to and not self.mobile.value.endswith(TROUBLE)


def known_to(referred: Iterable[world.Patient], *, count: int, seed: int) -> tuple[world.Patient, ...]:
    """The standing cast, everybody who is referred, and others until there are `count`."""
    others = people.patients(Random(seed), count * 2)
    chosen = dict.fromkeys([*others[:8], *referred])
    phones = {patient.mobile for patient in chosen}
    for other in others:
        if len(chosen) < count and other.mobile not in phones:
            chosen[other] = None
    return tuple(chosen)


def registered(
    everybody: Sequence[world.Patient], *, payers: Payers, rows: Rows, rng: Random, now: datetime
) -> dict[world.Patient, Person]:
    """Everybody as rows, with a chart number each."""
    numbers = reserve("mrn", len(everybody), first=FIRST_MRN)
    people = {}
    for someone, number in zip(everybody, numbers, strict=True):
        patient = rows.add(_patient(someone, number))
        mobile = rows.add(_mobile(patient, someone, rng, now))
        for key in sorted(searching.keys_of(names=patient.names, phones=[mobile.value])):
            rows.add(SearchKey(patient=patient, key=key))
        if rng.random() < SHARE_WITH_EMAIL:
            rows.add(_email(patient, someone, mobile))
        coverage = rows.add(_coverage(patient, someone, payers, now.date()))
        people[someone] = Person(patient, coverage, mobile, someone.member_id)
    return people


def _patient(someone: world.Patient, number: int) -> Patient:
    return Patient(
        mrn=f"{number:06d}",
        given_name=someone.first,
        middle_name=someone.middle,
        family_name=someone.last,
        birth_date=someone.born,
        sex=someone.sex,
        language=someone.language,
        interpreter_needed=someone.needs_interpreter,
        line1=someone.address.street,
        city=someone.address.city,
        state=someone.address.state,
        postal_code=someone.address.postcode,
        name_key=name_key(someone.last, someone.first),
    )


def _mobile(patient: Patient, someone: world.Patient, rng: Random, now: datetime) -> ContactPoint:
    asked_at = (now - timedelta(days=rng.randint(30, 700))).replace(hour=10, minute=rng.randrange(60))
    consent = rng.choices(CONSENTS, CONSENT_WEIGHTS)[0]
    was_asked = consent != ContactPoint.Consent.NOT_ASKED
    return ContactPoint(
        patient=patient,
        kind=ContactPoint.Kind.MOBILE,
        value=someone.mobile,
        consent=consent,
        consent_source="Registration form" if was_asked else "Given on the referral",
        consent_at=asked_at if was_asked else None,
        verified_at=asked_at if was_asked else None,
    )


def _email(patient: Patient, someone: world.Patient, mobile: ContactPoint) -> ContactPoint:
    address = f"{someone.first}.{someone.last}@mail.example".lower()
    plain = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode().replace("'", "")
    return ContactPoint(
        patient=patient,
        kind=ContactPoint.Kind.EMAIL,
        value=plain,
        consent=mobile.consent,
        consent_source=mobile.consent_source,
        consent_at=mobile.consent_at,
    )


def _coverage(patient: Patient, someone: world.Patient, payers: Payers, today: date) -> Coverage:
    return Coverage(
        patient=patient,
        payer=payers.payers[someone.payer_id],
        plan=payers.plans[someone.plan.name],
        member_id=someone.member_id,
        member_id_index=Coverage.index_of(someone.member_id),
        group_number=someone.group_number,
        starts_on=date(today.year, 1, 1),
    )
