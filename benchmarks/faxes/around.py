"""Who and what else stands on a referral: people, numbers and dates that are none of its values."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from referralhub.demo.people import someone
from referralhub.demo.practices import REFERRERS
from referralhub.demo.world import Patient, phone

PHARMACIES = ("Capitol City Drugs", "Prairie Rx", "Walnut Street Pharmacy", "MedStop 114")
RELATIONS = ("Spouse", "Mother", "Father", "Daughter", "Son", "Sister")
SOMEDAY = date(2026, 1, 2)


@dataclass(frozen=True)
class Around:
    """Bystanders. Phones are E.164; `subscriber` holds the policy when that is not the patient."""

    doctor: str = ""  # the patient's own, who need not be the one who refers
    doctor_phone: str = ""
    contact: str = ""
    relation: str = ""
    contact_phone: str = ""
    subscriber: str = ""
    subscriber_born: date = SOMEDAY
    pharmacy: str = ""
    pharmacy_phone: str = ""
    second_payer: str = ""
    second_member: str = ""
    authorization: str = ""
    seen_on: date = SOMEDAY
    printed_on: date = SOMEDAY


NOBODY = Around()


def bystanders(rng: Random, patient: Patient, written_on: date) -> Around:
    """People of the demo world around a patient, and dates near the referral's."""
    doctor = rng.choice(REFERRERS)
    contact = someone(rng, mobile=any_phone(rng, "309"), place=1000)
    return Around(
        doctor=str(doctor),
        doctor_phone=doctor.practice.phone,
        contact=f"{contact.first} {patient.last}",
        relation=rng.choice(RELATIONS),
        contact_phone=contact.mobile,
        subscriber=f"{contact.first} {patient.last}",
        subscriber_born=contact.born,
        pharmacy=rng.choice(PHARMACIES),
        pharmacy_phone=any_phone(rng, "217"),
        second_payer=rng.choice(("None", "Medicare Part B", "Prairie Mutual")),
        second_member=f"{rng.randrange(10**8, 10**9)}",
        authorization=f"{rng.randrange(10**6, 10**7)}",
        seen_on=written_on - timedelta(days=rng.randrange(1, 30)),
        printed_on=written_on + timedelta(days=rng.randrange(0, 4)),
    )


def any_phone(rng: Random, area: str) -> str:
    """A number kept for fiction."""
    return phone(f"{rng.randrange(100, 200):04d}", area)
