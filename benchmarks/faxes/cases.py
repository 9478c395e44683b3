"""What a referral fax says: who is referred by whom to whom, why and when, with people of the demo world."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from benchmarks.faxes.around import NOBODY, Around, bystanders
from referralhub.demo.hours import working_days
from referralhub.demo.payers import PAYER_BY_ID
from referralhub.demo.people import someone
from referralhub.demo.practices import REFERRERS, SPECIALTY_BY_CODE, specialists_in
from referralhub.demo.reasons import reasons_for
from referralhub.demo.world import Code, Patient, Provider, Reason, Specialty, phone

FIELDS = (
    "patient_first",
    "patient_last",
    "patient_dob",
    "patient_sex",
    "patient_phone",
    "patient_address",
    "member_id",
    "payer_name",
    "group_no",
    "ref_provider",
    "ref_npi",
    "ref_phone",
    "ref_fax",
    "to_specialty",
    "to_provider",
    "icd10",
    "cpt",
    "reason",
    "urgency",
    "referral_date",
)
URGENCIES, URGENCY_WEIGHTS = ("routine", "urgent", "stat"), (65, 27, 8)
AREA_CODES = ("217", "447", "309", "618", "815")
DAYS_BACK = 300
COMMON_DIAGNOSES = (
    Code("I10", "Hypertension"),
    Code("E78.5", "High cholesterol"),
    Code("E11.9", "Type 2 diabetes"),
    Code("Z87.891", "Former smoker"),
    Code("E66.9", "Obesity"),
)
OFFICE_VISITS = (Code("99204", "New patient visit"), Code("99244", "Office consultation"))


@dataclass(frozen=True)
class Case:
    """Everything a layout may print; `alternatives` are other right answers for a field."""

    patient: Patient
    referrer: Provider
    specialist: Provider
    specialty: Specialty
    reason: Reason
    urgency: str
    written_on: date
    around: Around = NOBODY
    payer_name: str = ""
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def payer(self) -> str:
        """The insurer's name: as it is stated, or by its id in the demo."""
        return self.payer_name or PAYER_BY_ID[self.patient.payer_id].name

    def truth(self, field: str) -> str | list[str]:
        """The right value of a field, in the form predictions are compared with."""
        patient, referrer = self.patient, self.referrer
        values: dict[str, str | list[str]] = {
            "patient_first": patient.first,
            "patient_last": patient.last,
            "patient_dob": patient.born.isoformat(),
            "patient_sex": patient.sex,
            "patient_phone": patient.mobile.removeprefix("+1"),
            "patient_address": str(patient.address),
            "member_id": patient.member_id,
            "payer_name": self.payer,
            "group_no": patient.group_number,
            "ref_provider": referrer.full_name,
            "ref_npi": referrer.npi,
            "ref_phone": referrer.practice.phone.removeprefix("+1"),
            "ref_fax": referrer.practice.fax.removeprefix("+1"),
            "to_specialty": self.specialty.name,
            "to_provider": self.specialist.full_name,
            "icd10": [code.code for code in self.reason.diagnoses],
            "cpt": [code.code for code in self.reason.services],
            "reason": self.reason.text,
            "urgency": self.urgency,
            "referral_date": self.written_on.isoformat(),
        }
        return values[field]


def make_case(rng: Random, until: date) -> Case:
    """A made-up referral to Lakeside, written on a working day of the 300 days up to `until`."""
    patient = someone(rng, mobile=phone(f"{rng.randrange(150, 198):04d}", rng.choice(AREA_CODES)), place=1000)
    specialty, reason = rng.choice(reasons_for(patient.sex, patient.age(until)))
    written_on = rng.choice(working_days(until - timedelta(days=DAYS_BACK), until))
    return Case(
        patient=replace(patient, mrn=f"{rng.randrange(10**6):06d}"),
        referrer=rng.choice(REFERRERS),
        specialist=rng.choice(specialists_in(specialty)),
        specialty=SPECIALTY_BY_CODE[specialty],
        reason=_with_more_codes(rng, reason),
        urgency=rng.choices(URGENCIES, URGENCY_WEIGHTS)[0],
        written_on=written_on,
        around=bystanders(rng, patient, written_on),
    )


def _with_more_codes(rng: Random, reason: Reason) -> Reason:
    """The reason, now and then with one more diagnosis and an office visit asked for."""
    known = {code.code for code in reason.diagnoses}
    more = [code for code in COMMON_DIAGNOSES if code.code not in known] if rng.random() < 0.4 else []
    visit = rng.random() < 0.5
    return replace(
        reason,
        diagnoses=reason.diagnoses + tuple(rng.sample(more, min(1, len(more)))),
        services=reason.services + (OFFICE_VISITS[rng.randrange(len(OFFICE_VISITS))],) * visit,
    )
