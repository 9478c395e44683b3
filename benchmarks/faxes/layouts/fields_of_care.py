"""Referrals that only some kinds of office send: pediatric, dental, behavioral health, a pad, a hospital."""

from random import Random

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import MEDICINES, advice, history
from benchmarks.faxes.layouts.charts import chart_page
from benchmarks.faxes.layouts.clinics import is_at_school
from benchmarks.faxes.layouts.registry import packet, sheet
from benchmarks.faxes.markup import tagged
from benchmarks.faxes.page import Choice, Page


@sheet(weight=3, family="dejavu", fits=is_at_school)
def pediatric(page: Page, case: Case) -> None:
    """A form with parents, whose names and numbers are not the patient's."""
    around = case.around
    page.centered("Specialty Referral - Family Information Sheet", 14, bold=True, after=30)
    page.columns(
        [("Patient", w.first_last(case)), ("DOB", w.born(case)), ("Sex", w.sex(case))],
        [
            ("Parent", around.contact),
            ("Parent DOB", w.date_text(around.subscriber_born)),
            ("Phone", w.patient_phone(case)),
        ],
        label_widths=(250, 320),
        size=9.5,
    )
    page.pairs([("Address", w.address(case))], label_width=250, size=9.5)
    page.skip(20)
    page.bar("Insurance", 10, dark=False)
    page.columns(
        [("Plan", w.payer(case)), ("Member ID", w.member(case))],
        [("Subscriber", around.subscriber), ("Group", w.group(case))],
        label_widths=(280, 320),
        size=9.5,
    )
    page.skip(20)
    page.bar("Referral", 10, dark=False)
    rows = [
        ("Referring provider", w.referrer(case)),
        ("NPI", w.npi(case)),
        ("Office phone / fax", f"{w.office_phone(case)} / {w.office_fax(case)}"),
        ("Date", w.written_on(case)),
        ("Specialty", w.specialty(case)),
        ("Specialist", w.specialist(case)),
        ("Urgency", w.urgency(case)),
        ("Diagnosis", w.diagnosis_codes(case)),
        ("Reason for referral", w.reason(case)),
    ]
    page.pairs(rows, label_width=520, size=9.5, gap=8)
    page.skip(20)
    page.say(f"Growth and immunizations are up to date. {history(page.rng, 3)}", 9.5)


@sheet(weight=2, family="sans")
def dental(page: Page, case: Case) -> None:
    """A dental office sends a patient to a physician before treatment."""
    page.say("DENTAL TO MEDICAL REFERRAL", 15, bold=True)
    page.say(f"{case.referrer.practice.name}, {case.referrer.practice.address}", 9, after=30)
    page.table((0.3, 0.7), _dental_rows(case), size=10, header=False)
    page.say("Planned dental treatment: extraction of teeth 17 and 32, local anesthesia.", 10, after=20)
    clearance = Choice("", ("Evaluate and treat", "Clearance only"), "Evaluate and treat")
    page.ticks(clearance, x=page.left, spread=600)
    page.marks = [mark for mark in page.marks if mark.field]
    page.say(history(page.rng, 2), 10)
    page.signature("Dentist or provider", "License")


def _dental_rows(case: Case) -> list[tuple[str, str]]:
    return [
        ("Patient", w.first_last(case)),
        ("Date of birth", w.born(case)),
        ("Phone", w.patient_phone(case, 1)),
        ("Medical insurance", w.payer(case)),
        ("Medical ID number", w.member(case)),
        ("Referred by / NPI", f"{w.referrer(case)} / {w.npi(case)}"),
        ("Office telephone", w.office_phone(case, 1)),
        ("Office fax", w.office_fax(case, 1)),
        ("Refer to", f"{w.specialist(case)}, {w.specialty(case)}"),
        ("Medical concern", w.reason(case)),
        ("ICD-10", w.diagnosis_codes(case)),
        ("How urgent", w.urgency(case)),
        ("Date", w.written_on(case)),
    ]


