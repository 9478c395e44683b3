"""Papers that are not the referral itself: covers, charts, results, reports, orders, junk and more."""

from intake.training import blocks, clinical, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.tables import table

FLAGS = ("", "", "H", "L")
UNITS = ("mg/dL", "K/uL", "U/L", "mmol/L", "%")


def _begun(
    case: Case, role: str, *, starts: bool = True, of_receiver: bool = False, headed: float = 0.5
) -> Canvas:
    sheet = Canvas(case.dice, role, starts=starts)
    blocks.strip(sheet, case)
    if case.dice.chance(headed):
        blocks.letterhead(sheet, case, of_receiver=of_receiver)
    if case.dice.chance(0.2) and role not in ("chart_note", "cover"):
        return sheet  # nothing but its contents says what it is
    title = case.dice.wording(table("headings")["titles"][role])
    sheet.say(
        title.upper() if case.dice.chance(0.3) else title,
        x=case.dice.one(100, 100, 500),
        scale=case.dice.uniform(1.1, 2.0),
        after=case.dice.uniform(0, 30),
    )
    return sheet


def _about(case: Case, fields: tuple[str, ...], more: int) -> list[tuple[str, Runs]]:
    dice = case.dice
    items = [
        (phrases.label(dice, field, own=True), case.runs(field)) for field in fields if dice.chance(0.85)
    ]
    items += phrases.beside(dice, more)
    if dice.chance(0.4):
        dice.shuffle(items)
    return items


def cover(case: Case) -> list[Canvas]:
    """A cover sheet."""
    dice = case.dice
    sheet = _begun(case, "cover", headed=0.3)
    receiver: Runs = dice.one(
        case.runs("to_provider"),
        [(case.receiver.office, "")],
        [(case.specialty, "to_specialty"), (dice.one("Intake", "Clinic", "Scheduling", "Department"), "")],
    )
    sender: Runs = dice.one(
        [(case.referrer.office, "")],
        [(f"{values.given(dice)} {values.family(dice)}", "other_person")],
        case.runs("ref_provider"),
    )
    items = [
        (dice.one("To", "TO", "Attention", "Recipient", "Deliver to"), receiver),
        (
            dice.one("Fax", "Fax #", "To fax", "Fax number"),
            [(values.phone_text(case.receiver.fax, case.phone_style), "other_phone")],
        ),
        (dice.one("From", "Sender", "FROM", "Sent by"), sender),
        (dice.one("Fax", "From fax", "Return fax", "Our fax"), case.runs("ref_fax")),
        (dice.one("Phone", "Tel", "Our phone", "Telephone"), case.runs("ref_phone")),
        (dice.one("Date", "DATE", "Sent"), [(values.day_text(case.sent, case.date_style), "referral_date")]),
        (
            dice.one("Subject", "Re", "RE"),
            dice.one([("New patient referral", "")], [("Referral", "")], [("Records", "")], case.name()),
        ),
        (dice.one("Pages", "No. of pages", "Total pages"), [(dice.digits(1), "")]),
    ]
    kept = [item for item in items if not dice.chance(0.12)]
    blocks.details(sheet, kept, style=dice.one("left", "left", "above", "table", "boxed", "inline"))
    if dice.chance(0.4):
        sheet.say(
            "  ".join(
                f"{dice.one('[ ]', 'O', '[]')} {word}"
                for word in dice.sample(
                    ["Urgent", "For review", "Please reply", "Routine", "Confidential", "Please recycle"], 3
                )
            )
        )
    sheet.skip(20, 200)
    for _ in range(dice.one(1, 1, 2, 3)):
        sheet.say(clinical.fill(dice, dice.wording(table("prose")["cover"]["body"])), after=20)
    return [sheet]


def chart(case: Case, *, starts: bool = False) -> list[Canvas]:
    """An office note that goes with a referral."""
    dice = case.dice
    sheet = _begun(case, "chart_note", starts=starts)
    blocks.details(
        sheet,
        _about(case, ("patient_name", "patient_dob", "patient_sex"), dice.one(1, 2, 3)),
        style=dice.one("inline", "left", "above", ""),
    )
    for head in dice.sample(table("headings")["chart"]["parts"], dice.one(3, 5, 7)):
        sheet.say([(head, "heading")], scale=1.1)
        sheet.say(clinical.filler(dice, dice.one(2, 3, 5)), after=dice.uniform(0, 20))
    if dice.chance(0.7):
        sheet.say(
            [
                (dice.one("Electronically signed by", "Signed:", "Author:", "Provider:"), ""),
                *case.runs("ref_provider"),
            ]
        )
    return [sheet]


