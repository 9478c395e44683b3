"""What else comes to the held-out fax line: replies, results, requests for charts, flyers, nothing."""

from functools import partial

from benchmarks.faxes.arrange import leaders, sides
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.labels import labels
from benchmarks.faxes.heldout.prose import RESULTS, opinion, story
from benchmarks.faxes.heldout.values import hand, titled
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.page import Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)


@sheet(weight=3, role="consult_report", family="bookman")
def clinic_reply(page: Page, case: Case) -> None:
    """A consultant's letter back to whoever sent the patient."""
    h = hand(page.rng, case)
    page.centered(case.specialist.practice.name, 15, bold=True)
    page.centered(f"Division of {case.specialty.name}", 10, after=50)
    page.say(h.day(case.written_on), 10.5, after=30)
    page.say(f"{case.referrer}, {case.referrer.practice.name}", 10.5, after=30)
    page.say(
        f"Re: {h.patient}, born {h.born}; our visit of {h.day(case.around.seen_on)}",
        10.5,
        bold=True,
        after=30,
    )
    page.say(f"Dear {titled(case.referrer)},", 10.5, after=20)
    problem = case.reason.text
    for paragraph in (
        f"It was a pleasure to meet your patient today because of: {problem}. {story(page.rng, 5)}",
        f"My impression is {h.worded_codes}. {opinion(page.rng, 2)}",
        f"Plan: {opinion(page.rng, 3)}",
        "I appreciate the chance to take part in the care of this patient and will keep you posted.",
    ):
        page.say(paragraph, 10.5, after=24)
    page.skip(150)
    page.sign(page.left, page.y - 20)
    page.say(f"{case.specialist}", 10.5)
    page.say("Dictated but not read", 8)


@sheet(weight=2, role="consult_report", family="condensed")
def visit_report(page: Page, case: Case) -> None:
    """A consultant's visit as their system prints it."""
    h, names = hand(page.rng, case), labels(page.rng)
    page.say(f"{case.specialist.practice.name}", 14, bold=True)
    page.say(f"New patient consult - {case.specialty.name}", 11, after=20)
    rows = [
        (names["patient"], h.patient),
        (names["born"], h.born),
        (names["seen"], h.day(case.around.seen_on)),
        ("Seen by", str(case.specialist)),
        ("Referred by", str(case.referrer)),
    ]
    sides(page, rows, x=page.left, at=page.left + 560, size=10)
    page.rule(2)
    for heading, words in (
        ("Reason for consult", case.reason.text),
        ("Interval history", story(page.rng, 6)),
        ("Assessment", f"{h.worded_codes}. {opinion(page.rng, 1)}"),
        ("Recommendation to referring provider", opinion(page.rng, 3)),
    ):
        page.say(heading, 11, bold=True)
        page.say(words, 10, after=28)
    page.say(f"Signed {case.specialist} {h.day(case.around.printed_on)}. Thank you for the referral.", 9)


@sheet(weight=3, role="lab", doc_class="lab_result", family="courier")
def findings(page: Page, case: Case) -> None:
    """A laboratory's report in columns without lines."""
    h, around = hand(page.rng, case), case.around
    page.say("TRI-STATE PATHOLOGY & CLINICAL LAB   CLIA 00D0000000", 11, bold=True, after=16)
    leaders(
        page,
        [
            ("PT", f"{h.patient}   DOB {h.born}  {h.sex}"),
            ("ACCESSION", around.authorization),
            ("COLL / RECV", f"{h.day(around.seen_on)} / {h.day(case.written_on)}"),
            ("PROVIDER", f"{case.referrer}"),
        ],
        reach=14,
    )
    page.skip(30)
    for name, value, normal in (("ANALYTE", "VALUE", "REF INTERVAL"), *page.rng.sample(RESULTS, 12)):
        page.text(page.left, page.y, name, 10)
        page.text(page.left + 900, page.y, value, 10)
        page.text(page.left + 1500, page.y, normal, 10)
        page.skip(64)
    page.skip(40)
    page.say("STATUS: FINAL.  LOW / HIGH = OUTSIDE INTERVAL.  DIRECTOR: ON FILE", 9)


