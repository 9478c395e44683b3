"""Papers that go with a referral or answer one: covers, charts, results, reports."""

from intake.training import blocks, clinical, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.tables import table

FLAGS = ("", "", "H", "L", "(HIGH)", "*", "LOW")
LAB_ENDS = (
    "Status: final", "Final report", "Performed at the main laboratory.", "CLIA 11D2030405",
    "* outside the range", "Specimen received in good condition.", "Director: {first} {lastn}, MD",
    "Collected {day}  Received {day}", "Page 1 of 1", "End of results", "Fasting: no",
    "Reviewed by {first} {lastn}",
)  # fmt: skip
UNITS = ("mg/dL", "K/uL", "U/L", "mmol/L", "%")


def begun(
    case: Case, role: str, *, starts: bool = True, of_receiver: bool = False, headed: float = 0.5
) -> Canvas:
    """A sheet with its strip, its letterhead and mostly its title."""
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


def about(case: Case, fields: tuple[str, ...], more: int) -> list[tuple[str, Runs]]:
    """Labelled values of the case, among others that are nobody's field."""
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
    sheet = begun(case, "cover", headed=0.3)
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
    sheet = begun(case, "chart_note", starts=starts)
    blocks.details(
        sheet,
        about(case, ("patient_name", "patient_dob", "patient_sex"), dice.one(1, 2, 3)),
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
    sheet = begun(case, "lab", starts=starts, of_receiver=dice.chance(0.7))
    blocks.details(
        sheet,
        about(
            case, ("patient_name", "patient_dob", "patient_sex", "ref_provider", "ref_npi"), dice.one(1, 2, 3)
        ),
    )
    heads = (
        ("Test", "Component", "Analyte", "Exam"),
        ("Result", "Value", "Your value"),
        ("Reference", "Range", "Normal"),
    )
    sheet.say(
        "   ".join(dice.choice(words) for words in heads) + dice.one("", "  Units", "  Flag", "  Units  Flag")
    )
    for _ in range(dice.randrange(5, 20)):
        sheet.write(100, sheet.y, [(dice.choice(table("prose")["filler"]["tests"]), "")])
        sheet.write(600, sheet.y, [(f"{dice.digits(2)}.{dice.digits(1)}", "")])
        sheet.say(
            f"{dice.digits(1)}.{dice.digits(1)}-{dice.digits(2)} {dice.choice(UNITS)} {dice.choice(FLAGS)}",
            x=900,
        )
    for words in dice.sample(LAB_ENDS, dice.one(0, 1, 2, 3)):
        sheet.say(clinical.fill(dice, words))
    if dice.chance(0.25):
        sheet.say(clinical.filler(dice, 3))
    return [sheet]


def consult(case: Case) -> list[Canvas]:
    """A specialist's report to the referrer."""
    dice, prose = case.dice, table("prose")["consult"]
    sheet = begun(case, "consult_report", of_receiver=True, headed=0.7)
    facts = about(case, ("patient_name", "patient_dob", "ref_provider"), dice.one(1, 2))
    blocks.details(sheet, facts + [item for item in _visit(case) if dice.chance(0.4)])
    if dice.chance(0.5):
        sheet.say([("Dear Dr.", ""), (f"{case.referrer.last},", "")])
    sheet.say(
        [
            (text, "" if role == "reason" else role)
            for text, role in phrases.sentence(case, dice.wording(prose["open"]))
        ]
    )
    for head in dice.sample(table("headings")["chart"]["report_parts"], dice.one(2, 3, 4)):
        sheet.say([(head, "heading")], scale=1.1)
        sheet.say(
            [
                *phrases.sentence(case, dice.wording(prose["body"])),
                (clinical.filler(dice, dice.one(1, 2, 4)), ""),
            ]
        )
    if dice.chance(0.4):
        sheet.say(
            dice.one(
                "Thank you for the referral.",
                "Thanks for sending this patient.",
                "With thanks for the referral",
            )
        )
    if dice.chance(0.7):
        sheet.say(dice.wording(table("prose")["letter"]["close"]), after=dice.uniform(0, 80))
    signed = dice.one("", "", "Signed", "Electronically signed by", "Dictated by")
    sheet.say([(signed, ""), (case.receiver.written(dice), "other_person")])
    if dice.chance(0.6):
        sheet.say(case.specialty)
    return [sheet]


def _visit(case: Case) -> list[tuple[str, Runs]]:
    dice = case.dice
    return [
        (
            dice.one("Seen by", "Consultant", "Author", "Provider"),
            [(case.receiver.written(dice), "other_person")],
        ),
        (
            dice.one("Visit date", "Date of visit", "Seen", "Date of consultation", "DOS"),
            [(values.day_text(case.sent, case.date_style), "other_date")],
        ),
        (dice.one("Reason for consult", "Question", "Reason for visit"), [(case.reason, "")]),
    ]
