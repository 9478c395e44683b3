"""Forms of programs and public payers: workers' compensation, managed care, community care, school."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.arrange import rows_below
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Choice, Page

WORKING_AGES = range(18, 70)


def can_be_a_work_injury(case: Case) -> bool:
    """Whether somebody of working age is sent to orthopedics or neurology."""
    working = case.patient.age(case.written_on) in WORKING_AGES
    return working and case.specialty.code in ("orthopedics", "neurology")


def is_at_school(case: Case) -> bool:
    """Whether the patient is a child."""
    return case.patient.age(case.written_on) < WORKING_AGES.start


Cells = list[tuple[str, str, float]]


@sheet(weight=3, family="narrow", fits=can_be_a_work_injury)
def workers_comp(page: Page, case: Case) -> None:
    """A referral for a work injury: employer, claim and adjuster besides the insurer."""
    page.centered("WORKERS' COMPENSATION REFERRAL FOR SPECIALTY CARE", 14, bold=True, after=20)
    for heading, rows in (
        ("Injured Worker", _worker(case)),
        ("Claim", _claim(case)),
        ("Referral", _treatment(case)),
    ):
        page.bar(heading, 10)
        page.skip(-14)
        for row in rows:
            page.cells(row)
        page.skip(20)
    page.cells([("Reason / mechanism", w.reason(case), 1)], height=240)
    page.signature("Physician Signature", "Adjuster Approval")


def _worker(case: Case) -> list[Cells]:
    return [
        [
            ("Employee Name", w.last_first(case), 5),
            ("Birth Date", w.born(case), 3),
            ("Gender", w.sex(case), 2),
        ],
        [("Home Address", w.address(case), 6), ("Employee Phone", w.patient_phone(case), 3)],
    ]


def _claim(case: Case) -> list[Cells]:
    around = case.around
    return [
        [
            ("Insurer", w.payer(case), 4),
            ("Claim / Member ID", w.member(case), 3),
            ("Policy Group", w.group(case), 2),
        ],
        [
            ("Date of Injury", w.date_text(around.seen_on), 3),
            ("Adjuster", around.contact, 3),
            ("Adjuster Phone", w.phone_text(around.contact_phone), 3),
        ],
    ]


def _treatment(case: Case) -> list[Cells]:
    return [
        [("Treating Physician", w.referrer(case), 5), ("Treating NPI", w.npi(case), 3)],
        [
            ("Phone", w.office_phone(case), 1),
            ("Fax", w.office_fax(case), 1),
            ("Date", w.written_on(case), 1),
        ],
        [("Specialty Needed", w.specialty(case), 1), ("Specialist", w.specialist(case), 1)],
        [
            ("Diagnosis", w.diagnosis_codes(case), 3),
            ("CPT", w.service_codes(case), 3),
            ("Priority", w.urgency(case), 2),
        ],
    ]


@sheet(weight=3, family="sans")
def managed_care(page: Page, case: Case) -> None:
    """A Medicaid plan's form: the primary care provider asks for so many visits."""
    page.centered(f"{case.payer} - PCP Referral Form", 14, bold=True)
    page.centered("Complete all sections. This form is not a guarantee of payment.", 8.5, after=30)
    for heading, rows in _plan_sections(case):
        page.say(heading, 11, bold=True, after=10)
        for row in rows:
            page.blanks(row, size=9.5)
        page.skip(16)
    page.say("Clinical summary", 11, bold=True)
    page.say(history(page.rng, 4), 9.5)
    page.signature("PCP signature", "Date", y=2960)


def _plan_sections(case: Case) -> list[tuple[str, list[Cells]]]:
    doctor: list[Cells] = [
        [("Name", w.referrer(case), 4), ("NPI", w.npi(case), 4)],
        [("Phone", w.office_phone(case), 4), ("Fax", w.office_fax(case), 4)],
    ]
    return [
        ("A. Member", _plan_member(case)),
        ("B. Referring PCP", doctor),
        ("C. Referred to", _plan_request(case)),
    ]


