"""Held-out referral forms: labels under lines, squares for specialties, a dense grid, two languages."""

from functools import partial

from benchmarks.faxes.arrange import rows_below, sides, stack
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.feet import foot
from benchmarks.faxes.heldout.labels import Labels, labels
from benchmarks.faxes.heldout.prose import story
from benchmarks.faxes.heldout.values import Hand, hand, urgency_boxes
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.page import Choice, Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)
CLINICS = ("Allergy", "Bariatric", "Genetics", "Geriatrics", "Vascular lab", "Wound care", "Other:")


@sheet(weight=4, family="gothic")
def under_lines(page: Page, case: Case) -> None:
    """Values on lines with their labels below."""
    _lines(page, case, "OUTSIDE REFERRAL")


@sheet(weight=4, family="condensed", handwritten=True)
def under_lines_by_hand(page: Page, case: Case) -> None:
    """The same, filled in by hand."""
    page.write_by_hand()
    _lines(page, case, "Referral Slip")


def _lines(page: Page, case: Case, heading: str) -> None:
    h, names = hand(page.rng, case), labels(page.rng)
    page.at_the_right(f"{names['chart']} {case.patient.mrn}", 8)
    page.say(heading, 20, bold=True, after=4)
    page.say(
        f"{case.specialist.practice.name}   intake line {h.number(case.specialist.practice.phone)}",
        9,
        after=40,
    )
    gap = page.rng.randrange(24, 70)
    rows_below(page, _line_rows(h, names), gap=gap)
    page.say(names["urgency"], 9, bold=True)
    page.ticks(urgency_boxes(case), x=page.left + 30, spread=520, cross=False)
    page.skip(20)
    rows_below(
        page, [[(names["reason"], h.reason, 1)], [(names["icd"], h.codes, 3), (names["cpt"], h.services, 2)]]
    )
    foot(page, h)


def _line_rows(h: Hand, names: Labels) -> list[list[tuple[str, str, float]]]:
    around = h.case.around
    return [
        [
            (names["last"], h.last, 4),
            (names["first"], h.first, 4),
            (names["born"], h.born, 3),
            (names["sex"], h.sex, 2),
        ],
        [(names["address"], h.address, 8), (names["phone"], h.phone, 4)],
        [(names["contact"], around.contact, 4), ("their tel.", h.number(around.contact_phone), 3)],
        [(names["payer"], h.payer, 6), (names["member"], h.member, 4), (names["group"], h.group, 3)],
        [(names["referrer"], h.referrer, 6), (names["npi"], h.npi, 3), (names["date"], h.written, 3)],
        [(names["office_phone"], h.office_phone, 1), (names["office_fax"], h.office_fax, 1)],
        [(names["specialty"], h.specialty, 1), (names["specialist"], h.specialist, 1)],
    ]


@sheet(weight=4, family="nimbus")
def requisition(page: Page, case: Case) -> None:
    """Squares for the usual clinics, of which the last is ticked and written out."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.centered(case.referrer.practice.name.upper(), 13, bold=True)
    page.centered("CONSULTATION REQUISITION", 12, after=30)
    page.frame(page.left, page.y, page.room, 470, 4)
    top = page.y = page.y + 24
    sides(page, _requisition_left(h, names), x=page.left + 24, at=page.left + 440, width=720)
    page.y = top
    right = [
        (names["payer"], h.payer),
        (names["member"], h.member),
        (names["group"], h.group),
        (names["second"], around.second_payer),
        (names["doctor"], around.doctor),
    ]
    sides(page, right, x=1400, at=1760, width=640)
    page.y = top + 470
    page.say("Send patient to:", 11, bold=True, after=6)
    for row in (CLINICS[:4], CLINICS[4:]):
        page.ticks(Choice("", row, "Other:" if "Other:" in row else ""), x=page.left + 30, spread=540)
    page.text(page.left + 1300, page.y - 70, h.specialty, 11, bold=True)
    page.marks = [mark for mark in page.marks if mark.field]
    page.pairs([(names["specialist"], h.specialist)], x=page.left, size=10.5, gap=10)
    page.pairs([(names["their_fax"], h.number(case.specialist.practice.fax))], x=page.left, size=10.5, gap=10)
    page.say(names["urgency"], 11, bold=True)
    page.ticks(urgency_boxes(case), x=page.left + 30, spread=540)
    page.skip(10)
    for label, value in (
        (names["reason"], h.reason),
        (names["icd"], h.worded_codes),
        (names["cpt"], h.services),
    ):
        page.bar(label, 9.5, dark=False)
        page.say(value or "none", 10.5, indent=20, after=20)
    page.say(f"Notes: {story(page.rng, 3)}", 9.5, after=30)
    _requested_by(page, h, names)
    foot(page, h)


def _requisition_left(h: Hand, names: Labels) -> list[tuple[str, str]]:
    return [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["sex"], h.sex),
        (names["phone"], h.phone),
        (names["address"], h.street),
        ("", h.town),
        (names["chart"], h.case.patient.mrn),
    ]


def _requested_by(page: Page, h: Hand, names: Labels) -> None:
    page.rule(2)
    page.say(f"{names['referrer']}  {h.referrer}     {names['npi']}  {h.npi}", 10)
    page.say(f"{names['facility']}  {h.case.referrer.practice.npi}     {names['date']}  {h.written}", 10)
    page.say(f"{names['office_phone']}  {h.office_phone}     {names['office_fax']}  {h.office_fax}", 10)


@sheet(weight=4, family="narrow")
def tiny_grid(page: Page, case: Case) -> None:
    """A dense grid: small labels, small values, many of them empty or about others."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say("Authorization & Referral Transmission", 13, bold=True, after=12)
    page.table(
        (0.5, 0.5),
        [(f"{names['printed']} {h.day(around.printed_on)}", f"{names['auth']} {around.authorization}")],
        size=7.5,
        header=False,
    )
    page.skip(-20)
    for row in _grid_rows(h, names):
        page.cells([(label, value, share) for label, value, share in row], height=104, size=8.5)
    page.skip(16)
    page.say(f"{names['reason']}:", 8.5, bold=True)
    page.say(h.reason, 9, after=20)
    page.say(story(page.rng, 6), 8)
    foot(page, h)
    page.signature("Authorized signature", "Title", "Reviewed", y=3000)


