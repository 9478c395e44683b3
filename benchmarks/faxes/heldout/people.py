"""Patients of the held-out set and who stands around them: one Case with everything a layout may print."""

from datetime import date, timedelta
from random import Random

from benchmarks.faxes.around import Around
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.coverage import card
from benchmarks.faxes.heldout.places import Region, consultant, doctors, home, number, region
from benchmarks.faxes.heldout.problems import problem
from referralhub.demo.world import Patient, Plan, Provider, Specialty

_WOMEN = (
    "Dorothea Marlene Shanice Xochitl Priyanka Annabelle Rosalind Thuy Jocelyn Bettye Candelaria Meghan"
    " Ruth-Ann Iesha Svetlana Noor Trinidad Kaylee Agnes Zainab"
)
_MEN = (
    "Clarence Octavio DeShawn Piotr Rajesh Elmer Tyrell Vincent Isidro Brandon Huy Amos Roosevelt Fernando"
    " Gregory Yusuf Lonnie Mateo Kyle Desmond"
)
_FAMILIES = (
    "Abbott|Cisneros|Washington-Reed|Kowalski|Patel|Van Buren|Nguyen|McAllister|Treviño|Okafor-Hale|Schroeder"
    "|Baptiste|De La Garza|Lindgren|Hussain|Fitzgerald|Cantrell|Yoder|Booker|St. John|Ruiz|Tomczak|Gallegos|"
    "Hernandez|Crenshaw|Dao|Mbeki|Weatherspoon|O'Rourke|Solis"
)
_KIN = {"spouse": "Terry", "sister": "Lorraine", "partner": "Kendall"}
_PARENTS = {"mother": "Lorraine", "father": "Wilbert", "guardian": "Opal"}
_DRUG_STORES = (
    "Walgreens #4410",
    "CVS Store 07731",
    "H-E-B Pharmacy",
    "Kroger Rx 556",
    "Discount Drug Mart 22",
)
_OLDEST, _YOUNGEST_ADULT, _CHILD_SHARE = date(1933, 1, 1), date(2006, 1, 1), 0.12
_RETIRED = date(1961, 1, 1)
_DAYS_BACK = 300
_GROWN = 18  # years


def heldout_case(rng: Random, until: date) -> Case:
    """A made-up referral somewhere in three states, written in the 300 days up to `until`."""
    where, written_on = region(rng), until - timedelta(days=rng.randrange(_DAYS_BACK))
    born = _birth_date(rng, written_on)
    carried = card(rng, where.state, senior=born < _RETIRED)
    patient = _patient(rng, where, born=born, member_id=carried.member_id, group=carried.group)
    referrer, usual = doctors(rng, where)
    found = problem(rng, patient.sex, patient.age(written_on))
    return Case(
        patient=patient,
        referrer=referrer,
        specialist=consultant(rng, where),
        specialty=Specialty("", found.specialties[0], ""),
        reason=found.reason,
        urgency=rng.choices(("routine", "urgent", "stat"), (60, 32, 8))[0],
        written_on=written_on,
        around=_around(rng, where, patient, usual=usual, written_on=written_on),
        payer_name=carried.names[0],
        alternatives={"payer_name": carried.names[1:], "to_specialty": found.specialties[1:]},
    )


def _patient(rng: Random, where: Region, *, born: date, member_id: str, group: str) -> Patient:
    sex = rng.choice("FM")
    return Patient(
        first=rng.choice((_WOMEN if sex == "F" else _MEN).split()),
        middle=rng.choice("ABCDEFGHJKLMNPRSTVW") if rng.random() < 0.45 else "",
        last=rng.choice(_FAMILIES.split("|")),
        born=born,
        sex=sex,
        address=home(rng, where),
        mobile=number(where),
        language="en",
        needs_interpreter=False,
        mrn=f"{rng.choice('ACEMP')}{rng.randrange(10**5, 10**6)}",
        payer_id="",
        plan=Plan("", ""),
        member_id=member_id,
        group_number=group,
    )


def _birth_date(rng: Random, today: date) -> date:
    if rng.random() < _CHILD_SHARE:
        return today - timedelta(days=rng.randrange(3 * 365, 17 * 365))
    return _OLDEST + timedelta(days=rng.randrange((_YOUNGEST_ADULT - _OLDEST).days))


def _around(rng: Random, where: Region, patient: Patient, *, usual: Provider, written_on: date) -> Around:
    second = card(rng, where.state, senior=False)
    child = patient.age(written_on) < _GROWN
    kin, older = (_PARENTS, (20 * 365, 40 * 365)) if child else (_KIN, (-1800, 1800))
    relation = rng.choice(tuple(kin))
    return Around(
        doctor=str(usual),
        doctor_phone=usual.practice.phone,
        contact=f"{kin[relation]} {patient.last}",
        relation=relation,
        contact_phone=number(where),
        subscriber=f"{kin[relation]} {patient.last}",
        subscriber_born=patient.born - timedelta(days=rng.randrange(*older)),
        pharmacy=rng.choice(_DRUG_STORES),
        pharmacy_phone=number(where),
        second_payer=second.names[0],
        second_member=second.member_id,
        authorization=f"{rng.choice('ARX')}{rng.randrange(10**7, 10**8)}",
        seen_on=written_on - timedelta(days=rng.randrange(0, 21)),
        printed_on=written_on + timedelta(days=rng.randrange(0, 5)),
    )
