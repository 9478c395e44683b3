"""Referrals in prose."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.markup import tagged
from benchmarks.faxes.page import Page


@sheet(weight=6, family="serif")
def free_letter(page: Page, case: Case) -> None:
    """A letter from doctor to doctor, the values inside its sentences."""
    practice = case.referrer.practice
    page.say(practice.name, 14, bold=True)
    page.say(str(practice.address))
    page.say(f"Phone {w.office_phone(case)} | Fax {w.office_fax(case)}", after=60)
    page.say(w.written_on(case, 3), 11, after=40)
    page.say(w.specialist(case, 1), 11)
    page.say(w.specialty(case), 11, after=40)
    page.say(f"RE: {w.first_last(case)}   DOB: {w.born(case)}", 11, bold=True, after=40)
    page.say(f"Dear Dr. {case.specialist.last},", 11, after=20)
    for paragraph in _paragraphs(page, case):
        page.say(paragraph, 11, after=20)
    page.say("Sincerely,", 11, after=170)
    page.sign(page.left, page.y - 30)
    page.say(w.referrer(case), 11)
    page.say(f"NPI {w.npi(case)}", 11)


def _paragraphs(page: Page, case: Case) -> list[str]:
    sex = tagged("patient_sex", w.SEXES[case.patient.sex].lower())
    diagnoses = " and ".join(f"{code.words} ({w.diagnosis(code)})" for code in case.reason.diagnoses)
    pronoun, age = w.pronoun(case), case.patient.age(case.written_on)
    return [
        f"Thank you for seeing {w.title(case)} {case.patient.last}, a {age} year old {sex}, in consultation."
        f" Reason for referral: {w.reason(case)}. {history(page.rng, 4)}",
        f"Current diagnoses are {diagnoses}. {history(page.rng, 4)}",
        f"{pronoun} is insured with {w.payer(case)}, member ID {w.member(case)}. {pronoun} can be reached at"
        f" {w.patient_phone(case)}. Please consider this request {tagged('urgency', case.urgency)}.",
        "I appreciate your assistance with the care of this patient. Please send your note to our office.",
    ]
