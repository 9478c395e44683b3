"""Held-out referrals in prose: letters, a memo, a note on a pad."""

from functools import partial

from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.labels import labels
from benchmarks.faxes.heldout.prose import ASKS, NOTICES, story
from benchmarks.faxes.heldout.values import Hand, diagnosis, hand, titled
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.markup import tagged
from benchmarks.faxes.page import Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)
GROWN = 18


@sheet(weight=4, family="schoolbook")
def doctor_letter(page: Page, case: Case) -> None:
    """A letter that says everything in sentences; the letterhead stands at the right."""
    h = hand(page.rng, case)
    practice = case.referrer.practice
    for line in (practice.name, practice.address.street, practice.address.town):
        page.at_the_right(line, 10.5)
        page.skip(60)
    page.at_the_right(f"tel {h.office_phone}  fax {h.office_fax}", 9)
    page.skip(90)
    page.say(h.written, 11, after=50)
    receiver = case.specialist.practice
    for line in (h.specialist, receiver.name, f"by fax to {h.number(receiver.fax)}"):
        page.say(line, 11)
    page.skip(50)
    page.say(f"Dear {titled(case.specialist)}:", 11, after=30)
    for paragraph in _letter(page, h):
        page.say(paragraph, 11, after=34)
    page.say("With best regards,", 11, after=180)
    page.sign(page.left + 20, page.y - 30)
    page.say(h.referrer, 11)
    page.say(f"National Provider Identifier {h.npi}", 9)
    page.text(page.left, 3060, page.rng.choice(NOTICES), 7.5, width=page.room)


def _letter(page: Page, h: Hand) -> list[str]:
    case = h.case
    someone = _person(case)
    he, his = ("He", "His") if case.patient.sex == "M" else ("She", "Her")
    problems = ", and also ".join(f"{code.words} - {diagnosis(code)}" for code in case.reason.diagnoses)
    coverage = f"{his} coverage is {h.payer}, policy {h.member}"
    if case.patient.group_number:
        coverage += f" under group {h.group}"
    return [
        f"I would be grateful if your {h.specialty} service could meet with {h.first} {h.last}, {someone}"
        f" born {h.born}, whom I last saw on {h.day(case.around.seen_on)}.",
        f"The problem is as follows: {h.reason}. {story(page.rng, 5)}",
        f"For your billing staff, we carry the diagnosis as {problems}. {coverage}."
        f" {he} lives at {h.address}; the best number is {h.phone}.",
        f"To complete the picture: {story(page.rng, page.rng.randrange(3, 8))}",
        f"We would rate this request as {h.urgency.lower() if not h.urgency_said.isupper() else h.urgency}."
        f" {page.rng.choice(ASKS)} {his} regular doctor, {case.around.doctor}, receives a copy.",
    ]


def _person(case: Case) -> str:
    age = case.patient.age(case.written_on)
    words = {"M": ("man", "boy"), "F": ("woman", "girl")}[case.patient.sex][age < GROWN]
    return f"a {age}-year-old {tagged('patient_sex', words)}"


@sheet(weight=4, family="slab")
def memo(page: Page, case: Case) -> None:
    """A memo between offices; the sender's numbers stand only in the block at the foot."""
    h, names = hand(page.rng, case), labels(page.rng)
    page.bar("MEMORANDUM", 16, dark=False)
    page.skip(20)
    for label, value in (
        ("TO", f"{case.specialist.practice.name} / {h.specialty} scheduling"),
        ("FROM", case.referrer.practice.name),
        ("RE", f"{h.patient}   {names['born']} {h.born}"),
        ("DATE", h.written),
    ):
        page.pairs([(label, value)], x=page.left, label_width=280, size=11.5, gap=8)
    page.rule(3)
    page.say(f"Hello, we need a visit for this patient ({h.urgency}). {h.reason}.", 11, after=30)
    page.say(story(page.rng, 4), 11, after=30)
    page.say(f"{names['icd']} {h.worded_codes}.", 11)
    page.say(f"{names['payer']} {h.payer} {names['member']} {h.member}", 11)
    page.say(f"{names['phone']} {h.phone}. {names['contact']}: {case.around.contact},", 11)
    page.say(f"{case.around.relation}, {h.number(case.around.contact_phone)}.", 11, after=40)
    if page.rng.random() < 0.5:
        page.say(f"Would like {h.specialist} if possible.", 11, after=30)
    page.say(page.rng.choice(ASKS), 11, after=60)
    page.say("Thanks!", 11, after=60)
    page.say(f"{h.referrer}  |  NPI {h.npi}", 10, bold=True)
    page.say(f"p {h.office_phone}   f {h.office_fax}", 10)
    page.say(str(case.referrer.practice.address), 9)


