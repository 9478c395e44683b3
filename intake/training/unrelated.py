"""Papers that have nothing to do with a referral: orders, requests for records, fax reports, junk."""

from intake.training import blocks, clinical, phrases
from intake.training.canvas import Canvas
from intake.training.case import Case
from intake.training.papers import about, begun
from intake.training.tables import table

TO_REGISTER = (
    "Attendee", "Name", "E-mail", "Card number", "Exp.", "Practice", "How many", "Phone", "Title",
    "Signature", "Check enclosed", "Company", "Number of seats", "Delivery address", "Quantity",
    "Registration fee",
)  # fmt: skip


def records_request(case: Case) -> list[Canvas]:
    """Somebody asks for a patient's records."""
    return [
        _plain_paper(
            case,
            "records_request",
            ("patient_name", "patient_dob", "patient_phone", "patient_address"),
            dice_count=4,
        )
    ]


def order(case: Case) -> list[Canvas]:
    """An order that is not a referral: laboratory, imaging, equipment, prescription, home health."""
    return [
        _plain_paper(
            case,
            "order",
            (
                "patient_name",
                "patient_dob",
                "patient_sex",
                "patient_phone",
                "payer_name",
                "member_id",
                "ref_provider",
                "ref_npi",
                "icd10",
            ),
            dice_count=4,
        )
    ]


def _plain_paper(case: Case, role: str, fields: tuple[str, ...], dice_count: int) -> Canvas:
    dice = case.dice
    sheet = begun(case, role, of_receiver=dice.chance(0.5), headed=0.6)
    body = [
        phrases.sentence(case, words)
        for words in dice.sample(table("prose")[role.removesuffix("_request")]["body"], dice_count)
    ]
    facts = about(case, fields, dice.one(1, 2, 3))
    if dice.chance(0.7):
        blocks.details(sheet, facts)
        facts = []
    for runs in body:
        sheet.say(runs, after=dice.uniform(0, 25))
    if facts:
        blocks.details(sheet, facts)
    if dice.chance(0.6):
        sheet.say(
            [
                (dice.one("Signature", "Signed", "Patient signature", "Physician signature", "X"), ""),
                ("Date", ""),
            ],
            after=20,
        )
    return sheet


def confirmation(case: Case) -> list[Canvas]:
    """A fax machine's or a service's report that something was sent or came."""
    dice = case.dice
    sheet = begun(case, "confirmation", headed=0.2)
    for words in dice.sample(table("prose")["confirmation"]["body"], dice.one(4, 6, 8)):
        sheet.say(clinical.fill(dice, words), x=dice.one(100, 100, 400), after=dice.uniform(0, 15))
    return [sheet]


def junk(case: Case) -> list[Canvas]:
    """An advertisement, now and then with a form to register or to order."""
    dice = case.dice
    sheet = Canvas(dice, "junk")
    blocks.strip(sheet, case)
    for words in dice.sample(table("prose")["junk"]["body"], dice.randrange(4, 11)):
        sheet.say(
            clinical.fill(dice, words),
            x=dice.one(100, 250, 400),
            scale=dice.uniform(0.9, 2),
            after=dice.uniform(0, 60),
        )
    if dice.chance(0.4):
        labels = dice.sample(TO_REGISTER, dice.one(2, 3, 5))
        blocks.details(sheet, [(label, [(dice.one("____", ""), "")]) for label in labels])
    return [sheet]
