"""Values as offices write them, tagged with the field they belong to."""

from datetime import date

from benchmarks.faxes.cases import Case
from benchmarks.faxes.markup import tagged
from referralhub.demo.world import Code, Provider

PHONE_STYLES = ("({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "{0} {1} {2}")
DATE_STYLES = ("%m/%d/%Y", "{0.month}/{0.day}/{0.year}", "%m-%d-%Y", "%B {0.day}, {0.year}", "%m/%d/%y")
SEXES = {"M": "Male", "F": "Female"}
URGENCY_OPTIONS = ("Routine", "Urgent", "STAT")


def phone_text(e164: str, style: int = 0) -> str:
    """A US number in one of the usual forms."""
    digits = e164.removeprefix("+1")
    return PHONE_STYLES[style].format(digits[:3], digits[3:6], digits[6:])


def date_text(day: date, style: int = 0) -> str:
    """A date in one of the usual US forms."""
    return day.strftime(DATE_STYLES[style]).format(day)


def clinician(provider: Provider, style: int = 0) -> str:
    """A name with its credential or title."""
    first, last, credential = provider.first, provider.last, provider.credential
    return (f"{first} {last}, {credential}", f"Dr. {first} {last}", f"{first} {last} {credential}")[style]


def first(case: Case) -> str:
    """Given name."""
    return tagged("patient_first", case.patient.first)


def last(case: Case) -> str:
    """Family name."""
    return tagged("patient_last", case.patient.last)


def last_first(case: Case) -> str:
    """Family name, given name and middle initial."""
    return f"{last(case)}, {first(case)}{_initial(case)}"


def first_last(case: Case) -> str:
    """Given name, middle initial and family name."""
    return f"{first(case)}{_initial(case)} {last(case)}"


def in_capitals(case: Case) -> str:
    """Given name and family name in capitals."""
    person = case.patient
    given, family = person.first.upper(), person.last.upper()
    return f"{tagged('patient_first', given)} {tagged('patient_last', family)}"


def born(case: Case, style: int = 0) -> str:
    """Birth date."""
    return tagged("patient_dob", date_text(case.patient.born, style))


def sex(case: Case, *, letter: bool = False) -> str:
    """Sex, as a word or a letter."""
    return tagged("patient_sex", case.patient.sex if letter else SEXES[case.patient.sex])


def patient_phone(case: Case, style: int = 0) -> str:
    """The patient's number."""
    return tagged("patient_phone", phone_text(case.patient.mobile, style))


def address(case: Case) -> str:
    """The whole address on one line."""
    return tagged("patient_address", str(case.patient.address))


def street(case: Case) -> str:
    """First line of the address."""
    return tagged("patient_address", case.patient.address.street)


def town(case: Case) -> str:
    """Second line of the address."""
    return tagged("patient_address", case.patient.address.town)


def payer(case: Case) -> str:
    """The insurer."""
    return tagged("payer_name", case.payer)


def member(case: Case) -> str:
    """Member id."""
    return tagged("member_id", case.patient.member_id)


def group(case: Case) -> str:
    """Group number, empty when the plan has none."""
    return tagged("group_no", case.patient.group_number)


def referrer(case: Case, style: int = 0) -> str:
    """Who refers."""
    return tagged("ref_provider", clinician(case.referrer, style))


def npi(case: Case) -> str:
    """The referrer's NPI."""
    return tagged("ref_npi", case.referrer.npi)


def office_phone(case: Case, style: int = 0) -> str:
    """The referring office's telephone."""
    return tagged("ref_phone", phone_text(case.referrer.practice.phone, style))


def office_fax(case: Case, style: int = 0) -> str:
    """The referring office's fax."""
    return tagged("ref_fax", phone_text(case.referrer.practice.fax, style))


def specialty(case: Case) -> str:
    """The specialty referred to."""
    return tagged("to_specialty", case.specialty.name)


def specialist(case: Case, style: int = 0) -> str:
    """The clinician referred to."""
    return tagged("to_provider", clinician(case.specialist, style))


def reason(case: Case) -> str:
    """Why."""
    return tagged("reason", case.reason.text)


def urgency(case: Case) -> str:
    """How soon."""
    return tagged("urgency", case.urgency.title())


def urgency_option(case: Case) -> str:
    """The square to tick for it."""
    return next(option for option in URGENCY_OPTIONS if option.lower() == case.urgency)


def written_on(case: Case, style: int = 0) -> str:
    """The date of the referral."""
    return tagged("referral_date", date_text(case.written_on, style))


def diagnosis_codes(case: Case) -> str:
    """All ICD-10 codes."""
    return ", ".join(map(diagnosis, case.reason.diagnoses))


def service_codes(case: Case) -> str:
    """All CPT codes."""
    return ", ".join(map(service, case.reason.services))


def diagnosis(code: Code) -> str:
    """One ICD-10 code."""
    return tagged("icd10", code.code)


def service(code: Code) -> str:
    """One CPT code."""
    return tagged("cpt", code.code)


def title(case: Case) -> str:
    """Mr. or Ms."""
    return {"M": "Mr.", "F": "Ms."}[case.patient.sex]


def pronoun(case: Case) -> str:
    """He or She."""
    return {"M": "He", "F": "She"}[case.patient.sex]


def _initial(case: Case) -> str:
    return f" {case.patient.middle}." if case.patient.middle else ""
