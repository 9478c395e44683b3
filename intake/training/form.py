"""Referral and prior authorization forms: parts with or without headings, side by side or in a column."""

from intake.training import blocks, form_foot, phrases, values
from intake.training.canvas import Canvas
from intake.training.case import Case, Runs
from intake.training.grid import Item, style_of
from intake.training.tables import table

PARTS = ("patient", "insurance", "referrer", "receiver", "request")
ASK = "Please complete all fields and fax with clinical notes to"
LOST = 0.07  # share of fields that a form does not ask for
AT_RECEIVER = (
    (("NPI", "Provider NPI", "Consultant NPI", "Servicing NPI"), "npi", "other_number"),
    (("Phone", "Tel", "Specialist Phone", "Telephone"), "phone", "other_phone"),
    (("Fax", "Fax #", "Specialist Fax"), "fax", "other_phone"),
    (("Practice", "Facility", "Location", "Clinic name"), "office", ""),
    (("Address", "Location address", "Office address"), "address", "other_address"),
)


class Form:
    """One form while it is written; `second` is its second page, with the rest of it."""

    def __init__(self, case: Case, role: str) -> None:
        dice = case.dice
        self.case, self.dice, self.role = case, dice, role
        self.spanish = dice.chance(0.09)
        self.headed = dice.chance(0.7)
        self.style = style_of(dice)
        self.two_columns = self.headed and dice.chance(0.45)

    def pages(self) -> list[Canvas]:
        """The pages of the form."""
        sheet = Canvas(self.dice, self.role)
        sheet.by_hand = self.dice.chance(0.07)
        blocks.strip(sheet, self.case)
        with_letterhead = self.dice.chance(0.6)
        if with_letterhead:
            blocks.letterhead(sheet, self.case)
        self._title(sheet)
        parts = self._fields(with_letterhead)
        if self.dice.chance(0.5):
            parts = dict(self.dice.sample(sorted(parts.items()), len(parts)))
        pages = [sheet]
        if self.dice.chance(0.18):
            pages.append(self._second_page())
        at = self.dice.randrange(1, len(parts)) if len(pages) > 1 else len(parts)
        self._parts(sheet, dict(list(parts.items())[:at]))
        self._parts(pages[-1], dict(list(parts.items())[at:]))
        form_foot.clinical_part(pages[-1], self.case, self.style, spanish=self.spanish)
        form_foot.foot(pages[-1], self.case)
        return pages

    def _second_page(self) -> Canvas:
        sheet = Canvas(self.dice, self.role, starts=False)
        blocks.strip(sheet, self.case)
        if self.dice.chance(0.6):
            head: Runs = [
                (self.dice.one("Patient:", "Re:", "Name", "Continued:", ""), ""),
                *self.case.name(),
                (self.dice.one("DOB", "", "Born"), ""),
                (values.day_text(self.case.born, self.case.date_style), "patient_dob"),
            ]
            sheet.say([*head, (self.dice.one("Page 2 of 2", "Page 2", "", "(continued)"), "")], scale=0.9)
        return sheet

    def _title(self, sheet: Canvas) -> None:
        dice, case = self.dice, self.case
        title = "Referido medico" if self.spanish else dice.wording(table("headings")["titles"][self.role])
        ahead = f"{case.payer} " if self.role == "prior_auth" and dice.chance(0.5) else ""
        runs: Runs = [(ahead + title, "")]
        if self.role == "referral" and dice.chance(0.3):
            runs = dice.one(
                [*runs, (dice.one("to", ":", "-", "for"), ""), (case.specialty, "to_specialty")],
                [(case.specialty, "to_specialty"), (title, "")],
            )
        if dice.chance(0.25):
            runs = [(text.upper(), role) for text, role in runs]
        sheet.say(runs, x=dice.one(100, 350, 600), scale=dice.uniform(1.1, 1.7), after=dice.uniform(0, 40))
        if dice.chance(0.3):
            sheet.say(
                f"{ASK} {values.phone_text(values.phone(dice), 1)}",
                scale=0.8,
            )
        if dice.chance(0.1):
            sheet.say(
                dice.one(
                    "All sections must be completed.",
                    "Incomplete forms will be returned.",
                    "For questions see our website.",
                    "Allow 3 business days.",
                    "Do not use for emergencies.",
                ),
                scale=0.8,
            )

    def _fields(self, with_letterhead: bool) -> dict[str, list[str]]:
        """Part -> its fields."""
        dice = self.dice
        name = (
            ["patient_name"]
            if dice.chance(0.5)
            else dice.one(["patient_last", "patient_first"], ["patient_first", "patient_last"])
        )
        parts = {
            "patient": [*name, "patient_dob", "patient_sex", "patient_phone", "patient_address"],
            "insurance": ["payer_name", "member_id", "group_no"],
            "referrer": ["ref_provider", "ref_npi", "ref_phone", "ref_fax"],
            "receiver": ["to_specialty", "to_provider"],
            "request": ["referral_date", "urgency"],
        }
        if with_letterhead and dice.chance(0.5):
            parts["referrer"] = parts["referrer"][: dice.one(1, 2, 2)]
        for part, into, share in (
            ("insurance", "patient", 0.25),
            ("receiver", "request", 0.25),
            ("referrer", "request", 0.15),
        ):
            if dice.chance(share):
                parts[into] = [*parts[into], *parts.pop(part)]
        return parts

    def _parts(self, sheet: Canvas, parts: dict[str, list[str]]) -> None:
        sides = [sheet.y, sheet.y]
        for place, (part, fields) in enumerate(parts.items()):
            side = place % 2 if self.two_columns and part != "request" else 0
            if part == "request" or not self.two_columns:
                sides = [max(sides)] * 2
            sheet.y = sides[side]
            narrow = self.two_columns and part != "request"
            self._part(sheet, part, fields, (900 if side else 100), 740 if narrow else 1530)
            sides[side] = sheet.y + self.dice.uniform(0, 25)
            if not narrow:
                sides = [sides[side]] * 2
        sheet.y = max(sides)

    def _part(self, sheet: Canvas, part: str, fields: list[str], x: float, width: float) -> None:
        dice = self.dice
        if self.headed:
            heading = dice.wording(table("headings")["sections"][part + ("_es" if self.spanish else "")])
            heading = heading.upper() if dice.chance(0.3) else heading
            sheet.say(
                [(heading + dice.one("", "", ":"), "heading")],
                x=x + dice.one(0, 10),
                scale=dice.uniform(0.95, 1.25),
            )
            sheet.skip(0, 12)
        asked = [field for field in self._in_order(fields) if not dice.chance(LOST)]
        listed = "to_specialty" in asked and not self.two_columns and dice.chance(0.1)
        if listed:
            asked.remove("to_specialty")
        ticked = [field for field in asked if field in blocks.OPTIONS and dice.chance(0.28)]
        items = [item for field in asked if field not in ticked for item in self._items(part, field)]
        if dice.chance(0.6):
            for item in phrases.beside(dice, dice.one(1, 1, 2, 3)):
                items.insert(dice.randrange(len(items) + 1), item)
        if part == "receiver" and dice.chance(0.65):
            items += self._at_receiver()
        blocks.details(sheet, items, x, width, self.style if dice.chance(0.85) else style_of(dice))
        if listed:
            form_foot.specialties(sheet, self.case)
        for field in ticked:
            blocks.options(sheet, self.case, field, x)

    def _in_order(self, fields: list[str]) -> list[str]:
        if not self.dice.chance(0.5):
            return fields
        names = [field for field in fields if field in ("patient_first", "patient_last")]
        others = [field for field in fields if field not in names]
        self.dice.shuffle(others)
        at = self.dice.randrange(len(others) + 1)
        return [*others[:at], *names, *others[at:]]

    def _items(self, part: str, field: str) -> list[Item]:
        dice, case = self.dice, self.case
        home = {"ref": "referrer", "to": "receiver"}.get(field.partition("_")[0], part)
        own = not self.headed or home != part or dice.chance(0.25)
        label = phrases.label(dice, field, own=own, spanish=self.spanish)
        if field == "patient_address" and dice.chance(0.45):
            second = (
                dice.one("City/State/ZIP", "City, State, Zip", "City St Zip", "City", "Town", "")
                if not self.spanish
                else "Ciudad"
            )
            comma = dice.one(",", ",", "")
            return [
                (label, [(case.street, field)]),
                (second, [(f"{case.city}{comma} {case.state_zip}", field)]),
            ]
        return [(label, case.runs(field))]

    def _at_receiver(self) -> list[Item]:
        dice, receiver = self.dice, self.case.receiver
        items: list[Item] = []
        for labels, fact, role in dice.sample(AT_RECEIVER, dice.one(1, 2, 3)):
            text = getattr(receiver, fact)
            text = values.phone_text(text, self.case.phone_style) if fact in ("phone", "fax") else text
            prefix = "" if self.headed else dice.one("Specialist ", "Consultant ", "Receiving ")
            items.append((prefix + dice.choice(labels), [(text, role)]))
        return items