@sheet(weight=3, role="records_request", family="schoolbook")
def chart_request(page: Page, case: Case) -> None:
    """Somebody wants the patient's chart."""
    h, names = hand(page.rng, case), labels(page.rng)
    asking = page.rng.choice(
        ("Hartwell & Dunne, Attorneys", "Lone Oak Copy Service", case.referrer.practice.name)
    )
    page.say(asking, 15, bold=True)
    page.say(h.day(case.written_on), 10.5, after=40)
    page.say("To: Medical records custodian", 11, after=20)
    page.say("AUTHORIZED REQUEST FOR COPIES OF THE MEDICAL RECORD", 12, bold=True, after=30)
    sides(
        page,
        [(names["patient"], h.patient), (names["born"], h.born)],
        x=page.left,
        at=page.left + 600,
        size=11,
    )
    page.skip(20)
    page.say(
        f"Kindly furnish the complete chart of this person from {h.day(case.around.seen_on)} to the present:"
        " office notes, operative reports, imaging reports, laboratory values and itemized billing."
        " A signed HIPAA authorization is enclosed. Our fee limit is $25.",
        11,
        after=30,
    )
    page.say(f"Fax copies to {h.number(case.referrer.practice.fax)} or mail within 30 days.", 11, after=240)
    page.sign(page.left, page.y - 30)
    page.say("Records clerk", 10)


@sheet(weight=2, role="confirmation", family="courier")
def send_report(page: Page, case: Case) -> None:
    """What a fax machine prints after it sent something."""
    h = hand(page.rng, case)
    page.y = 400
    page.centered("* * *  COMMUNICATION RESULT REPORT  * * *", 13, bold=True, after=60)
    number = h.number(case.specialist.practice.fax)
    rows = [("FILE", "MODE", "DESTINATION", "PG", "RESULT")]
    rows += [
        (f"{page.rng.randrange(100, 999)}", "MEMORY TX", number, f"{page.rng.randrange(1, 12):02d}", "OK")
    ]
    page.table((0.12, 0.24, 0.36, 0.1, 0.18), rows, size=11)
    page.say("REASON FOR ERROR: E-1 HANG UP OR LINE FAIL   E-2 BUSY   E-3 NO ANSWER", 9, after=10)
    page.say(f"{case.referrer.practice.name.upper()}   {h.day(case.written_on)} 14:22", 10)


@sheet(weight=2, role="junk", family="gothic")
def flyer(page: Page, case: Case) -> None:
    """Somebody sells something to offices."""
    page.y = 320
    page.centered(
        page.rng.choice(("PAYROLL LOANS IN 24 HOURS", "NITRILE GLOVES $4.99", "LUNCH IS ON US!")),
        30,
        bold=True,
    )
    page.y = 700
    page.say(
        "Dear office manager: act now and lock in our lowest price of the season. No contract, no setup fee,"
        " cancel any time. Join more than 2,000 practices that already save with us.",
        16,
        after=80,
    )
    page.bar("LIMITED TIME - REPLY BY FRIDAY", 20)
    page.skip(60)
    page.centered(f"Call {hand(page.rng, case).number(case.specialist.practice.phone)}", 30, bold=True)
    page.text(page.left, 3050, "To opt out of future faxes check here [ ] and return this page.", 9)


@sheet(weight=2, role="junk", family="palatino")
def seminar(page: Page, case: Case) -> None:
    """An invitation."""
    h = hand(page.rng, case)
    page.y = 300
    page.centered("You are invited!", 34, bold=True, after=60)
    page.centered("CODING UPDATE WEBINAR FOR BUSY PRACTICES", 18, bold=True, after=60)
    page.say(
        f"Join us on {h.day(case.around.printed_on)} at noon for 60 minutes on the new office visit"
        " rules, modifier 25, and how not to lose revenue. 1 CEU. Seats are limited.",
        14,
        after=60,
    )
    page.blanks([("Attendee", "", 1)], size=13, gap=40)
    page.blanks([("Email", "", 1), ("Card no.", "", 1)], size=13, gap=40)
    page.centered(f"Register by fax: {h.number(case.referrer.practice.fax)}  -  $149", 16, bold=True)


@sheet(weight=1, role="blank", family="nimbus")
def empty_sheet(page: Page, case: Case) -> None:
    """Somebody put the sheet in upside up: nothing but the machine's own line."""
    if page.rng.random() < 0.3:
        page.text(page.middle, 3120, "this page intentionally left blank", 8, align="center")
