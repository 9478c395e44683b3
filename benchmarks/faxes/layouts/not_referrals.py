"""Orders, requests, confirmations and blank sheets: what comes to a referral fax and is no referral."""

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.filler import history
from benchmarks.faxes.layouts.registry import sheet
from benchmarks.faxes.page import Choice, Page
from referralhub.demo.world import phone

IMAGING = ("MRI", "CT", "X-Ray", "Ultrasound")
STUDIES = (
    ("MRI", "Right shoulder without contrast", "M25.511 Shoulder pain"),
    ("CT", "Chest with contrast", "R05.3 Chronic cough"),
    ("X-Ray", "Lumbar spine, 2 views", "M54.50 Low back pain"),
    ("Ultrasound", "Right upper quadrant", "R10.11 Abdominal pain"),
)
EQUIPMENT = (
    ("Standard wheelchair K0001", "R26.2 Difficulty walking"),
    ("CPAP device E0601 with humidifier E0562", "G47.33 Sleep apnea"),
    ("Nebulizer E0570", "J45.50 Asthma"),
)


@sheet(weight=2, role="order", family="sans")
def imaging_order(page: Page, case: Case) -> None:
    """An order to a radiology department, not to a specialist."""
    kind, study, why = page.rng.choice(STUDIES)
    page.centered("IMAGING ORDER", 16, bold=True)
    page.centered("Radiology Scheduling", 10, after=30)
    page.pairs(
        [("Patient", w.last_first(case)), ("DOB", w.born(case)), ("Phone", w.patient_phone(case))], gap=8
    )
    page.pairs([("Insurance", w.payer(case)), ("Member ID", w.member(case))], gap=8)
    page.skip(20)
    page.ticks(Choice("", IMAGING, kind), x=page.left + 20, spread=420)
    page.marks = [mark for mark in page.marks if mark.field]
    page.pairs(
        [("Exam", study), ("Diagnosis", why), ("Contrast allergy", "No"), ("Order date", w.written_on(case))],
        gap=8,
    )
    page.skip(20)
    page.pairs(
        [
            ("Ordering provider", w.referrer(case)),
            ("NPI", w.npi(case)),
            ("Fax results to", w.office_fax(case)),
        ]
    )
    page.signature("Ordering provider signature", "Date")


@sheet(weight=2, role="order", family="dejavu")
def pt_order(page: Page, case: Case) -> None:
    """An order for physical therapy."""
    page.say("PHYSICAL THERAPY ORDER", 15, bold=True, after=20)
    page.table(
        (0.3, 0.7),
        [
            ("Patient", f"{w.first_last(case)}   DOB {w.born(case)}"),
            ("Insurance", f"{w.payer(case)}   {w.member(case)}"),
            ("Diagnosis", "M54.50 Low back pain"),
            ("Orders", "Evaluate and treat. Home exercise program."),
            ("Frequency and duration", f"{page.rng.randrange(1, 4)} times a week for 6 weeks"),
            ("Ordering provider", f"{w.referrer(case)}   NPI {w.npi(case)}"),
            ("Date", w.written_on(case)),
        ],
        size=10,
        header=False,
    )
    page.say(history(page.rng, 2), 9.5)
    page.signature("Provider", "Date")


@sheet(weight=2, role="order", family="serif")
def dme_order(page: Page, case: Case) -> None:
    """A prescription for equipment."""
    item, why = page.rng.choice(EQUIPMENT)
    page.centered("DME Prescription / Certificate of Medical Necessity", 13, bold=True, after=30)
    for row in (
        [("Patient name", w.last_first(case), 5), ("DOB", w.born(case), 3)],
        [("Insurance", w.payer(case), 5), ("ID", w.member(case), 3)],
        [("Equipment", item, 1)],
        [("Diagnosis", why, 4), ("Length of need", "12 months", 3)],
        [("Prescriber", w.referrer(case), 5), ("NPI", w.npi(case), 3)],
        [("Phone", w.office_phone(case), 4), ("Fax", w.office_fax(case), 4)],
    ):
        page.blanks(row, gap=16)
    page.signature("Prescriber signature", "Date")


@sheet(weight=3, role="records_request", family="serif")
def records_request(page: Page, case: Case) -> None:
    """Another office asks for the patient's records."""
    page.say(case.referrer.practice.name, 14, bold=True)
    page.say(f"Phone {w.office_phone(case)}   Fax {w.office_fax(case)}", 9, after=30)
    page.centered("REQUEST FOR MEDICAL RECORDS", 14, bold=True, after=30)
    page.pairs(
        [("Date", w.written_on(case)), ("To", f"Medical Records, {case.specialist.practice.name}")], size=11
    )
    page.pairs([("Patient", w.first_last(case)), ("Date of birth", w.born(case))], size=11)
    page.skip(20)
    page.say("Please send copies of the following records for continuity of care:", 11, after=10)
    for wanted in ("Office notes of the last two years", "Laboratory and imaging reports", "Procedure notes"):
        page.say(f"[x] {wanted}", 11, indent=60)
    page.skip(30)
    page.say("A signed release of information is on the next page or on file with us.", 10)
    page.signature("Patient or representative", "Date")


@sheet(weight=2, role="confirmation", family="mono")
def confirmation(page: Page, case: Case) -> None:
    """A fax machine's transmission report."""
    page.y = 320
    page.centered("TRANSMISSION VERIFICATION REPORT", 14, bold=True, after=60)
    sent = w.date_text(case.written_on)
    rows = [
        ("TIME", f"{sent} {page.rng.randrange(8, 18):02d}:{page.rng.randrange(60):02d}"),
        ("NAME", case.referrer.practice.name.upper()),
        ("FAX", w.phone_text(case.referrer.practice.fax)),
        ("TO", w.phone_text(case.specialist.practice.fax)),
        ("DURATION", f"00:0{page.rng.randrange(10)}:{page.rng.randrange(10, 60)}"),
        ("PAGE(S)", f"{page.rng.randrange(1, 20):02d}"),
        ("RESULT", page.rng.choice(("OK", "OK", "BUSY / NO RESPONSE"))),
        ("MODE", "STANDARD ECM"),
    ]
    page.pairs(rows, x=700, label_width=400, size=12)


@sheet(weight=2, role="junk", family="dejavu")
def junk_supplies(page: Page, case: Case) -> None:
    """An offer of office supplies in a table of prices."""
    page.y = 260
    page.centered("MEDICAL OFFICE SUPPLY BLOWOUT SALE", 19, bold=True, after=40)
    rows = [("Item", "List", "You pay"), ("Exam table paper, 12 rolls", "$59.00", "$31.99")]
    rows += [("Fax toner, 2 pack", "$129.00", "$64.50"), ("Exam gloves, case", "$90.00", "$49.00")]
    page.table((0.5, 0.25, 0.25), rows, size=16)
    page.say("Order today and get free shipping. Offer good while supplies last.", 16, after=60)
    page.centered(
        f"Order by phone {w.phone_text(phone(f'{page.rng.randrange(100, 200):04d}', '312'))}", 24, bold=True
    )
    page.text(page.left, 3050, "To stop receiving these faxes, reply REMOVE with your fax number.", 9)


@sheet(weight=1, role="blank")
def blank_page(page: Page, case: Case) -> None:
    """A sheet fed with its back to the scanner."""
    page.skip(0)
