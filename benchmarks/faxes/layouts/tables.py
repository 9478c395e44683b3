"""Referrals in one large table, upright and sideways."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Page


@sheet(weight=3)
def table_layout(page: Page, case: Case) -> None:
    """Label, value, label, value."""
    _table(page, case)


@sheet(weight=2, landscape=True)
def table_side(page: Page, case: Case) -> None:
    """The same on a sheet that goes through the machine sideways."""
    _table(page, case)


def _table(page: Page, case: Case) -> None:
    page.say(f"Referral Authorization - {case.referrer.practice.name}", 14, bold=True, after=20)
    page.table((0.2, 0.32, 0.2, 0.28), _rows(case, visits=page.rng.randrange(1, 9)), size=9.5, header=False)
    page.skip(-20)
    page.table((0.2, 0.8), [("Reason", w.reason(case)), ("Address", w.address(case))], size=9.5, header=False)
    page.skip(30)
    page.say(f"Comments: {history(page.rng, 4)}", 9.5)


def _rows(case: Case, *, visits: int) -> list[tuple[str, str, str, str]]:
    return [
        ("Patient Name", w.last_first(case), "Date of Birth", w.born(case)),
        ("Sex", w.sex(case), "Phone", w.patient_phone(case)),
        ("Insurance Plan", w.payer(case), "Member ID", w.member(case)),
        ("Group", w.group(case), "Referral Date", w.written_on(case)),
        ("Referring Provider", w.referrer(case), "Referring NPI", w.npi(case)),
        ("Referring Phone", w.office_phone(case), "Referring Fax", w.office_fax(case)),
        ("Refer To", w.specialist(case), "Specialty", w.specialty(case)),
        ("ICD-10", w.diagnosis_codes(case), "CPT", w.service_codes(case)),
        ("Priority", w.urgency(case), "Visits", str(visits)),
    ]
