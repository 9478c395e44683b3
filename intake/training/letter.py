"""Referrals in prose: letters, and notes that end in a referral."""

from intake.training import blocks, clinical, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.tables import table

SHARES = {"open": 0.95, "reason": 0.95, "cpt": 0.55, "office": 0.4, "to": 0.2}
USUAL = 0.75
RE = (
    "RE:",
    "Re:",
    "Regarding",
    "Patient:",
    "Subject:",
    "Our patient:",
    "RE: Referral of",
    "Concerning",
    "Pt:",
    "Reference:",
)
IN_RE = (
    ("patient_dob", 0.8),
    ("patient_sex", 0.2),
    ("patient_phone", 0.25),
    ("member_id", 0.2),
    ("patient_address", 0.18),
    ("payer_name", 0.18),
)
ABOUT = (
    "patient_name",
    "patient_dob",
    "patient_sex",
    "patient_phone",
    "patient_address",
    "payer_name",
    "member_id",
    "group_no",
    "referral_date",
)


def letter(case: Case) -> list[Canvas]:
    """A letter to a specialist."""
    dice = case.dice
    sheet = Canvas(dice, "referral")
    blocks.strip(sheet, case)
    if dice.chance(0.85):
        blocks.letterhead(sheet, case)
    x = dice.one(90, 120, 160)
    if dice.chance(0.12):
        _as_message(sheet, case, x)
    opening = [_date, _addressee, _regarding]
    if dice.chance(0.3):
        dice.shuffle(opening)
    for part in opening:
        part(sheet, case, x)
        sheet.skip(5, 40)
    sheet.say(
        phrases.sentence(case, dice.wording(table("prose")["letter"]["dear"])) if dice.chance(0.9) else "",
        x=x,
        after=dice.uniform(0, 25),
    )
    _paragraphs(sheet, case, x)
    _signature(sheet, case, x)
    return [sheet]


def _as_message(sheet: Canvas, case: Case, x: float) -> None:
    """The head of a memo or message."""
    dice = case.dice
    lines: list[Runs] = [
        [(dice.one("From:", "FROM", "Sender:"), "label"), *case.runs("ref_provider")],
        [(dice.one("To:", "TO", "Recipient:"), "label"), *case.runs("to_provider")],
        [(dice.one("Sent:", "Date:", "DATE"), "label"), *case.runs("referral_date")],
        [
            (dice.one("Subject:", "Re:", "SUBJECT"), "label"),
            *dice.one(case.name(), [("Referral for", ""), *case.name(0)], [("New referral", "")]),
        ],
    ]
    for line in lines:
        if dice.chance(0.85):
            sheet.say(line, x=x)
    sheet.skip(5, 30)


def _date(sheet: Canvas, case: Case, x: float) -> None:
    dice = case.dice
    before: Runs = (
        [(dice.one("Date:", "Dictated", "Dated", "Date of letter:"), "label")] if dice.chance(0.3) else []
    )
    if dice.chance(0.92):
        sheet.say(
            [*before, (values.day_text(case.sent, dice.one(case.date_style, 3)), "referral_date")],
            x=dice.one(x, x, 1200),
        )


def _addressee(sheet: Canvas, case: Case, x: float) -> None:
    dice = case.dice
    if not dice.chance(0.8):
        return
    if dice.chance(0.25):
        sheet.write(x, sheet.y, [(dice.one("To:", "Attn:", "ATTENTION", "TO"), "label")])
        x += 130
    sheet.say(case.runs("to_provider"), x=x)
    if dice.chance(0.75):
        before: Runs = [(dice.one("Department of", "Division of", "Attn:"), "")] if dice.chance(0.3) else []
        after: Runs = (
            [(dice.one("Clinic", "Associates", "Department", "Service"), "")] if dice.chance(0.15) else []
        )
        sheet.say([*before, (case.specialty, "to_specialty"), *after], x=x)
    if dice.chance(0.4):
        sheet.say(case.receiver.office, x=x)
        sheet.say([(case.receiver.address, "other_address")], x=x)
    if dice.chance(0.3):
        sheet.say([("Fax", ""), (values.phone_text(case.receiver.fax, case.phone_style), "other_phone")], x=x)


def _regarding(sheet: Canvas, case: Case, x: float) -> None:
    dice = case.dice
    if not dice.chance(0.85):
        return
    head: Runs = [(dice.wording(RE), "label"), *case.name()]
    facts = [_fact(case, field) for field, share in IN_RE if dice.chance(share)]
    if dice.chance(0.5):
        sheet.say(
            [*head, *(run for fact in facts for run in [(dice.one(",", "|", "", ";"), ""), *fact])], x=x
        )
        return
    sheet.say(head, x=x)
    aside = dice.one(0, 60)
    for fact in facts:
        sheet.say(fact, x=x + aside)