@sheet(weight=3, family="serif")
def behavioral(page: Page, case: Case) -> None:
    """A behavioral health clinic's form with a consent for release."""
    page.centered("Care Coordination Referral", 15, bold=True)
    page.centered(case.referrer.practice.name, 10, after=30)
    around = case.around
    for line in (
        f"Client: {w.last_first(case)}    DOB: {w.born(case)}    Gender: {w.sex(case)}",
        f"Phone: {w.patient_phone(case)}    Okay to leave message: Yes",
        f"Address: {w.address(case)}",
        f"Insurance: {w.payer(case)}    ID: {w.member(case)}    Group: {w.group(case)}",
        f"Emergency contact: {around.contact} ({around.relation}) {w.phone_text(around.contact_phone)}",
        "",
        f"Referring clinician: {w.referrer(case)}    NPI: {w.npi(case)}",
        f"Phone: {w.office_phone(case)}    Fax: {w.office_fax(case)}    Date: {w.written_on(case)}",
        "",
        f"Referred to: {w.specialty(case)}    Provider: {w.specialist(case)}    Urgency: {w.urgency(case)}",
        f"Presenting problem: {w.reason(case)}",
        f"Diagnosis codes: {w.diagnosis_codes(case)}    CPT: {w.service_codes(case)}",
        "",
        f"Current medications: {', '.join(page.rng.sample(MEDICINES, 3))}",
        f"History: {history(page.rng, 4)}",
    ):
        page.say(line, 10.5)
        page.skip(10 if line else 26)
    page.skip(40)
    page.say("I consent to the release of these records to the provider named above for one year.", 9)
    page.signature("Client signature", "Witness")


@sheet(weight=3, family="serif", handwritten=True)
def see_and_treat(page: Page, case: Case) -> None:
    """A prescription blank: please evaluate and treat."""
    page.left, page.right, page.y = 300, page.width - 300, 320
    page.centered(case.referrer.practice.name, 16, bold=True)
    page.centered(f"{case.referrer.practice.address}", 9)
    page.centered(f"Tel {w.office_phone(case)}  Fax {w.office_fax(case)}", 9)
    page.centered(f"{w.referrer(case)}   NPI {w.npi(case)}", 9)
    page.rule()
    page.write_by_hand()
    page.blanks([("Name", w.first_last(case), 6), ("DOB", w.born(case, 1), 4)], gap=20)
    page.blanks([("Insurance", w.payer(case), 5), ("ID", w.member(case), 5)], gap=20)
    page.blanks([("Date", w.written_on(case, 1), 4), ("Phone", w.patient_phone(case), 6)], gap=20)
    page.text(page.left, page.y, "Please evaluate and treat:", 11, bold=True)
    page.skip(100)
    for line in (w.reason(case), f"{w.diagnosis_codes(case)}", f"To: {w.specialty(case)}", w.urgency(case)):
        below = page.value(page.left + 60, page.y, line, 12, width=page.room - 100)
        page.y = max(below, page.y + 60) + 30
    page.signature("Signature", "DEA on file", y=page.y + 260)


@packet(weight=3)
def hospital_letter(case: Case, rng: Random) -> list[Page]:
    """A hospital's letter after a stay, with the discharge note behind it."""
    page = Page(rng, "referral", family="serif")
    around = case.around
    page.say(case.referrer.practice.name, 14, bold=True)
    page.say(
        f"{case.referrer.practice.address} | Phone {w.office_phone(case)} | Fax {w.office_fax(case)}",
        9,
        after=40,
    )
    page.say(f"Date of referral: {w.written_on(case)}", 11, after=20)
    page.say(f"To: {w.specialist(case)}, {w.specialty(case)}", 11)
    page.say(f"Patient: {w.first_last(case)}, date of birth {w.born(case)}, {w.sex(case)}", 11, bold=True)
    page.say(f"Primary care provider: {around.doctor}", 11, after=30)
    seen = w.date_text(around.seen_on)
    person = f"{w.title(case)} {case.patient.last}"
    for paragraph in (
        f"{person} was discharged from hospital on {seen} and needs follow-up in your office. Reason for"
        f" referral: {w.reason(case)}. {history(rng, 5)}",
        f"Diagnoses: {w.diagnosis_codes(case)}. Requested: {w.service_codes(case) or 'visit only'}.",
        f"Insurance is {w.payer(case)}, member ID {w.member(case)}. Phone {w.patient_phone(case)}, home"
        f" address {w.address(case)}.",
        f"Please schedule this as {tagged('urgency', case.urgency)}. {advice(rng, 2)}",
    ):
        page.say(paragraph, 11, after=24)
    page.skip(160)
    page.sign(page.left, page.y - 20)
    page.say(f"{w.referrer(case)}, NPI {w.npi(case)}", 11)
    return [page, chart_page(case, rng, "Discharge Summary", signer=case.referrer, family="serif")]