@sheet(weight=3, family="bookman")
def family_letter(page: Page, case: Case) -> None:
    """A letter with a block of facts at its head and a family around the patient."""
    h, names, around = hand(page.rng, case), labels(page.rng), case.around
    page.centered(case.referrer.practice.name, 17, bold=True)
    page.centered(str(case.referrer.practice.address), 9)
    page.centered(
        f"{names['office_phone']} {h.office_phone} * {names['office_fax']} {h.office_fax}", 9, after=50
    )
    page.at_the_right(h.written, 10.5)
    page.say(f"Attention: {h.specialist}", 10.5, after=40)
    facts = [
        (names["patient"], h.patient),
        (names["born"], f"{h.born}     {names['sex']}  {h.sex}"),
        (names["address"], h.address),
        (names["phone"], h.phone),
        (names["guarantor"], f"{around.contact} ({around.relation}) {h.number(around.contact_phone)}"),
        (names["payer"], h.payer),
        (names["member"], f"{h.member}   {names['subscriber']} {around.subscriber}"),
        (names["subscriber_born"], h.day(around.subscriber_born)),
    ]
    page.pairs(facts, x=page.left + 120, label_width=620, size=10)
    page.skip(40)
    page.say(f"To the {h.specialty} team,", 10.5, after=24)
    page.say(f"Please accept this patient for evaluation. {h.reason}. {story(page.rng, 5)}", 10.5, after=24)
    page.say(f"Diagnoses: {h.worded_codes}.", 10.5, after=24)
    page.say(f"We consider the visit {h.urgency}. {page.rng.choice(ASKS)}", 10.5, after=170)
    page.sign(page.left, page.y - 20)
    page.say(f"{h.referrer}   (NPI {h.npi})", 10.5)
    page.say(f"cc: {around.doctor}, {names['doctor']}", 9)


@sheet(weight=4, family="nimbus", handwritten=True)
def pad_note(page: Page, case: Case) -> None:
    """A prescription pad with a few words on it, in the upper half of a page."""
    h = hand(page.rng, case)
    page.left, page.right = 420, page.width - 420
    page.y = 330
    page.centered(h.referrer, 15, bold=True)
    page.centered(f"{case.referrer.practice.name}, {case.referrer.practice.address}", 8.5)
    page.centered(f"Ph {h.office_phone}     Fx {h.office_fax}     NPI {h.npi}", 8.5)
    page.rule(4)
    page.write_by_hand()
    page.blanks([("For", f"{h.first} {h.last}", 6), ("Date", h.written, 4)], size=11)
    page.blanks([("Ph", h.phone, 6), ("DOB", h.born, 4)], size=11, gap=10)
    page.text(page.left, page.y, "Rx", 34, bold=True)
    page.y += 60
    for line in _scrawl(h):
        below = page.value(page.left + 240, page.y, line, 12.5, width=page.room - 240)
        page.y = max(below, page.y + 50) + 24
    page.skip(160)
    page.signature("Signature", "May substitute  [ ] yes  [ ] no", y=page.y)
    page.frame(340, 270, page.width - 680, page.y - 150)


def _scrawl(h: Hand) -> list[str]:
    return [f"Please see + treat - {h.specialty}", h.reason, "", h.codes, h.urgency, f"{h.payer} {h.member}"]
