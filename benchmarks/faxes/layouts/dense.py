"""Referrals packed tightly or set unusually: a side column, small cells, a portal's print."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.arrange import rows_above, sides, stack
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import MEDICINES, history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Page


@sheet(weight=4, family="sans")
def side_column(page: Page, case: Case) -> None:
    """Patient and insurance in a column at the left, label above value; a letter at the right."""
    page.say(case.referrer.practice.name, 15, bold=True)
    page.say(f"Phone {w.office_phone(case, 1)}   Fax {w.office_fax(case, 1)}", 9, after=30)
    top = page.y
    page.frame(page.left, top, 700, 2500, 2)
    page.y = top + 20
    column = [
        ("PATIENT", w.first_last(case)),
        ("DATE OF BIRTH", w.born(case)),
        ("SEX", w.sex(case)),
        ("PHONE", w.patient_phone(case, 1)),
        ("ADDRESS", w.address(case)),
        ("INSURANCE", w.payer(case)),
        ("MEMBER ID", w.member(case)),
        ("GROUP NUMBER", w.group(case)),
        ("EMERGENCY CONTACT", f"{case.around.contact} {w.phone_text(case.around.contact_phone)}"),
        ("PHARMACY", case.around.pharmacy),
    ]
    stack(page, column, x=page.left + 24, width=650, label_size=6.5, size=9.5)
    page.y = top
    body = [
        ("REFERRAL TO", f"{w.specialty(case)} - {w.specialist(case)}"),
        ("REFERRAL DATE", w.written_on(case)),
        ("PRIORITY", w.urgency(case)),
        ("REASON FOR REFERRAL", w.reason(case)),
        ("DIAGNOSIS CODES (ICD-10)", w.diagnosis_codes(case)),
        ("PROCEDURE CODES (CPT)", w.service_codes(case)),
        ("NOTES", history(page.rng, 6)),
        ("REFERRING PROVIDER", w.referrer(case)),
        ("NPI", w.npi(case)),
    ]
    stack(page, body, x=920, width=1450, label_size=7, size=10.5, gap=36, bold=True)


@sheet(weight=4, family="narrow")
def dense_cells(page: Page, case: Case) -> None:
    """Small cells with 6.5 point labels, some of them about others than the patient."""
    page.say(f"REFERRAL REQUEST - {case.referrer.practice.name}", 12, bold=True, after=10)
    for row in [*_patient_cells(case), *_office_cells(case)]:
        page.cells(row, height=100, size=8.5)
    page.cells([("REASON FOR REFERRAL", w.reason(case), 1)], height=130, size=9)
    page.skip(16)
    page.say(f"HISTORY: {history(page.rng, 6)}", 8)
    page.say(f"MEDICATIONS: {'; '.join(page.rng.sample(MEDICINES, 5))}", 8)
    page.signature("SIGNATURE", "DATE")


Cells = list[tuple[str, str, float]]


def _patient_cells(case: Case) -> list[Cells]:
    around = case.around
    return [
        [
            ("PATIENT NAME", w.last_first(case), 5),
            ("DOB", w.born(case), 2),
            ("SEX", w.sex(case, letter=True), 1),
        ],
        [("ADDRESS", w.address(case), 5), ("PHONE", w.patient_phone(case), 2), ("MRN", case.patient.mrn, 2)],
        [
            ("PRIMARY INSURANCE", w.payer(case), 4),
            ("MEMBER ID", w.member(case), 3),
            ("GROUP", w.group(case), 2),
        ],
        [
            ("SUBSCRIBER NAME", around.subscriber, 4),
            ("SUBSCRIBER DOB", w.date_text(around.subscriber_born), 3),
            ("RELATIONSHIP", around.relation, 2),
        ],
        [("SECONDARY INSURANCE", around.second_payer, 4), ("SECONDARY ID", around.second_member, 3)],
    ]


def _office_cells(case: Case) -> list[Cells]:
    around, theirs = case.around, case.specialist.practice
    return [
        [
            ("REFERRING PROVIDER", w.referrer(case), 4),
            ("NPI", w.npi(case), 3),
            ("DATE", w.written_on(case), 2),
        ],
        [("OFFICE PHONE", w.office_phone(case), 3), ("OFFICE FAX", w.office_fax(case), 3)],
        [("PRIMARY CARE PROVIDER", around.doctor, 4), ("PCP PHONE", w.phone_text(around.doctor_phone), 3)],
        [
            ("REFER TO", w.specialist(case), 4),
            ("SPECIALTY", w.specialty(case), 3),
            ("NPI", case.specialist.npi, 3),
        ],
        [("PHONE", w.phone_text(theirs.phone), 3), ("FAX", w.phone_text(theirs.fax), 3)],
        [
            ("ICD-10", w.diagnosis_codes(case), 3),
            ("CPT", w.service_codes(case), 3),
            ("PRIORITY", w.urgency(case), 2),
            ("AUTH #", around.authorization, 2),
        ],
    ]


@sheet(weight=4, family="dejavu")
def portal(page: Page, case: Case) -> None:
    """A referral portal printed from a browser, without colons."""
    around = case.around
    page.say(f"Printed {w.date_text(around.printed_on)}", 7)
    page.say("Referral details", 17, bold=True)
    page.say(f"Referral ID {around.authorization}   |   Created {w.written_on(case)}   |   Open", 9, after=30)
    for heading, rows in _portal_parts(case):
        page.bar(heading, 10, dark=False)
        sides(page, rows, x=page.left + 20, at=page.left + 620, width=1550, size=9.5)
        page.skip(24)
    page.say(f"Comments  {history(page.rng, 3)}", 9)
    page.text(page.left, 3120, f"https://referrals.example/view?id={around.authorization}   Page 1 of 1", 7)


def _portal_parts(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    patient = [
        ("Name", w.first_last(case)),
        ("Date of birth", w.born(case)),
        ("Gender", w.sex(case)),
        ("Mobile phone", w.patient_phone(case)),
        ("Home address", w.address(case)),
    ]
    insurance = [("Payer", w.payer(case)), ("Member number", w.member(case)), ("Group number", w.group(case))]
    sender = [
        ("Provider", w.referrer(case)),
        ("NPI", w.npi(case)),
        ("Phone", w.office_phone(case)),
        ("Fax", w.office_fax(case)),
    ]
    request = [
        ("Specialty", w.specialty(case)),
        ("Refer to provider", w.specialist(case)),
        ("Priority", w.urgency(case)),
        ("Diagnoses", w.diagnosis_codes(case)),
        ("Services", w.service_codes(case)),
        ("Reason", w.reason(case)),
    ]
    return [
        ("Patient", patient),
        ("Insurance", insurance),
        ("Referring provider", sender),
        ("Request", request),
    ]


@sheet(weight=3, family="sans")
def snapshot(page: Page, case: Case) -> None:
    """Rows of labels with their values beneath, as newer record systems print a referral."""
    page.at_the_right(f"Printed {w.date_text(case.around.printed_on)}", 8)
    page.say("Outgoing Referral", 16, bold=True)
    page.rule()
    rows_above(
        page,
        [
            [("Patient", w.last_first(case)), ("DOB", w.born(case)), ("Sex", w.sex(case))],
            [
                ("Patient phone", w.patient_phone(case)),
                ("MRN", case.patient.mrn),
                ("PCP", case.around.doctor),
            ],
            [("Patient address", w.address(case)), ("Pharmacy", case.around.pharmacy)],
            [("Coverage", w.payer(case)), ("Member #", w.member(case)), ("Group #", w.group(case))],
            [("Referred by", w.referrer(case)), ("NPI", w.npi(case)), ("Referral date", w.written_on(case))],
            [("Referring phone", w.office_phone(case)), ("Referring fax", w.office_fax(case))],
            [
                ("Referred to", w.specialist(case)),
                ("Specialty", w.specialty(case)),
                ("Priority", w.urgency(case)),
            ],
            [("Diagnosis codes", w.diagnosis_codes(case)), ("CPT codes", w.service_codes(case))],
            [("Reason for referral", w.reason(case))],
        ],
    )
    page.rule(2)
    page.say("Progress note", 11, bold=True)
    page.say(history(page.rng, 8), 10)