def _plan_member(case: Case) -> list[Cells]:
    around = case.around
    sex = w.sex(case, letter=True)
    return [
        [("Last name", w.last(case), 4), ("First name", w.first(case), 4), ("Sex", sex, 1)],
        [("Medicaid ID", w.member(case), 4), ("Date of birth", w.born(case), 4)],
        [("Plan", w.payer(case), 4), ("Member phone", w.patient_phone(case), 4)],
        [("Address", w.address(case), 1)],
        [("Parent or guardian", around.contact, 4), ("Phone", w.phone_text(around.contact_phone), 4)],
    ]


def _plan_request(case: Case) -> list[Cells]:
    codes, services = w.diagnosis_codes(case), w.service_codes(case)
    return [
        [("Specialist", w.specialist(case), 4), ("Specialty", w.specialty(case), 4)],
        [("Diagnosis codes", codes, 4), ("Procedure codes", services, 4)],
        [("Reason", w.reason(case), 1)],
        [("Urgency", w.urgency(case), 3), ("Date", w.written_on(case), 3), ("Visits", "3", 2)],
    ]


@sheet(weight=3, family="serif")
def community_care(page: Page, case: Case) -> None:
    """A request for service outside a federal clinic, in numbered lines."""
    around = case.around
    page.bar("COMMUNITY CARE - REQUEST FOR SERVICE", 12)
    page.skip(10)
    page.say(
        f"Authorization number {around.authorization}   Valid from {w.date_text(around.printed_on)}",
        9.5,
        after=20,
    )
    lines = [
        ("Patient (Last, First)", w.last_first(case)),
        ("Date of birth / sex", f"{w.born(case)} / {w.sex(case)}"),
        ("Member ID", w.member(case)),
        ("Telephone", w.patient_phone(case, 1)),
        ("Address", w.address(case)),
        ("Other health insurance", w.payer(case)),
        ("Ordering provider", w.referrer(case)),
        ("Ordering provider NPI", w.npi(case)),
        ("Clinic telephone", w.office_phone(case, 1)),
        ("Clinic fax", w.office_fax(case, 1)),
        ("Primary care provider", around.doctor),
        ("Category of care", w.specialty(case)),
        ("Requested community provider", w.specialist(case)),
        ("Diagnosis (ICD-10)", w.diagnosis_codes(case)),
        ("Services (CPT)", w.service_codes(case)),
        ("Reason for request", w.reason(case)),
        ("Urgency", w.urgency(case)),
        ("Date of request", w.written_on(case)),
    ]
    numbered = [(f"{number}. {label}", value) for number, (label, value) in enumerate(lines, 1)]
    page.pairs(numbered, x=page.left, label_width=800, size=10.5, gap=20)
    page.signature("Ordering provider", "Community care office")


@sheet(weight=3, family="sans", handwritten=True, fits=is_at_school)
def school_nurse(page: Page, case: Case) -> None:
    """A half-page note from a health office, filled in by hand."""
    page.write_by_hand()
    page.centered("HEALTH OFFICE REFERRAL TO PHYSICIAN", 15, bold=True)
    page.centered(case.referrer.practice.name, 10, after=50)
    around = case.around
    rows_below(
        page,
        [
            [
                ("Student / patient last name", w.last(case), 3),
                ("First name", w.first(case), 3),
                ("Birth date", w.born(case), 2),
            ],
            [("Parent to call", around.contact, 3), ("Parent phone", w.patient_phone(case), 3)],
            [("Insurance", w.payer(case), 3), ("Insurance number", w.member(case), 3)],
            [
                ("Refer to (kind of doctor)", w.specialty(case), 3),
                ("Diagnosis code", w.diagnosis_codes(case), 2),
            ],
            [("Why", w.reason(case), 1)],
            [("Referred by", w.referrer(case), 3), ("NPI", w.npi(case), 2), ("Date", w.written_on(case), 2)],
            [("Phone", w.office_phone(case), 1), ("Fax", w.office_fax(case), 1)],
        ],
        size=11,
    )
    page.ticks(Choice("urgency", w.URGENCY_OPTIONS, w.urgency_option(case)), x=page.left, spread=400)
    page.signature("Nurse or provider", "Parent")
