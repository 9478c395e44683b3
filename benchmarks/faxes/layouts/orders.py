"""Referral orders as the large record systems print them."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Page


@sheet(weight=6)
def epic(page: Page, case: Case) -> None:
    """A referral order in sections under light bars, labels and values in two columns."""
    _order_head(page, case)
    _order_patient(page, case)
    _order_details(page, case)
    page.bar("Associated Diagnoses", dark=False)
    for code in case.reason.diagnoses:
        page.say(f"{code.words} [{w.diagnosis(code)}]", indent=40)
    page.skip(30)
    if case.reason.services:
        page.bar("Procedures Requested", dark=False)
    for code in case.reason.services:
        page.say(f"{w.service(code)} - {code.words}", indent=40)
    page.skip(60)
    page.say(f"Comments: {history(page.rng, 3)}")
    signed = f"Electronically authorized by {w.clinician(case.referrer)} on {w.date_text(case.written_on)}"
    page.text(page.left, 3080, signed, 9)


def _order_head(page: Page, case: Case) -> None:
    practice = case.referrer.practice
    page.at_the_right(f"Printed {w.date_text(case.written_on)}", 9)
    page.say(practice.name, 14, bold=True)
    page.say(f"{practice.address}   Phone: {w.office_phone(case)}   Fax: {w.office_fax(case)}", 9)
    page.rule()
    page.say(f"Referral Order: Ambulatory Referral to {w.specialty(case)}", 14, bold=True, after=20)


def _order_patient(page: Page, case: Case) -> None:
    page.bar("Patient Demographics", dark=False)
    page.columns(
        [("Patient Name", w.last_first(case)), ("Date of Birth", w.born(case)), ("Legal Sex", w.sex(case))],
        [("MRN", case.patient.mrn), ("Mobile Phone", w.patient_phone(case))],
        label_widths=(430, 370),
    )
    page.pairs([("Address", w.address(case))], label_width=430)
    page.skip(30)
    page.bar("Coverage Information", dark=False)
    page.columns(
        [("Primary Payer", w.payer(case)), ("Subscriber ID", w.member(case))],
        [("Plan", case.patient.plan.kind), ("Group Number", w.group(case))],
        label_widths=(430, 370),
    )
    page.skip(30)


def _order_details(page: Page, case: Case) -> None:
    page.bar("Order Details", dark=False)
    page.pairs(
        [
            ("Order Date", w.written_on(case)),
            ("Priority", w.urgency(case)),
            ("Referred To Provider", w.specialist(case)),
            ("To Department", case.specialty.name),
            ("Ordering Provider", w.referrer(case)),
            ("Ordering Provider NPI", w.npi(case)),
            ("Reason for Referral", w.reason(case)),
        ],
        label_width=560,
    )
    page.skip(30)


@sheet(weight=5, family="dejavu")
def athena(page: Page, case: Case) -> None:
    """An order with two framed boxes side by side, then tables of codes."""
    page.centered("REFERRAL / CONSULTATION ORDER", 14, bold=True, after=20)
    _framed_boxes(page, case)
    page.pairs([("Order date", w.written_on(case)), ("Urgency", w.urgency(case))], x=page.left, size=9.5)
    page.skip(20)
    page.table(
        (2 / 3, 1 / 3),
        [("Diagnosis", "ICD-10"), *((code.words, w.diagnosis(code)) for code in case.reason.diagnoses)],
    )
    page.table(
        (2 / 3, 1 / 3),
        [("Service requested", "CPT"), *((code.words, w.service(code)) for code in case.reason.services)],
    )
    page.say("Clinical reason", 9.5, bold=True)
    page.say(f"{w.reason(case)}.", 9.5, after=30)
    page.say(f"Notes to provider: {history(page.rng, 4)}", 9.5)
    page.signature("Provider signature", "", y=2900)


def _framed_boxes(page: Page, case: Case) -> None:
    top = page.y
    page.frame(150, top, 1100, 640)
    page.frame(1300, top, 1100, 640)
    page.skip(20)
    page.text(175, page.y, "PATIENT INFORMATION", 9.5, bold=True)
    page.text(1325, page.y, "REFER TO", 9.5, bold=True)
    page.skip(62)
    beside = page.y
    page.pairs(_boxed_patient(case), x=175, label_width=260, size=8.5, width=800)
    page.y = beside
    page.pairs(
        [
            ("Specialty", w.specialty(case)),
            ("Provider", w.specialist(case, 1)),
            ("Phone", w.phone_text(case.specialist.practice.phone)),
            ("Fax", w.phone_text(case.specialist.practice.fax)),
        ],
        x=1325,
        label_width=260,
        size=8.5,
        width=800,
    )
    page.skip(20)
    page.text(1325, page.y, "REFERRED BY", 9.5, bold=True)
    page.skip(62)
    page.pairs(_boxed_referrer(case), x=1325, label_width=260, size=8.5, width=800)
    page.y = top + 680


def _boxed_patient(case: Case) -> list[tuple[str, str]]:
    return [
        ("Name", w.in_capitals(case)),
        ("DOB", w.born(case)),
        ("Sex", w.sex(case, letter=True)),
        ("Phone", w.patient_phone(case)),
        ("Address", w.street(case)),
        ("", w.town(case)),
        ("Insurance", w.payer(case)),
        ("Policy ID", w.member(case)),
        ("Group", w.group(case)),
    ]


def _boxed_referrer(case: Case) -> list[tuple[str, str]]:
    return [
        ("Provider", w.referrer(case)),
        ("NPI", w.npi(case)),
        ("Phone", w.office_phone(case)),
        ("Fax", w.office_fax(case)),
    ]


@sheet(weight=5, family="serif")
def ecw(page: Page, case: Case) -> None:
    """A plain order in running lines, several values on each."""
    practice = case.referrer.practice
    page.centered(practice.name.upper(), 15, bold=True)
    page.centered(str(practice.address).replace(",", ""))
    page.centered(f"Tel: {w.office_phone(case, 1)}  Fax: {w.office_fax(case, 1)}", after=30)
    page.centered("Referral", 14, bold=True, after=10)
    for line in _running_lines(case, visits=page.rng.randrange(1, 12)):
        page.say(line, 11)
        page.skip(0 if line else 24)
    page.skip(40)
    page.say("Clinical Notes:", 11, bold=True)
    page.say(history(page.rng, 8), 11)
    page.text(page.left, 2800, "Sincerely,", 11)
    page.sign(page.left, 2970)
    page.text(page.left, 3000, w.clinician(case.referrer), 11)


def _running_lines(case: Case, *, visits: int) -> list[str]:
    diagnoses = "; ".join(f"{w.diagnosis(code)} {code.words}" for code in case.reason.diagnoses)
    return [
        f"Date: {w.written_on(case)}",
        f"From: {w.referrer(case, 2)}   NPI: {w.npi(case)}",
        f"To: {w.specialist(case)}   Specialty: {w.specialty(case)}",
        "",
        f"Patient: {w.last_first(case)}   DOB: {w.born(case)}   Sex: {w.sex(case, letter=True)}",
        f"Address: {w.address(case)}   Tel: {w.patient_phone(case, 1)}",
        f"Insurance: {w.payer(case)}   Subscriber No: {w.member(case)}   Group No: {w.group(case)}",
        "",
        f"Reason: {w.reason(case)}",
        f"Diagnosis: {diagnoses}",
        f"Procedures: {w.service_codes(case)}",
        f"Priority: {w.urgency(case)}     Authorization Type: Consult and treat     Visits allowed: {visits}",
    ]
