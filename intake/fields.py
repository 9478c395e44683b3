"""The fields of a referral as a clerk sees them: their order, their words, and what each accepts. Pure.

A value is kept in one normal form (ISO dates, ten digits, codes joined by ", "), shown as US forms print it.
What a person typed and could not be understood is kept as typed, so that nothing is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from intake import typed
from organizations import words

SEXES = {"F": "Female", "M": "Male", "X": "Other", "U": "Unknown"}
URGENCIES = {"routine": "Routine", "urgent": "Urgent", "stat": "Stat"}


@dataclass(frozen=True)
class Field:
    """One field: `parse` gives the normal form or raises typed.Wrong; `show` writes it for a person."""

    key: str
    label: str
    group: str
    parse: Callable[[str, date], str]
    show: Callable[[str], str] = str
    needed: bool = False
    multiline: bool = False
    mono: bool = False


def _day(value: str) -> str:
    return words.us_date(date.fromisoformat(value)) if typed.ISO_DAY.fullmatch(value) else value


def _sex(value: str) -> str:
    return SEXES.get(value, value)


def _urgency(value: str) -> str:
    return URGENCIES.get(value, value)


FIELDS = (
    Field("patient_last", "Last name", "Patient", typed.name, needed=True),
    Field("patient_first", "First name", "Patient", typed.name, needed=True),
    Field("patient_dob", "Birth date", "Patient", typed.birth_date, _day, needed=True),
    Field("patient_sex", "Sex", "Patient", typed.sex, _sex),
    Field("patient_phone", "Mobile", "Patient", typed.phone, words.phone),
    Field("patient_address", "Address", "Patient", typed.line),
    Field("to_specialty", "Refer to", "Referral", typed.line),
    Field("to_provider", "Clinician", "Referral", typed.line),
    Field("urgency", "Priority", "Referral", typed.urgency, _urgency),
    Field("reason", "Reason", "Referral", typed.text, multiline=True),
    Field("icd10", "ICD-10", "Referral", typed.icd10, mono=True),
    Field("cpt", "CPT", "Referral", typed.cpt, mono=True),
    Field("referral_date", "Order date", "Referral", typed.order_date, _day),
    Field("payer_name", "Plan", "Insurance", typed.line),
    Field("member_id", "Member ID", "Insurance", typed.number, mono=True),
    Field("group_no", "Group", "Insurance", typed.number, mono=True),
    Field("ref_provider", "Referrer", "Referring office", typed.line),
    Field("ref_npi", "NPI", "Referring office", typed.npi, mono=True),
    Field("ref_phone", "Phone", "Referring office", typed.phone, words.phone),
    Field("ref_fax", "Fax", "Referring office", typed.phone, words.phone),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}
WHY_THEY_COME = ("reason", "to_specialty")  # one of the two is needed
LEAST_SURE = 0.8
NOT_FOUND = "Not found on the page"


def why_check(key: str, value: str, *, why: str, confidence: float, all_values: Mapping[str, str]) -> str:
    """Why a person must look at a read value before it counts; empty when it reads clearly."""
    if value:
        return why or ("Not sure" if confidence < LEAST_SURE else "")
    missing = BY_KEY[key].needed or (
        key in WHY_THEY_COME and not any(all_values.get(other) for other in WHY_THEY_COME)
    )
    return NOT_FOUND if missing else ""


def missing(values: Mapping[str, str], *, known_patient: bool) -> dict[str, str]:
    """What still stands in the way of a referral: field -> sentence. A known patient needs no name again."""
    gaps = {
        field.key: f"Type the {field.label.lower()}."
        for field in FIELDS
        if field.needed and not known_patient and not values.get(field.key)
    }
    if not any(values.get(key) for key in WHY_THEY_COME):
        gaps["reason"] = "Type why the patient comes, or to whom."
    return gaps