GridRow = list[tuple[str, str, float]]


def _grid_rows(h: Hand, names: Labels) -> list[GridRow]:
    return [*_grid_patient(h, names), *_grid_offices(h, names)]


def _grid_patient(h: Hand, names: Labels) -> list[GridRow]:
    around = h.case.around
    return [
        [(names["patient"], h.patient, 5), (names["born"], h.born, 3), (names["sex"], h.sex, 1.5)],
        [(names["address"], h.address, 6), (names["phone"], h.phone, 3), (names["language"], "English", 2)],
        [(names["payer"], h.payer, 4), (names["member"], h.member, 3), (names["group"], h.group, 3)],
        [
            (names["subscriber"], around.subscriber, 4),
            (names["subscriber_born"], h.day(around.subscriber_born), 3),
            (names["relation"], around.relation, 2),
        ],
        [(names["second"], around.second_payer, 4), ("2nd ID", around.second_member, 3)],
        [(names["doctor"], around.doctor, 4), (names["doctor_phone"], h.number(around.doctor_phone), 3)],
    ]


def _grid_offices(h: Hand, names: Labels) -> list[GridRow]:
    consultant, around = h.case.specialist, h.case.around
    facility = h.case.referrer.practice.npi
    return [
        [(names["referrer"], h.referrer, 4), (names["npi"], h.npi, 3), (names["facility"], facility, 3)],
        [
            (names["office_phone"], h.office_phone, 3),
            (names["office_fax"], h.office_fax, 3),
            (names["date"], h.written, 3),
        ],
        [
            (names["specialty"], h.specialty, 4),
            (names["specialist"], h.specialist, 4),
            (names["consultant_npi"], consultant.npi, 3),
        ],
        [
            (names["their_phone"], h.number(consultant.practice.phone), 3),
            (names["their_fax"], h.number(consultant.practice.fax), 3),
            (names["urgency"], h.urgency, 3),
        ],
        [(names["icd"], h.codes, 4), (names["cpt"], h.services, 3), (names["visits"], "3", 1.5)],
        [
            (names["pharmacy"], around.pharmacy, 4),
            ("", h.number(around.pharmacy_phone), 3),
            (names["allergies"], "NKDA", 3),
        ],
    ]


@sheet(weight=4, family="gothic")
def side_bar(page: Page, case: Case) -> None:
    """A column at the left holds who and with what coverage; the request stands in the wide one."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say(f"{h.specialty} consult", 20, bold=True, after=6)
    page.say(f"prepared by {case.referrer.practice.name} for {case.specialist.practice.name}", 9, after=30)
    top = page.y
    page.line(870, top, 870, 3000, 4)
    stack(
        page,
        _bar_items(h, names),
        x=page.left,
        width=660,
        label_size=7,
        size=10,
        gap=page.rng.randrange(20, 70),
    )
    page.y = top
    wide = [
        (names["reason"].upper(), h.reason),
        ("BACKGROUND", story(page.rng, 6)),
        (names["icd"].upper(), h.worded_codes),
        (names["cpt"].upper(), h.services or "per consultant"),
        (names["urgency"].upper(), h.urgency),
        (names["specialist"].upper(), f"{h.specialist}, fax {h.number(case.specialist.practice.fax)}"),
        (names["seen"].upper(), h.day(around.seen_on)),
        (names["date"].upper(), h.written),
        (names["referrer"].upper(), f"{h.referrer}  -  {names['npi']} {h.npi}"),
        ("OFFICE", f"{h.office_phone} voice, {h.office_fax} fax"),
    ]
    stack(page, wide, x=930, width=1450, label_size=8, size=11, gap=34, bold=True)


def _bar_items(h: Hand, names: Labels) -> list[tuple[str, str]]:
    around = h.case.around
    return [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["sex"], h.sex),
        (names["phone"], h.phone),
        (names["address"], h.address),
        (names["payer"], h.payer),
        (names["member"], h.member),
        (names["group"], h.group or "n/a"),
        (names["doctor"], around.doctor),
        (names["contact"], f"{around.contact} {h.number(around.contact_phone)}"),
        (names["pharmacy"], around.pharmacy),
        (names["chart"], h.case.patient.mrn),
    ]