def lab(case: Case, *, starts: bool = True) -> list[Canvas]:
    """Results."""
    dice = case.dice
    sheet = _begun(case, "lab", starts=starts, of_receiver=dice.chance(0.7))
    blocks.details(
        sheet,
        _about(
            case, ("patient_name", "patient_dob", "patient_sex", "ref_provider", "ref_npi"), dice.one(1, 2, 3)
        ),
    )
    sheet.say(
        [
            ("Test", "label"),
            ("Result", "label"),
            ("Reference", "label"),
            ("Units", "label"),
            ("Flag", "label"),
        ]
    )
    for _ in range(dice.randrange(5, 20)):
        sheet.write(100, sheet.y, [(dice.choice(table("prose")["filler"]["tests"]), "")])
        sheet.write(600, sheet.y, [(f"{dice.digits(2)}.{dice.digits(1)}", "")])
        sheet.say(
            f"{dice.digits(1)}.{dice.digits(1)}-{dice.digits(2)} {dice.choice(UNITS)} {dice.choice(FLAGS)}",
            x=900,
        )
    if dice.chance(0.4):
        sheet.say(clinical.filler(dice, 3))
    return [sheet]


def consult(case: Case) -> list[Canvas]:
    """A specialist's report to the referrer."""
    dice, prose = case.dice, table("prose")["consult"]
    sheet = _begun(case, "consult_report", of_receiver=True, headed=0.7)
    blocks.details(sheet, _about(case, ("patient_name", "patient_dob", "ref_provider"), dice.one(1, 2)))
    if dice.chance(0.5):
        sheet.say([("Dear Dr.", ""), (f"{case.referrer.last},", "")])
    sheet.say(phrases.sentence(case, dice.wording(prose["open"])))
    for head in dice.sample(table("headings")["chart"]["report_parts"], dice.one(2, 3, 4)):
        sheet.say([(head, "heading")], scale=1.1)
        sheet.say(
            [
                *phrases.sentence(case, dice.wording(prose["body"])),
                (clinical.filler(dice, dice.one(1, 2, 4)), ""),
            ]
        )
    sheet.say(dice.wording(table("prose")["letter"]["close"]), after=dice.uniform(0, 80))
    sheet.say([(case.receiver.written(dice), "other_person")])
    if dice.chance(0.6):
        sheet.say(case.specialty)
    return [sheet]


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
    sheet = _begun(case, role, of_receiver=dice.chance(0.5), headed=0.6)
    body = [
        clinical_or_case(case, words)
        for words in dice.sample(table("prose")[role.removesuffix("_request")]["body"], dice_count)
    ]
    about = _about(case, fields, dice.one(1, 2, 3))
    if dice.chance(0.7):
        blocks.details(sheet, about)
        about = []
    for runs in body:
        sheet.say(runs, after=dice.uniform(0, 25))
    if about:
        blocks.details(sheet, about)
    if dice.chance(0.6):
        sheet.say(
            [
                (dice.one("Signature", "Signed", "Patient signature", "Physician signature", "X"), ""),
                ("Date", ""),
            ],
            after=20,
        )
    return sheet


def clinical_or_case(case: Case, words: str) -> Runs:
    """A sentence whose values are nobody's field, but for coded diagnoses."""
    return phrases.sentence(case, words)


def confirmation(case: Case) -> list[Canvas]:
    """A fax machine's or a service's report that something was sent or came."""
    dice = case.dice
    sheet = _begun(case, "confirmation", headed=0.2)
    for words in dice.sample(table("prose")["confirmation"]["body"], dice.one(4, 6, 8)):
        sheet.say(clinical.fill(dice, words), x=dice.one(100, 100, 400), after=dice.uniform(0, 15))
    return [sheet]


def junk(case: Case) -> list[Canvas]:
    """An advertisement."""
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
    return [sheet]
