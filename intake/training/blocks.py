"""Parts that many papers share: the strip that a fax machine prints, letterheads, code lists, option rows."""

from intake.training import clinical, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.grid import lay_out, style_of
from intake.training.tables import table

PHONE_WORDS = (
    "Phone:",
    "Tel:",
    "T",
    "Ph",
    "P:",
    "Telephone",
    "Office",
    "Phone",
    "Tel.",
    "T:",
    "Voice",
    "Main",
    "ph.",
    "Call",
)
FAX_WORDS = ("Fax:", "F", "Fx", "Fax", "F:", "Facsimile", "Fax #", "fax", "Telefax")
OPTIONS = {
    "patient_sex": (["Male", "Female"], ["M", "F"], ["Female", "Male"], ["Male", "Female", "Other"]),
    "urgency": (
        ["Routine", "Urgent", "STAT"],
        ["Routine", "Urgent"],
        ["STAT", "Urgent", "Routine"],
        ["Routine", "Urgent", "Emergent"],
    ),
}
MARKS = ("O", "[]", "", "o", "0", "C]", "{]", "[ ]", "()", "|_]", "O")
TICKED = ("[X]", "X", "x", "[x]", "(X)", "(x)", "®", "[X", "X]", "☒", "IX]")


def strip(sheet: Canvas, case: Case) -> None:
    """The line that the sending machine prints over the page."""
    dice = sheet.dice
    if not dice.chance(0.6):
        return
    number = values.phone_text(dice.one(case.referrer.fax, values.phone(dice)), dice.one(0, 1, 6))
    day = values.day_text(values.day(dice, 2024, 2027), dice.one(0, 4, 10))
    when = f"{day} {dice.randrange(24):02d}:{dice.digits(2)}"
    parts = [
        when,
        dice.one("FROM", "", "Fax", "From:"),
        number,
        case.referrer.office.upper(),
        f"{dice.one('PAGE', 'P.', 'pg', 'Page:')} {dice.randrange(1, 9):03d}/{dice.randrange(1, 9):03d}",
    ]
    kind = dice.random()
    if kind < 0.25:
        dice.shuffle(parts)
    elif kind < 0.4:
        parts = [
            "Received",
            when.replace(" ", " at "),
            "from",
            number,
            f"pg {dice.digits(1)} of {dice.digits(1)}",
        ]
    elif kind < 0.55:
        parts = ["From:", parts[3], "To:", values.phone_text(case.receiver.fax, 1), "Page: 1/2 Date:", when]
    sheet.write(dice.uniform(10, 60), dice.uniform(8, 24), [(" ".join(parts), "")], 0.75)


def letterhead(sheet: Canvas, case: Case, *, of_receiver: bool = False) -> None:
    """The office's name, address and numbers. A receiver's numbers are nobody's field."""
    dice = sheet.dice
    office = case.receiver if of_receiver else case.referrer
    phone, fax = (values.phone_text(n, case.phone_style) for n in (office.phone, office.fax))
    roles = ("other_phone", "other_phone") if of_receiver else ("ref_phone", "ref_fax")
    x, centred = dice.one(100, 100, 500, 900), dice.chance(0.3)
    name = office.office.upper() if dice.chance(0.3) else office.office
    sheet.say(name, x=x, scale=dice.uniform(1.1, 1.8), width=0)
    numbers: Runs = [
        (dice.choice(PHONE_WORDS), ""),
        (phone, roles[0]),
        (dice.one("|", "", "", "/", "-"), ""),
        (dice.choice(FAX_WORDS), ""),
        (fax, roles[1]),
    ]
    numbers = numbers[:2] if dice.chance(0.15) else numbers
    if dice.chance(0.5):
        sheet.say([(office.address, "other_address")], x=x, scale=0.85, width=0)
        sheet.say(numbers, x=x, scale=0.85, width=0)
    else:
        sheet.say(
            [(office.address, "other_address"), *numbers], x=300 if centred else 100, scale=0.85, width=0
        )
    if dice.chance(0.15) and not of_receiver:
        sheet.say([("NPI", ""), (office.npi, "ref_npi")], x=x, scale=0.85, width=0)
    if dice.chance(0.2):
        sheet.say(
            ", ".join(
                f"{values.given(dice)} {values.family(dice)}, {dice.choice(values.words('credentials'))}"
                for _ in range(dice.one(2, 3, 4))
            ),
            x=x,
            scale=0.75,
            width=0,
        )
    sheet.skip(5, 50)


def codes(sheet: Canvas, case: Case, field: str, x: float, width: float) -> None:
    """Codes with their words, one a line."""
    dice = sheet.dice
    listed = case.icd10 if field == "icd10" else case.cpt
    style = dice.one("first", "last", "bracket", "table", "numbered", "grid")
    if dice.chance(0.8):
        sheet.say(
            [(phrases.label(dice, field, own=True) + dice.one("", ":"), "label")],
            x=x,
            scale=dice.uniform(0.9, 1.2),
        )
    if style in ("table", "grid"):
        sheet.write(
            x, sheet.y, [(dice.one("Description", "Diagnosis", "Service", "Item", "#"), "label")], 0.9
        )
        sheet.say(
            [(dice.one("Code", "ICD-10", "CPT", "Code #", "Codes"), "label")], x=x + width * 0.6, scale=0.9
        )
    for place, code in enumerate(listed, 1):
        words = (
            clinical.meaning(code) if field == "icd10" else dice.choice(table("prose")["filler"]["services"])
        )
        if style in ("table", "grid"):
            sheet.write(x + 10, sheet.y, [(words, "")], 0.95)
            sheet.say([(code, field)], x=x + width * 0.6, scale=0.95)
            continue
        runs = {
            "first": [(code, field), (dice.one("-", "", ":"), ""), (words, "")],
            "last": [(words, ""), (dice.one("-", ""), ""), (code, field)],
            "bracket": [(words, ""), (dice.one("[{}]", "({})", "- {}").format(code), field)],
            "numbered": [(f"{place}.", ""), (code, field), (words, "")],
        }[style]
        sheet.say(runs, x=x + 30, scale=0.95, width=width - 30)
    sheet.skip(5, 25)


def options(sheet: Canvas, case: Case, field: str, x: float) -> None:
    """A row of options; the ticked one is the value where its mark can be read, else the picture decides."""
    dice = sheet.dice
    chosen = {"patient_sex": {"M": "male", "F": "female"}[case.sex], "urgency": case.urgency}[field]
    readable = dice.chance(0.35)
    at, _ = sheet.write(x, sheet.y, [(phrases.label(dice, field, own=True) + dice.one(":", ""), "label")])
    for option in dice.choice(OPTIONS[field]):
        is_value = readable and chosen.startswith(option.lower()[:4])
        mark = dice.choice(TICKED) if is_value else dice.choice(MARKS)
        at += dice.uniform(10, 90)
        at, _ = sheet.write(
            at, sheet.y, [*([(mark, "")] if mark else []), (option, field if is_value else "")]
        )
    sheet.y += sheet.line * dice.uniform(1.1, 1.7)


def details(
    sheet: Canvas, items: list[tuple[str, Runs]], x: float = 100, width: float = 1530, style: str = ""
) -> None:
    """Labelled values at `y`."""
    sheet.y = lay_out(sheet, items, style or style_of(sheet.dice), x, sheet.y, width)
