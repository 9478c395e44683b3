"""Held-out referrals as systems print them: portals, line printers, notes, work queues."""

from functools import partial

from benchmarks.faxes.arrange import leaders, rows_above, sides
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.feet import foot
from benchmarks.faxes.heldout.labels import Labels, labels
from benchmarks.faxes.heldout.prose import medicines, story
from benchmarks.faxes.heldout.values import Hand, hand
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.page import Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)


@sheet(weight=4, family="condensed")
def portal_print(page: Page, case: Case) -> None:
    """A page of a portal printed from a browser: address line, crumbs, grey labels, no colons."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say(f"{h.day(around.printed_on)}, 4:{page.rng.randrange(10, 59)} PM", 7)
    page.text(page.right, page.y - 40, "CareBridge Connect | Referral detail", 7, align="right")
    page.skip(40)
    page.say("Home  >  Outgoing  >  View referral", 8, after=16)
    page.say(f"Referral {around.authorization}", 18, bold=True)
    page.say(f"Submitted {h.written}     Status: Sent     {names['urgency']}: {h.urgency}", 9.5, after=36)
    gap = page.rng.randrange(4, 28)
    for heading, rows in _portal_blocks(h, names):
        page.say(heading, 12, bold=True, after=8)
        page.line(page.left, page.y, page.right, page.y, 2)
        page.skip(16)
        sides(page, rows, x=page.left + 20, at=page.left + 640, width=1550, size=9.5, label_size=8.5, gap=gap)
        page.skip(24)
    page.text(page.left, 3130, f"https://portal.carebridge.example/ref/{around.authorization}", 7)
    page.text(page.right, 3130, "1/1", 7, align="right")


def _portal_blocks(h: Hand, names: Labels) -> list[tuple[str, list[tuple[str, str]]]]:
    around = h.case.around
    contact = f"{around.contact}, {around.relation}, {h.number(around.contact_phone)}"
    patient = [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["sex"], h.sex),
        (names["phone"], h.phone),
        (names["address"], h.address),
        (names["contact"], contact),
    ]
    coverage = [
        (names["payer"], h.payer),
        (names["member"], h.member),
        (names["group"], h.group or "-"),
        (names["subscriber"], f"{around.subscriber} ({around.relation})"),
    ]
    return [
        ("About the patient", patient),
        ("Eligibility (verified)", coverage),
        ("From", _portal_sender(h, names)),
        ("Request", _portal_request(h, names)),
    ]


def _portal_sender(h: Hand, names: Labels) -> list[tuple[str, str]]:
    return [
        (names["referrer"], h.referrer),
        (names["npi"], h.npi),
        ("Location", str(h.case.referrer.practice.address)),
        (names["office_phone"], h.office_phone),
        (names["office_fax"], h.office_fax),
    ]


def _portal_request(h: Hand, names: Labels) -> list[tuple[str, str]]:
    return [
        (names["specialty"], h.specialty),
        (names["specialist"], h.specialist),
        (names["reason"], h.reason),
        (names["icd"], h.worded_codes),
        (names["cpt"], h.services or "-"),
    ]


@sheet(weight=4, family="nimbus")
def summary(page: Page, case: Case) -> None:
    """An e-referral summary: rows of three or four, the label above each value."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.bar(f"{case.referrer.practice.name}  |  eReferral summary", 12)
    page.skip(14)
    page.say(f"For {case.specialist.practice.name}, {h.number(case.specialist.practice.fax)}", 9.5, after=24)
    rows_above(page, _summary_rows(h, names), gap=page.rng.randrange(16, 44))
    page.rule(2)
    page.say(names["reason"], 8, bold=True)
    page.say(h.reason, 10.5, after=24)
    page.say(names["icd"], 8, bold=True)
    for code in h.worded_codes.split("; "):
        page.say(code, 10)
    page.skip(24)
    page.say("Medication list", 8, bold=True)
    for medicine in medicines(page.rng, 4):
        page.say(medicine, 9)
    page.skip(24)
    page.say(story(page.rng, 5), 9.5, after=20)
    foot(page, h)
    page.text(page.left, 3040, f"{names['printed']} {h.day(around.printed_on)} by front desk", 7.5)


def _summary_rows(h: Hand, names: Labels) -> list[list[tuple[str, str]]]:
    around = h.case.around
    return [
        [(names["patient"], h.patient), (names["born"], h.born), (names["sex"], h.sex)],
        [(names["phone"], h.phone), (names["language"], "English"), (names["chart"], h.case.patient.mrn)],
        [(names["address"], h.address), (names["doctor"], around.doctor)],
        [(names["payer"], h.payer), (names["member"], h.member), (names["group"], h.group or "none")],
        [(names["referrer"], h.referrer), (names["npi"], h.npi)],
        [
            (names["office_phone"], h.office_phone),
            (names["office_fax"], h.office_fax),
            (names["date"], h.written),
        ],
        [
            (names["specialty"], h.specialty),
            (names["specialist"], h.specialist),
            (names["urgency"], h.urgency),
        ],
        [
            (names["cpt"], h.services or "eval only"),
            (names["visits"], "2"),
            (names["auth"], around.authorization),
        ],
    ]


