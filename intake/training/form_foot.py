"""The lower part of a form: codes and reason, lists to tick, what the office fills in, who signs."""

from intake.training import blocks, clinical, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.grid import lay_out

ENCLOSED = (
    "Office notes", "Chart notes", "Lab results", "X-ray report", "MRI disc", "EKG", "Medication list",
    "Insurance card copy", "Consent", "Demographic sheet", "Growth chart", "Operative note", "Urgent labs",
    "Problem list", "Vaccine record", "Advance directive", "Photo of lesion", "Holter report",
)  # fmt: skip
HEADS = (
    "Attachments",
    "Please attach:",
    "Sent with this form",
    "Records included",
    "Check if included:",
    "Encl.",
)


def checklist(sheet: Canvas) -> None:
    """What goes along, some of it ticked; nobody's field."""
    dice = sheet.dice
    sheet.say([(dice.choice(HEADS), "heading")], scale=0.9)
    columns = dice.one(1, 2, 3)
    for place, words in enumerate(dice.sample(ENCLOSED, dice.one(3, 4, 6))):
        x = 100 + 500 * (place % columns)
        mark = dice.choice(blocks.TICKED) if dice.chance(0.4) else dice.choice(blocks.MARKS)
        sheet.write(x, sheet.y, [(f"{mark} {words}", "")], 0.9)
        if place % columns == columns - 1:
            sheet.y += sheet.line * dice.uniform(1, 1.4)
    sheet.y += sheet.line


def specialties(sheet: Canvas, case: Case) -> None:
    """A list of specialties to tick; the one that is meant is written after them."""
    dice = case.dice
    sheet.say([(phrases.label(dice, "to_specialty", own=True) + dice.one(":", ""), "label")])
    columns, listed = dice.one(2, 3, 4), [values.specialty(dice) for _ in range(dice.one(4, 6, 8))]
    for place, words in enumerate(listed):
        sheet.write(
            110 + 1500 / columns * (place % columns), sheet.y, [(f"{dice.choice(blocks.MARKS)} {words}", "")]
        )
        if place % columns == columns - 1:
            sheet.y += sheet.line * dice.uniform(1, 1.4)
    mark = dice.choice((*blocks.TICKED, "By", ""))
    sheet.say(
        [(f"{mark} {dice.one('Other', 'Other:', 'Not listed:')}", "label"), (case.specialty, "to_specialty")]
    )


def clinical_part(sheet: Canvas, case: Case, style: str, *, spanish: bool) -> None:
    """Codes, the reason, and room for comments, in any order."""
    dice = case.dice
    parts = ["icd10", "cpt", "reason", "comment"]
    dice.shuffle(parts)
    for part in parts:
        if part == "comment":
            if dice.chance(0.5):
                head = dice.one(
                    "Comments",
                    "Notes",
                    "History",
                    "Clinical notes",
                    "Relevant history",
                    "Pertinent findings",
                    "Additional info",
                    "Anything else",
                    "Past treatment",
                )
                sheet.say([(head + ":", "label"), (clinical.filler(dice, dice.one(1, 2, 4)), "")])
        elif part == "reason":
            _reason(sheet, case, style, spanish=spanish)
        elif dice.chance(0.5):
            blocks.codes(sheet, case, part, 100, 1500)
        else:
            item = (phrases.label(dice, part, own=True, spanish=spanish), case.runs(part))
            sheet.y = lay_out(sheet, [item], style, 100, sheet.y, 1530)
        sheet.skip(0, 25)


def _reason(sheet: Canvas, case: Case, style: str, *, spanish: bool) -> None:
    dice = case.dice
    label = phrases.label(dice, "reason", own=True, spanish=spanish)
    more = clinical.filler(dice, dice.one(1, 2, 3)) if dice.chance(0.35) else ""
    value: Runs = [
        (case.reason + ("." if more else dice.one("", "", ".")), "reason"),
        *([(more, "")] if more else []),
    ]
    kind = dice.random()
    if kind < 0.45:
        sheet.y = lay_out(sheet, [(label, value)], style, 100, sheet.y, 1530)
    elif kind < 0.75:
        sheet.say([(label, "label")], scale=dice.uniform(0.75, 1.15))
        sheet.skip(0, 30)
        sheet.say(value, x=100 + dice.one(0, 30), width=1500)
    else:
        sheet.say([(label + ":", "label"), *value])


def foot(sheet: Canvas, case: Case) -> None:
    """What enclosures there are, what the office fills in itself, and who signs."""
    dice = case.dice
    if dice.chance(0.2):
        checklist(sheet)
    if dice.chance(0.15):
        sheet.say(
            [
                (
                    dice.one(
                        "Office use only",
                        "FOR OFFICE USE",
                        "Internal use",
                        "To be completed by receiving office",
                    ),
                    "heading",
                )
            ],
            scale=0.9,
        )
        blocks.details(sheet, phrases.beside(dice, dice.one(2, 3)))
    if not dice.chance(0.6):
        return
    signed = values.day_text(case.sent, case.date_style)
    sheet.skip(10, 80)
    sheet.say(
        dice.one(
            [
                (dice.one("Electronically signed by", "e-Signed:", "Signature:", "Approved by"), ""),
                *case.runs("ref_provider"),
                (f"on {signed}", ""),
            ],
            [("Provider Signature", ""), ("Date", "")],
            [("Authorized by:", ""), *case.runs("ref_provider"), (signed, "")],
            [(f"Prepared by {values.given(dice)} {values.family(dice)}, MA", "")],
        ),
        scale=0.85,
    )