def _fact(case: Case, field: str) -> Runs:
    dice = case.dice
    bare = field in ("patient_address", "patient_sex") and dice.chance(0.5)
    label = "" if bare else phrases.label(dice, field, own=False) + dice.one(":", "")
    return [*([(label, "label")] if label else []), *case.runs(field)]


def _paragraphs(sheet: Canvas, case: Case, x: float) -> None:
    dice, prose = case.dice, table("prose")["letter"]
    parts = [
        part
        for part in ("open", "reason", "dx", "cpt", "ins", "contact", "urg", "to", "office")
        if dice.chance(SHARES.get(part, USUAL))
    ]
    if dice.chance(0.4):
        rest = parts[1:]
        dice.shuffle(rest)
        parts = parts[:1] + rest
    paragraph: Runs = []
    for part in parts:
        paragraph += phrases.sentence(case, dice.wording(prose[part]))
        if dice.chance(0.5):
            paragraph.append((clinical.filler(dice, dice.one(1, 2, 4)), ""))
        if dice.chance(0.35):
            sheet.say(paragraph, x=x, after=dice.uniform(5, 30))
            paragraph = []
    sheet.say(paragraph, x=x)


def _signature(sheet: Canvas, case: Case, x: float) -> None:
    dice = case.dice
    sheet.skip(10, 40)
    x = dice.one(x, x, x, 900)
    sheet.say(dice.wording(table("prose")["letter"]["close"]), x=x, after=dice.uniform(0, 120))
    sheet.say(case.runs("ref_provider"), x=x)
    if dice.chance(0.25):
        sheet.say(
            dice.one(
                case.referrer.office,
                dice.choice(("Family Medicine", "Internal Medicine", "Primary Care", "Attending Physician")),
            ),
            x=x,
        )
    if dice.chance(0.7):
        sheet.say(
            [
                (dice.one("NPI", "NPI:", "NPI #", "National Provider Identifier", "NPI no."), ""),
                (case.referrer.npi, "ref_npi"),
            ],
            x=x,
        )
    if dice.chance(0.3):
        sheet.say(
            [
                (dice.one("Phone", "Tel:", "Office", "P"), ""),
                *case.runs("ref_phone"),
                (dice.one("Fax", "F:", "fax"), ""),
                *case.runs("ref_fax"),
            ],
            x=x,
        )
    if dice.chance(0.15):
        sheet.say(
            dice.one(
                "Enclosures: office notes, labs",
                f"cc: {values.given(dice)} {values.family(dice)}, MD",
                "Dictated but not read",
            ),
            x=x,
        )


def note(case: Case) -> list[Canvas]:
    """A visit or discharge note whose plan is the referral."""
    dice, words = case.dice, table("headings")["note_parts"]
    sheet = Canvas(dice, "referral")
    blocks.strip(sheet, case)
    if dice.chance(0.7):
        blocks.letterhead(sheet, case)
    sheet.say(dice.wording(words["titles"]), scale=1.3)
    fields = [field for field in ABOUT if dice.chance(0.8)]
    if dice.chance(0.3):
        dice.shuffle(fields)
    items = [(phrases.label(dice, field, own=True), case.runs(field)) for field in fields]
    blocks.details(
        sheet,
        items + phrases.beside(dice, dice.one(0, 1, 2)),
        style=dice.one("inline", "inline", "left", "table", "above"),
    )
    order = (
        ["free", "free", "diagnoses", "plan", "free"] if dice.chance(0.8) else ["plan", "diagnoses", "free"]
    )
    for part in order:
        _note_part(sheet, case, part, dice.wording(words[part]))
    sheet.say(
        [
            (
                dice.one(
                    "Electronically signed by",
                    "Dictated by",
                    "Provider:",
                    "Referring provider:",
                    "Authorized by",
                    "Signed:",
                    "Author:",
                ),
                "",
            ),
            *case.runs("ref_provider"),
            (dice.one("NPI", "NPI:", "NPI #"), ""),
            (case.referrer.npi, "ref_npi"),
        ]
    )
    if dice.chance(0.5):
        sheet.say(phrases.sentence(case, dice.wording(table("prose")["letter"]["office"])))
    return [sheet]


def _note_part(sheet: Canvas, case: Case, part: str, head: str) -> None:
    dice, prose = case.dice, table("prose")
    runs: Runs = [(clinical.filler(dice, dice.one(1, 2, 4)), "")]
    if part == "diagnoses":
        runs = phrases.sentence(case, dice.wording(prose["letter"]["dx"]))
    elif part == "plan":
        lines = [
            prose["plan"]["sentences"],
            *(prose["letter"][k] for k in ("reason", "cpt", "urg", "ins", "contact") if dice.chance(0.7)),
        ]
        runs = [run for words in lines for run in phrases.sentence(case, dice.wording(words))]
    if dice.chance(0.5):
        sheet.say([(head, "heading")], scale=1.1)
        sheet.say(runs, x=100 + dice.one(0, 30))
    else:
        sheet.say([(head if head.endswith(":") else head + ":", "heading"), *runs])
    sheet.skip(0, 20)
