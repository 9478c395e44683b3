"""Referrals with few labels: a narrow column of facts beside prose, and notes jotted on a pad."""

from intake.training import blocks, clinical, phrases
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.grid import Item
from intake.training.tables import table

FACTS = (
    "patient_name", "patient_dob", "patient_sex", "patient_phone", "patient_address", "payer_name",
    "member_id", "group_no", "ref_provider", "ref_npi", "ref_phone", "ref_fax", "to_provider", "urgency",
    "referral_date",
)  # fmt: skip
# The lines of a pad: its fields, and the words that may stand before each.
PAD: tuple[dict[str, tuple[str, ...]], ...] = (
    {"patient_dob": ("DOB", "born", "", "b.")},
    {"patient_phone": ("Ph", "", "cell"), "patient_address": ("Addr", "", "lives")},
    {"to_specialty": ("Rx:", "To:", "Please see", "Refer", "Consult"), "to_provider": ("Dr", "attn", "")},
    {"reason": ("", "", "for", "re:", "CC")},
    {"icd10": ("", "Dx", ""), "cpt": ("", "CPT", "")},
    {"payer_name": ("", "Ins", ""), "member_id": ("", "#", "ID"), "group_no": ("gr", "grp", "")},
    {"urgency": ("", "", "Timing")},
    {"referral_date": ("Date", "", "on")},
)
BESIDE = ("reason", "comment", "icd10", "cpt", "to_provider", "referral_date", "ref_provider", "office")
VOICE, FAX = (("", "voice,"), ("Tel", ""), ("P", "")), (("", "fax"), ("Fax", ""), ("F", ""))
NARROW, WIDE_X = 520, 700
HISTORY = (
    "Background",
    "History",
    "Notes",
    "Story",
    "Clinical course",
    "Pertinent history",
    "Narrative",
    "What we did",
)


def side_column(case: Case) -> list[Canvas]:
    """Facts in a narrow column, labels above them; prose under headings in a wide one."""
    dice = case.dice
    sheet = Canvas(dice, "referral")
    blocks.strip(sheet, case)
    title: Runs = [(case.specialty, "to_specialty"), (dice.one("consult", "referral", "request"), "")]
    sheet.say(dice.one(title, [("Referral", "")], [("Consult request to", ""), title[0]]), scale=1.4)
    if dice.chance(0.6):
        sheet.say(f"{dice.one('prepared by', 'from', 'sent by')} {case.referrer.office}", scale=0.8)
    top = sheet.y
    beside = [part for part in BESIDE if dice.chance(0.8)]
    facts = [fact for fact in FACTS if fact not in beside and dice.chance(0.9)]
    items: list[Item] = [(phrases.label(dice, fact, own=True), case.runs(fact)) for fact in facts]
    for item in phrases.beside(dice, dice.one(1, 2, 3)):
        items.insert(dice.randrange(len(items) + 1), item)
    left, right = (100, WIDE_X) if dice.chance(0.6) else (1180, 100)
    blocks.details(sheet, items, left, NARROW, dice.one("above", "above", "boxed", "left"))
    low, sheet.y = sheet.y, top
    for part in beside:
        _beside(sheet, case, part, right)
    sheet.y = max(sheet.y, low)
    return [sheet]


def _beside(sheet: Canvas, case: Case, part: str, x: float) -> None:
    dice, width = case.dice, 930
    if part == "comment":
        sheet.say([(dice.wording(HISTORY), "heading")], x=x, scale=dice.uniform(0.8, 1.1))
        sheet.say([(clinical.filler(dice, dice.one(3, 5, 7)), "")], x=x, width=width)
    elif part == "office":
        sheet.say([(dice.one("Office", "Practice", "Our numbers"), "heading")], x=x, scale=0.9)
        voice, fax = (
            dice.one(("", "voice,"), ("Tel", ""), ("P", "")),
            dice.one(("", "fax"), ("Fax", ""), ("F", "")),
        )
        sheet.say(
            [
                (voice[0], ""),
                *case.runs("ref_phone"),
                (voice[1], ""),
                (fax[0], ""),
                *case.runs("ref_fax"),
                (fax[1], ""),
            ],
            x=x,
            width=width,
        )
    else:
        label = phrases.label(dice, part, own=True)
        sheet.say(
            [(label.upper() if dice.chance(0.4) else label, "label")], x=x, scale=dice.uniform(0.75, 1.05)
        )
        sheet.say(case.runs(part), x=x, width=width)
    sheet.skip(0, 30)


def pad(case: Case) -> list[Canvas]:
    """A prescription pad or a few lines: hardly a label, the order of things says what they are."""
    dice = case.dice
    sheet = Canvas(dice, "referral")
    sheet.by_hand = dice.chance(0.25)
    blocks.strip(sheet, case)
    if dice.chance(0.5):
        sheet.say(case.runs("ref_provider"), scale=1.2)
    blocks.letterhead(sheet, case)
    lines = [_line(case, parts) for parts in PAD]
    lines[0] = [(dice.one("For", "Pt", "Re", "Name", "Patient"), "label"), *case.name(), *lines[0]]
    if dice.chance(0.4):
        dice.shuffle(lines)
    for line in lines:
        sheet.say(line, after=dice.uniform(0, 40))
    if dice.chance(0.4):
        sheet.say([(clinical.filler(dice, dice.one(1, 2)), "")])
    if dice.chance(0.7):
        close = dice.wording(table("prose")["letter"]["close"]) if dice.chance(0.3) else ""
        sheet.say([(close, ""), *case.runs("ref_provider"), ("NPI", ""), *case.runs("ref_npi")])
    return [sheet]


def _line(case: Case, parts: dict[str, tuple[str, ...]]) -> Runs:
    return [run for field, before in parts.items() for run in _maybe(case, field, before)]


def _maybe(case: Case, field: str, before: tuple[str, ...]) -> Runs:
    dice = case.dice
    if not dice.chance(0.85):
        return []
    word = dice.choice(before)
    return [*([(word, "label")] if word else []), *case.runs(field)]
