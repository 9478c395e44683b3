"""Held-out faxes of several pages: a discharge with follow-up, and a packet behind a transmittal."""

from functools import partial
from random import Random

from benchmarks.faxes.arrange import sides
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.labels import labels
from benchmarks.faxes.heldout.prose import NOTICES, medicines, story
from benchmarks.faxes.heldout.values import Hand, hand
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.layouts.heldout_forms import tiny_grid
from benchmarks.faxes.layouts.heldout_printouts import portal_print, summary
from benchmarks.faxes.page import Page

packet = partial(registry.packet, shelf=registry.HELD_OUT)
EMPTY_BACK_SHARE = 0.3  # of packets have the empty back of a sheet between their pages


@packet(weight=3)
def discharge(case: Case, rng: Random) -> list[Page]:
    """A hospital's discharge papers; the referral stands on the first page under follow-up."""
    h, names, around = hand(rng, case), labels(rng), case.around
    page = Page(rng, "referral", family="palatino")
    page.centered("DISCHARGE SUMMARY AND FOLLOW-UP REFERRAL", 14, bold=True)
    page.centered(
        f"{case.referrer.practice.address.city} Regional Hospital - {case.referrer.practice.address}",
        9,
        after=30,
    )
    left = [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["sex"], h.sex),
        (names["phone"], h.phone),
        (names["address"], h.address),
        ("Admitted", h.day(around.seen_on)),
        ("Discharging physician", f"{h.referrer}, NPI {h.npi}"),
        (names["doctor"], f"{around.doctor}, {h.number(around.doctor_phone)}"),
        (names["payer"], h.payer),
        (names["member"], h.member),
    ]
    sides(page, left, x=page.left, at=page.left + 560, width=1600, size=10)
    page.skip(20)
    page.say("Hospital course", 11, bold=True)
    page.say(story(rng, rng.randrange(8, 16)), 10, after=24)
    page.say("Final diagnoses", 11, bold=True)
    page.say(h.worded_codes, 10, after=24)
    page.say("Follow-up", 11, bold=True)
    page.say(
        f"With {h.specialty}: {h.specialist}, {h.number(case.specialist.practice.phone)}. {h.reason}.", 10
    )
    page.say(f"{names['urgency']}: {h.urgency}. Referral sent {h.written}.", 10)
    page.say("With primary care: within 14 days.", 10, after=24)
    page.say(f"Questions: unit desk {h.office_phone}. Records by fax {h.office_fax}.", 10)
    return [page, _going_home(h, rng)]


def _going_home(h: Hand, rng: Random) -> Page:
    page = Page(rng, "chart_note", family="palatino")
    page.say(f"Discharge instructions - {h.patient_plain}", 13, bold=True, after=24)
    page.say("Take these medicines", 11, bold=True)
    for medicine in medicines(rng, 6):
        page.say(f"[ ] {medicine}", 10.5, indent=40)
    page.skip(30)
    page.say("What happened", 11, bold=True)
    page.say(story(rng, 8), 10.5, after=30)
    page.say("Call us or go to an emergency room for fever above 101 F, chest pain or bleeding.", 10.5)
    page.signature("Patient or representative", "RN", y=2900)
    return page


@packet(weight=4)
def transmittal(case: Case, rng: Random) -> list[Page]:
    """A transmittal, the referral, notes, and a print of the payer's eligibility answer."""
    inner = rng.choice([summary, tiny_grid, portal_print]).draw(case, rng)
    h = hand(rng, case)
    notes = [_progress_note(h, rng, number) for number in range(1, rng.choice([1, 2, 2, 4]) + 1)]
    empty = [Page(rng, "blank")] if rng.random() < EMPTY_BACK_SHARE else []
    rest = [*inner, *empty, *notes, _eligibility(h, rng)]
    return [_sheet_on_top(h, rng, pages=1 + len(rest)), *rest]


def _sheet_on_top(h: Hand, rng: Random, *, pages: int) -> Page:
    page = Page(rng, "cover", family="bookman")
    receiver, sender = h.case.specialist.practice, h.case.referrer.practice
    page.y = 260
    page.centered("TRANSMITTAL", 30, bold=True, after=60)
    rows = [
        ("Deliver to", f"{receiver.name} - new patient desk"),
        ("Fax no.", h.number(receiver.fax)),
        ("Sender", sender.name),
        ("Sender's voice / fax", f"{h.number(sender.phone)} / {h.number(sender.fax)}"),
        ("Sent", h.day(h.case.written_on)),
        ("Pages incl. this one", str(pages)),
        ("Remarks", "Consult papers to follow. Call if any page is missing."),
    ]
    sides(page, rows, x=page.left + 60, at=page.left + 800, width=1350, size=12, gap=26)
    page.skip(60)
    page.say(rng.choice(NOTICES), 10)
    return page


def _progress_note(h: Hand, rng: Random, number: int) -> Page:
    page = Page(rng, "chart_note", family="schoolbook")
    page.at_the_right(f"pg {number}", 9)
    page.say(f"Progress note   {h.patient_plain}   {h.day(h.case.patient.born)}", 12, bold=True)
    page.say(f"Encounter {h.day(h.case.around.seen_on)}   Author {h.case.referrer}", 10)
    page.rule(2)
    for heading in rng.sample(("CC", "HPI", "PMHx", "Soc Hx", "ROS", "PE", "A/P", "Orders"), 5):
        page.say(heading, 11, bold=True)
        page.say(story(rng, 5), 10.5, after=30)
    return page


def _eligibility(h: Hand, rng: Random) -> Page:
    """The payer's answer repeats name and card, but it is no referral."""
    page = Page(rng, "other", family="courier")
    page.say("271 ELIGIBILITY RESPONSE", 13, bold=True, after=20)
    for line in (
        f"PAYER     {h.case.payer}",
        f"INSURED   {h.case.around.subscriber}",
        f"DEPENDENT {h.patient_plain}",
        f"STATUS    ACTIVE AS OF {h.day(h.case.around.seen_on)}",
        "COPAY     SPECIALIST $45.00   OFFICE $25.00",
        f"DEDUCT    ${rng.randrange(500, 3000)}.00 REMAINING ${rng.randrange(0, 500)}.00",
        f"TRACE     {h.case.around.authorization}",
    ):
        page.say(line, 11, after=6)
    return page