@sheet(weight=3, family="courier")
def line_printer(page: Page, case: Case) -> None:
    """An old system's output: capitals, dots up to the value, all letters as wide."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say("*" * 78, 9)
    page.centered(case.referrer.practice.name.upper(), 11, bold=True)
    page.centered("OUTGOING CONSULT ORDER", 11, bold=True)
    page.say("*" * 78, 9, after=24)
    shown = {name.upper(): value for name, value in _printer_pairs(h, names)}
    leaders(page, list(shown.items()), size=10, reach=24)
    page.skip(24)
    leaders(page, [(names["reason"].upper()[:24], h.reason), ("HISTORY", story(page.rng, 4))], reach=24)
    page.skip(24)
    page.say("-" * 78, 9)
    page.say(
        f"E-SIGNED {case.referrer.last.upper()} {h.day(case.written_on)} 16:02 {h.day(around.printed_on)}",
        9,
    )
    page.say("*** END OF REPORT ***", 9)


def _printer_pairs(h: Hand, names: Labels) -> list[tuple[str, str]]:
    around = h.case.around
    return [
        (names["patient"], h.patient),
        (names["born"], f"{h.born}   {names['sex'].upper()}: {h.sex}"),
        (names["address"], h.address),
        (names["phone"], h.phone),
        (names["payer"], h.payer),
        (names["member"], h.member),
        (names["group"], h.group or "NONE"),
        (names["guarantor"], around.contact),
        (names["doctor"], around.doctor),
        (names["referrer"], h.referrer),
        (names["npi"], h.npi),
        (names["office_phone"], h.office_phone),
        (names["office_fax"], h.office_fax),
        (names["date"], h.written),
        (names["seen"], h.day(around.seen_on)),
        (names["specialty"], h.specialty),
        (names["specialist"], h.specialist),
        (names["urgency"], h.urgency),
        (names["icd"], h.codes),
        (names["cpt"], h.services or "EVAL AND TREAT"),
    ]


@sheet(weight=3, family="slab")
def soap_note(page: Page, case: Case) -> None:
    """An office note whose plan is the referral."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say(f"{case.referrer.practice.name}", 13, bold=True)
    page.say(
        f"{case.referrer.practice.address}. {names['office_phone']} {h.office_phone}, fax {h.office_fax}", 8.5
    )
    page.rule(3)
    page.say(
        f"{h.patient}  {names['born']} {h.born}  {names['sex']} {h.sex}  {names['chart']} {case.patient.mrn}",
        10,
    )
    page.say(f"{names['payer']} {h.payer}    {names['member']} {h.member}    {names['phone']} {h.phone}", 10)
    page.say(f"{names['seen']} {h.day(around.seen_on)}    {names['doctor']} {around.doctor}", 10, after=30)
    page.say("S:", 11, bold=True)
    page.say(story(page.rng, page.rng.randrange(6, 13)), 10, after=20)
    page.say("O:", 11, bold=True)
    page.say("Alert, comfortable. See vitals flowsheet. " + story(page.rng, 3), 10, after=20)
    page.say("A:", 11, bold=True)
    for place, line in enumerate(h.worded_codes.split("; "), 1):
        page.say(f"{place}. {line}", 10, indent=40)
    page.skip(20)
    page.say("P:", 11, bold=True)
    page.say(f"1. Refer to {h.specialty}, {h.specialist}. {names['reason']}: {h.reason}.", 10, indent=40)
    page.say(f"2. {names['urgency']}: {h.urgency}.", 10, indent=40)
    page.say(
        f"3. Continue {medicines(page.rng, 1)[0]}. Refills to {around.pharmacy}.", 10, indent=40, after=40
    )
    page.say(f"Referral placed {h.written} by {h.referrer}, NPI {h.npi}", 10, bold=True)


@sheet(weight=3, family="narrow", landscape=True)
def work_queue(page: Page, case: Case) -> None:
    """One entry of a referral coordinator's work queue, printed sideways as a table of what was entered."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.say(f"Referral work queue - {case.referrer.practice.name} - item 1 of 1", 13, bold=True, after=20)
    rows = [
        (names["patient"], h.patient, names["specialty"], h.specialty),
        (names["born"], h.born, names["specialist"], h.specialist),
        (names["sex"], h.sex, names["their_fax"], h.number(case.specialist.practice.fax)),
        (names["phone"], h.phone, names["urgency"], h.urgency),
        (names["address"], h.address, names["icd"], h.codes),
        (names["payer"], h.payer, names["cpt"], h.services),
        (names["member"], h.member, names["auth"], around.authorization),
        (names["group"], h.group, names["visits"], "1"),
        (names["referrer"], h.referrer, names["date"], h.written),
        (names["npi"], h.npi, names["printed"], h.day(around.printed_on)),
        (names["office_phone"], h.office_phone, names["office_fax"], h.office_fax),
        (names["doctor"], around.doctor, names["doctor_phone"], h.number(around.doctor_phone)),
    ]
    page.table((0.15, 0.37, 0.15, 0.33), rows, size=11.5, header=False)
    page.table(
        (0.15, 0.85),
        [(names["reason"], h.reason), ("Coordinator notes", story(page.rng, 3))],
        size=10,
        header=False,
    )
