"""Forms that an office fills in: boxes, blanks, two columns, two languages, and by hand."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Choice, Page


@sheet(weight=6)
def box_form(page: Page, case: Case) -> None:
    """A form of ruled boxes with small labels and squares to tick."""
    _boxes(page, case, "PATIENT REFERRAL FORM")


@sheet(weight=5, handwritten=True)
def hand_form(page: Page, case: Case) -> None:
    """The same form, filled in by hand."""
    page.write_by_hand()
    _boxes(page, case, "SPECIALIST REFERRAL REQUEST")


@sheet(weight=2, handwritten=True)
def part_hand_form(page: Page, case: Case) -> None:
    """The same form, printed by the record system; insurance id, codes and reason are added by hand."""
    page.write_by_hand("member_id", "group_no", "icd10", "cpt", "reason")
    _boxes(page, case, "REFERRAL REQUEST")


def _boxes(page: Page, case: Case, heading: str) -> None:
    page.bar(heading, 15)
    page.skip(10)
    fax = w.phone_text(case.specialist.practice.fax)
    page.say(
        f"Please complete all fields and fax to {case.specialist.practice.name} at {fax}.", 8.5, after=15
    )
    _patient_boxes(page, case)
    _referrer_boxes(page, case)
    _request_boxes(page, case)
    page.say("Attach: recent office notes, labs and imaging. Incomplete forms will be returned.", 8.5)
    page.signature("Provider Signature", "Date")


def _patient_boxes(page: Page, case: Case) -> None:
    page.bar("SECTION 1 - PATIENT", 9.5)
    page.skip(-14)
    page.cells(
        [
            ("Last Name", w.last(case), 9),
            ("First Name", w.first(case), 8),
            ("Date of Birth", w.born(case, 1), 5),
        ]
    )
    sexes = Choice("patient_sex", ("Male", "Female"), w.SEXES[case.patient.sex])
    page.cells(
        [("Street Address", w.street(case), 9), ("City / State / ZIP", w.town(case), 8), ("Sex", sexes, 5)]
    )
    page.cells(
        [
            ("Telephone", w.patient_phone(case, 1), 10),
            ("Insurance Company", w.payer(case), 10),
            ("Member ID", w.member(case), 9),
            ("Group #", w.group(case), 5),
        ]
    )
    page.skip(25)


def _referrer_boxes(page: Page, case: Case) -> None:
    page.bar("SECTION 2 - REFERRING PROVIDER", 9.5)
    page.skip(-14)
    page.cells([("Referring Provider Name", w.referrer(case), 5), ("NPI Number", w.npi(case), 4)])
    page.cells(
        [
            ("Office Phone", w.office_phone(case, 1), 1),
            ("Office Fax", w.office_fax(case, 1), 1),
            ("Date of Referral", w.written_on(case, 1), 1),
        ]
    )
    page.skip(25)


def _request_boxes(page: Page, case: Case) -> None:
    page.bar("SECTION 3 - REFERRAL", 9.5)
    page.skip(-14)
    page.cells([("Refer to Specialty", w.specialty(case), 1), ("Refer to Provider", w.specialist(case), 1)])
    page.cells([("Urgency", Choice("urgency", w.URGENCY_OPTIONS, w.urgency_option(case)), 1)])
    page.cells(
        [
            ("Diagnosis Code(s) (ICD-10)", w.diagnosis_codes(case), 5),
            ("Procedure Code(s) (CPT)", w.service_codes(case), 4),
        ]
    )
    page.cells([("Reason for Referral", w.reason(case), 1)], height=330, size=11)
    page.skip(30)


@sheet(weight=4, family="dejavu")
def two_col(page: Page, case: Case) -> None:
    """Blanks in two columns, patient left and referrer right."""
    page.say(f"{case.specialty.name} Referral", 17, bold=True, after=20)
    for left, right in zip(_left_blanks(case), _right_blanks(case), strict=True):
        page.blanks([(*left, 1), (*right, 1)], size=9.5, gap=12)
    page.blanks([("Home address", w.address(case), 1)], size=9.5, gap=20)
    page.say("Diagnoses (ICD-10)", 10.5, bold=True)
    for code in case.reason.diagnoses:
        page.say(f"{w.diagnosis(code)}  {code.words}", 9.5, indent=40)
    page.skip(20)
    page.say("Procedures (CPT)", 10.5, bold=True)
    for code in case.reason.services:
        page.say(f"{w.service(code)}  {code.words}", 9.5, indent=40)
    page.skip(20)
    page.say("Reason for visit", 10.5, bold=True)
    page.say(w.reason(case), 9.5)


def _left_blanks(case: Case) -> list[tuple[str, str]]:
    return [
        ("Patient first name", w.first(case)),
        ("Patient last name", w.last(case)),
        ("Birth date", w.born(case)),
        ("Gender", w.sex(case)),
        ("Phone number", w.patient_phone(case, 1)),
        ("Insurance", w.payer(case)),
        ("ID number", w.member(case)),
        ("Group number", w.group(case)),
    ]


def _right_blanks(case: Case) -> list[tuple[str, str]]:
    return [
        ("Referring physician", w.referrer(case)),
        ("NPI", w.npi(case)),
        ("Phone", w.office_phone(case, 1)),
        ("Fax", w.office_fax(case, 1)),
        ("Referral date", w.written_on(case)),
        ("Referred to", w.specialist(case)),
        ("Specialty", w.specialty(case)),
        ("Priority", w.urgency(case)),
    ]


@sheet(weight=3)
def spanish(page: Page, case: Case) -> None:
    """Labels in Spanish and English, one value below the other."""
    page.centered("Hoja de Referido / Referral Form", 15, bold=True)
    page.centered(case.referrer.practice.name, 11, after=30)
    page.pairs(_bilingual(case), x=page.left, label_width=1000, size=10.5, gap=16)
    page.skip(30)
    page.say(
        "El paciente prefiere comunicarse en espanol. Favor de llamar para coordinar la cita e interprete"
        " si es necesario.",
        10.5,
    )


def _bilingual(case: Case) -> list[tuple[str, str]]:
    return [
        ("Fecha / Date", w.written_on(case)),
        ("Apellido / Last Name", w.last(case)),
        ("Nombre / First Name", w.first(case)),
        ("Fecha de nacimiento / DOB", w.born(case)),
        ("Sexo / Sex", w.sex(case, letter=True)),
        ("Telefono / Phone", w.patient_phone(case, 1)),
        ("Direccion / Address", w.address(case)),
        ("Plan medico / Insurance", w.payer(case)),
        ("Numero de contrato / Member ID", w.member(case)),
        ("Grupo / Group", w.group(case)),
        ("Medico que refiere / Referring Provider", w.referrer(case)),
        ("NPI", w.npi(case)),
        ("Tel. oficina / Office Phone", w.office_phone(case, 1)),
        ("Fax oficina / Office Fax", w.office_fax(case, 1)),
        ("Referido a / Refer to", w.specialist(case)),
        ("Especialidad / Specialty", w.specialty(case)),
        ("Diagnostico / ICD-10", w.diagnosis_codes(case)),
        ("Procedimiento / CPT", w.service_codes(case)),
        ("Prioridad / Priority", w.urgency(case)),
        ("Razon / Reason", w.reason(case)),
    ]
