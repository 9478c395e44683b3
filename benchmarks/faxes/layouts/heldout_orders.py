"""Held-out orders that are no referrals: a scan, therapy, supplies. And a payer's pre-certification."""

from functools import partial

from benchmarks.faxes.arrange import rows_above, sides
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.labels import labels
from benchmarks.faxes.heldout.prose import story
from benchmarks.faxes.heldout.values import hand, urgency_boxes
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.page import Choice, Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)
SCANS = ("MRI", "CT", "Ultrasound", "X-ray", "Mammogram")
EXAMS = (  # which of SCANS, of what, and why
    ("MRI", "lumbar spine", "M54.16 lumbar radiculopathy"),
    ("CT", "abdomen and pelvis", "R10.9 abdominal pain"),
    ("Ultrasound", "thyroid", "E04.1 thyroid nodule"),
    ("X-ray", "left knee, 3 views", "M25.562 pain in left knee"),
)
THERAPIES = ("M54.50 low back pain", "M75.41 impingement, right shoulder", "R26.89 gait problem, fall risk")
SUPPLIES = (
    ("CPAP machine and mask", "G47.33", "AHI 34 on sleep study"),
    ("Rolling walker", "R26.89", "Two falls at home since July"),
    ("Home oxygen 2 L/min", "J44.9", "SpO2 86 percent at rest on room air"),
)


@sheet(weight=2, role="order", family="nimbus")
def scan_order(page: Page, case: Case) -> None:
    """A requisition for a radiology department."""
    h, names = hand(page.rng, case), labels(page.rng)
    page.bar("DIAGNOSTIC IMAGING REQUISITION", 14)
    page.skip(20)
    page.say("Bring this form to your exam. Scheduling 8 am to 6 pm.", 9, after=30)
    rows_above(
        page,
        [
            [(names["patient"], h.patient), (names["born"], h.born), (names["sex"], h.sex)],
            [(names["phone"], h.phone), (names["payer"], h.payer), (names["member"], h.member)],
        ],
    )
    page.say("Exam", 11, bold=True)
    exam, part, why = page.rng.choice(EXAMS)
    page.ticks(Choice("", SCANS, exam), x=page.left, spread=430)
    page.marks = [mark for mark in page.marks if mark.field]
    contrast = page.rng.choice(("with", "without", "with and without"))
    page.pairs([("Body part", part), ("Contrast", contrast), ("Creatinine", "0.9")], size=10.5)
    page.skip(20)
    page.pairs([(names["icd"], why)], size=10.5)
    page.skip(30)
    page.say(f"Ordering: {h.referrer}   NPI {h.npi}   {h.office_phone}   fax report {h.office_fax}", 10)
    page.signature("Ordering provider", "Date / time")


@sheet(weight=2, role="order", family="palatino")
def therapy_order(page: Page, case: Case) -> None:
    """A prescription for physical therapy."""
    h, names = hand(page.rng, case), labels(page.rng)
    page.centered(case.referrer.practice.name, 15, bold=True)
    page.centered("Rx: PHYSICAL / OCCUPATIONAL THERAPY", 12, bold=True, after=40)
    rows = [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["payer"], f"{h.payer}  {names['member']} {h.member}"),
        (names["icd"], page.rng.choice(THERAPIES)),
        ("Frequency", f"{page.rng.randrange(1, 4)} x week for {page.rng.randrange(4, 13)} weeks"),
        ("Treatment", "Evaluate and treat; therapeutic exercise, manual therapy, gait training, HEP"),
        ("Modalities", "US, e-stim, ice/heat as indicated"),
        ("Precautions", "WBAT. Fall risk."),
        (names["date"], h.written),
    ]
    sides(page, rows, x=page.left, at=page.left + 620, width=1500, size=11, gap=14)
    page.skip(30)
    page.say("I certify the medical necessity of these services under this plan of care.", 10)
    page.sign(page.left, page.y + 220)
    page.y += 280
    page.say(f"{h.referrer}  NPI {h.npi}  {h.office_phone}  {h.office_fax}", 10)


@sheet(weight=2, role="order", family="condensed", handwritten=True)
def supply_order(page: Page, case: Case) -> None:
    """A detailed written order for equipment, filled in by hand."""
    h, names = hand(page.rng, case), labels(page.rng)
    page.centered("DETAILED WRITTEN ORDER - DURABLE MEDICAL EQUIPMENT", 13, bold=True, after=40)
    page.write_by_hand()
    item, code, need = page.rng.choice(SUPPLIES)
    for row in (
        [(names["patient"], h.patient, 5), (names["born"], h.born, 3)],
        [(names["payer"], h.payer, 5), (names["member"], h.member, 3)],
        [("Item", item, 5), ("Qty", "1", 1), ("Length of need (mo.)", "99", 2)],
        [(names["icd"], code, 4), ("Height / weight", "5'8\" 212", 4)],
        [("Medical need", need, 1)],
        [("Prescriber", h.referrer, 5), ("NPI", h.npi, 3)],
        [("Phone", h.office_phone, 4), ("Fax", h.office_fax, 4)],
    ):
        page.blanks(row, size=10, gap=22)
    page.signature("Prescriber signature (no stamps)", "Date")


@sheet(weight=3, role="prior_auth", family="narrow")
def precert(page: Page, case: Case) -> None:
    """A plan's form to ask for approval beforehand."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.at_the_right("UM fax intake - do not use for claims", 8)
    page.say(h.payer, 16, bold=True)
    page.say("Pre-service authorization form (outpatient)", 13, bold=True, after=20)
    page.ticks(urgency_boxes(case), x=page.left, spread=520)
    page.skip(10)
    for row in (
        [("Member", h.patient, 5), (names["born"], h.born, 3), ("Member no.", h.member, 4)],
        [("Requesting provider", h.referrer, 5), ("NPI", h.npi, 3), ("TIN", "on file", 4)],
        [("Contact at office", "referrals desk", 4), ("Phone", h.office_phone, 4), ("Fax", h.office_fax, 4)],
        [
            ("Rendering provider", h.specialist, 5),
            ("NPI", case.specialist.npi, 3),
            ("Par / non-par", "par", 4),
        ],
        [
            ("Place of service", "22", 2),
            ("Start date", h.written, 3),
            ("End date", h.day(around.printed_on), 3),
        ],
        [("Dx", h.codes, 5), ("CPT / HCPCS and units", h.services, 5)],
    ):
        page.cells(row, height=130)
    page.skip(30)
    page.say(
        "Attach clinical notes that show medical necessity. Approval does not guarantee payment.", 9, after=20
    )
    page.say(f"{case.reason.text}. {story(page.rng, 6)}", 10)
