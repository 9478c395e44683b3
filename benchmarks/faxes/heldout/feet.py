"""What stands at the foot of held-out forms: enclosures, stamps, the receiving office's own boxes."""

from random import Random

from benchmarks.faxes.heldout.prose import NOTICES
from benchmarks.faxes.heldout.values import Hand
from benchmarks.faxes.page import Page

ENCLOSED = (
    "Last two office notes",
    "Insurance card, front and back",
    "Imaging report",
    "EKG tracing",
    "Lab work past 90 days",
    "Immunization record",
    "Growth chart",
    "Medication list",
)
RULES = (
    "Incomplete requests are returned to the sender. Do not send original films.",
    "Patients who miss two visits are referred back to the sending office.",
    "We do not accept patients who are in active litigation. Self-pay patients owe a deposit at check-in.",
    "Interpreters are free of charge; tell us the language three days ahead.",
    "Bring a photo ID, all medicine bottles and your co-pay. Arrive 20 minutes early.",
)


def foot(page: Page, h: Hand) -> None:
    """One or two blocks below the form, different from fax to fax."""
    page.skip(page.rng.randrange(30, 110))
    for draw in page.rng.sample((_enclosures, _office_use, _house_rules), 2):
        draw(page, h, page.rng)
        page.skip(page.rng.randrange(20, 80))
    page.text(page.left, 3080, page.rng.choice(NOTICES), 7, width=page.room)


def _enclosures(page: Page, h: Hand, rng: Random) -> None:
    page.say("Enclosed:", 9.5, bold=True)
    for paper in rng.sample(ENCLOSED, rng.randrange(3, 6)):
        page.say(f"[{rng.choice('xx ')}] {paper}", 9.5, indent=30)


def _office_use(page: Page, h: Hand, rng: Random) -> None:
    """The receiving office's box, now and then stamped: a date and numbers that are not the referral's."""
    received = h.day(h.case.around.printed_on) if rng.random() < 0.6 else "________"
    top = page.y
    page.skip(14)
    page.say(f"FOR {h.case.specialist.practice.name.upper()} USE ONLY", 8, bold=True, indent=20)
    page.say(
        f"Rec'd: {received}    Initials: {rng.choice(('KM', 'jr', '____'))}    Auth needed:  Y / N",
        9,
        indent=20,
    )
    page.say("Appt date: ____________   Time: ________   Provider: ______________________", 9, indent=20)
    page.say(f"Questions? Scheduling {h.number(h.case.specialist.practice.phone)}", 8, indent=20)
    page.skip(20)
    page.frame(page.left, top, page.room, page.y - top, 2)
    page.skip(14)


def _house_rules(page: Page, h: Hand, rng: Random) -> None:
    for number, rule in enumerate(rng.sample(RULES, 3), 1):
        page.say(f"{number}) {rule}", 8)
