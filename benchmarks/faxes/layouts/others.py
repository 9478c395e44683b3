"""What else comes to a referral fax: payers' forms, consult reports, advertisements."""

from random import Random

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import advice, history
from benchmarks.faxes.layouts.charts import chart_page
from benchmarks.faxes.layouts.registry import packet, sheet
from benchmarks.faxes.page import Choice, Page
from referralhub.demo.world import phone

NOTE_SHARE = 0.4  # of consult reports come with a procedure note


@sheet(weight=4, role="prior_auth")
def pa_form(page: Page, case: Case) -> None:
    """A payer's request for prior authorization."""
    page.centered(f"{case.payer} Prior Authorization Request", 15, bold=True)
    standard = "Fax completed form with clinical documentation. Standard turnaround is 7 calendar days."
    page.centered(standard, 9, after=20)
    page.text(page.left, page.y, "Review type:", 10, bold=True)
    urgency = Choice("urgency", w.URGENCY_OPTIONS, w.urgency_option(case))
    page.ticks(urgency, x=450, spread=380, cross=False)
    page.skip(20)
    for heading, rows in _request(case):
        page.bar(heading, 10.5)
        for row in rows:
            page.blanks(row)
        page.skip(20)
    page.say("Clinical Justification:", bold=True, indent=20)
    page.say(f"{w.reason(case)}. {history(page.rng, 4)}", indent=20)


def _request(case: Case) -> list[tuple[str, list[list[tuple[str, str, float]]]]]:
    return [
        (
            "Member Information",
            [
                [("Member Name:", w.first_last(case), 5), ("DOB:", w.born(case), 4)],
                [("Member ID:", w.member(case), 5), ("Group No:", w.group(case), 4)],
                [("Health Plan:", w.payer(case), 5), ("Phone:", w.patient_phone(case, 1), 4)],
            ],
        ),
        (
            "Requesting Provider",
            [
                [("Provider Name:", w.referrer(case), 5), ("NPI:", w.npi(case), 4)],
                [("Phone:", w.office_phone(case, 1), 5), ("Fax:", w.office_fax(case, 1), 4)],
            ],
        ),
        (
            "Servicing Provider",
            [[("Provider Name:", w.specialist(case), 5), ("Specialty:", w.specialty(case), 4)]],
        ),
        (
            "Service Information",
            [
                [("Date of Request:", w.written_on(case), 1)],
                [("ICD-10 Codes:", w.diagnosis_codes(case), 1)],
                [("CPT/HCPCS Codes:", w.service_codes(case), 1)],
            ],
        ),
    ]


@packet(weight=4, doc_class="consult_report")
def consult_report(case: Case, rng: Random) -> list[Page]:
    """The specialist's answer to the referrer, perhaps with a procedure note."""
    page = Page(rng, "consult_report", family="serif")
    page.centered(f"{case.specialist.practice.name} - {case.specialty.name}", 14, bold=True, after=20)
    page.centered("CONSULTATION REPORT", 13, bold=True, after=20)
    page.say(f"Patient: {w.first_last(case)}     Date of Birth: {w.born(case)}     Sex: {w.sex(case)}", 11)
    page.say(f"Date of Consultation: {w.date_text(case.written_on)}", 11)
    page.say(f"Requesting Physician: {w.referrer(case)}", 11, after=20)
    seen = f"I saw {w.title(case)} {case.patient.last} in clinic today."
    page.say(f"Dear Dr. {case.referrer.last}, thank you for this referral. {seen}", 11, after=20)
    diagnoses = ", ".join(f"{code.words} ({w.diagnosis(code)})" for code in case.reason.diagnoses)
    for section, words in (
        ("HISTORY", history(rng, 5)),
        ("EXAMINATION", history(rng, 4)),
        ("IMPRESSION", f"{diagnoses}. {history(rng, 2)}"),
        ("RECOMMENDATIONS", advice(rng, 4)),
    ):
        page.say(section, 11, bold=True)
        page.say(words, 11, after=25)
    page.sign(page.left, 2920)
    page.text(page.left, 2950, f"{w.clinician(case.specialist)}, {case.specialty.name}", 11)
    if rng.random() < NOTE_SHARE:
        return [page, chart_page(case, rng, "Procedure Note", signer=case.specialist, family="serif")]
    return [page]


@sheet(weight=3, role="junk")
def junk_ad(page: Page, case: Case) -> None:
    """An advertisement, as every fax machine gets them."""
    page.y = 300
    page.centered("FREE VACATION CRUISE!", 38, bold=True)
    page.y = 620
    page.bar("CALL NOW - OFFER EXPIRES THIS FRIDAY", 24)
    page.y = 900
    page.say(
        "Office staff special: four days and three nights for two, only $199 per person. Few cabins left."
        " Mention this fax for an upgrade to an ocean view cabin.",
        20,
        after=60,
    )
    page.say(
        "Business loans up to $250,000 with no collateral. Toner and ink at 60 percent off. Roof repair and"
        " janitorial service estimates.",
        18,
        after=150,
    )
    numbers = [w.phone_text(phone(f"{page.rng.randrange(100, 200):04d}", "312")) for _ in range(3)]
    page.centered(numbers[0], 44, bold=True)
    removal = f"To be removed from our fax list call {numbers[1]}. Unsubscribe by fax to {numbers[2]}."
    page.text(page.left, 3000, removal, 9)
