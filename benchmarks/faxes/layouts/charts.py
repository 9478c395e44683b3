"""Pages of the chart: office notes and laboratory reports."""

from random import Random

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import LABORATORY, MEDICINES, history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Page
from referralhub.demo.world import Provider

SECTIONS = (
    "History of Present Illness",
    "Past Medical History",
    "Medications",
    "Physical Exam",
    "Assessment and Plan",
    "Review of Systems",
    "Social History",
)


def chart_page(
    case: Case, rng: Random, title: str, *, signer: Provider, family: str = "sans", number: int = 1
) -> Page:
    """A page of an office note: name and birth date at its head, but no value that is not on the referral."""
    page = Page(rng, "chart_note", family=family)
    page.skip(20)
    page.say(title, 15, bold=True, after=10)
    who = f"Patient: {case.patient.last}, {case.patient.first}    DOB: {w.date_text(case.patient.born)}"
    page.say(f"{who}    MRN: {case.patient.mrn}    Date of Service: {w.date_text(case.written_on)}")
    page.rule()
    for section in rng.sample(SECTIONS, 5):
        page.say(section, 11.5, bold=True, after=4)
        if section == "Medications":
            for medicine in rng.sample(MEDICINES, 5):
                page.say(f"- {medicine}", indent=40)
        else:
            page.say(history(rng, 5))
        page.skip(40)
    signed = f"Electronically signed by {w.clinician(signer)}  Page {number}"
    page.text(page.left, 3050, signed, 9)
    return page


def lab_page(case: Case, rng: Random) -> Page:
    """Laboratory results as an attachment: nothing on it is a value to read."""
    page = Page(rng, "lab")
    head = [
        ("Patient", f"{case.patient.last}, {case.patient.first}"),
        ("DOB", w.date_text(case.patient.born)),
    ]
    right = [("Ordering Physician", w.clinician(case.referrer)), ("NPI", case.referrer.npi)]
    _results(page, "Springfield Reference Laboratory", head, right, case)
    return page


@sheet(weight=2, role="lab", doc_class="lab_result", family="mono")
def lab_result(page: Page, case: Case) -> None:
    """A laboratory report that comes alone."""
    _results(page, "Metro Clinical Laboratories", *_report_head(case), case)


@sheet(weight=1, role="lab", doc_class="lab_result", landscape=True)
def lab_side(page: Page, case: Case) -> None:
    """The same, sideways."""
    _results(page, "Metro Clinical Laboratories", *_report_head(case), case)


def _report_head(case: Case) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return (
        [("Patient", w.last_first(case)), ("DOB", w.born(case)), ("Sex", w.sex(case))],
        [("Ordering Physician", w.referrer(case)), ("NPI", w.npi(case))],
    )


def _results(
    page: Page, laboratory: str, left: list[tuple[str, str]], right: list[tuple[str, str]], case: Case
) -> None:
    page.say(laboratory, 16, bold=True)
    page.say("FINAL REPORT", 11, bold=True, after=20)
    right = [*right, ("Collected", w.date_text(case.written_on))]
    page.columns(left, right, label_widths=(330, 540), size=9.5, split=page.middle)
    page.skip(30)
    tests = page.rng.sample(LABORATORY, 11 if page.landscape else 15)
    page.table((0.35, 0.2, 0.25, 0.2), [("Test", "Result", "Reference Range", "Units"), *tests], size=9.5)
    page.skip(30)
    page.say(
        "Results with H or L are outside of the reference range. Performed at main campus laboratory.", 9
    )
