"""Labels, headings and sentences from their lists, with their places filled."""

import re

from intake.extraction.roles_of_words import FIELDS
from intake.training import clinical, values
from intake.training.case import SEXES, Case, Runs
from intake.training.dice import Dice
from intake.training.tables import table

PLACE = re.compile(r"(\{\w+\})")
PUNCTUATION = ".,;:)/"


def label(dice: Dice, field: str, *, own: bool, spanish: bool = False) -> str:
    """What a form prints beside a field; `own`: says whose it is, for it has no heading above."""
    lists = table("labels")[field]
    words = lists["es"] if spanish else lists["own"] if own else lists.get("bare", lists["own"])
    slots = {name: dice.wording(options) for name, options in table("labels")["slots"].items()}
    text = dice.wording(words).format(**slots)
    style = dice.random()
    return text.upper() if style < 0.12 else text.lower() if style < 0.17 else text


def beside(dice: Dice, count: int) -> list[tuple[str, Runs]]:
    """So many labelled values that are nobody's field."""
    items = dice.sample(table("others")["item"], count)
    return [(dice.wording(item["labels"]), [other_value(dice, item["value"])]) for item in items]


def other_value(dice: Dice, kind: str) -> tuple[str, str]:
    """A value of a kind, with the role that says it is another's."""
    phone = values.phone_text(values.phone(dice), dice.one(0, 1, 2))
    person = f"{values.given(dice)} {values.family(dice)}"
    made = {
        "number": lambda: (dice.digits(dice.one(6, 7, 8)), "other_number"),
        "product": lambda: (
            dice.one("PPO", "HMO", "EPO", "Choice Plus", "Medicare Advantage", "POS II", "Gold PPO"),
            "",
        ),
        "digit": lambda: (dice.digits(1), ""),
        "ssn": lambda: (dice.one("xxx-xx-", "***-**-") + dice.digits(4), ""),
        "language": lambda: (dice.one("English", "Spanish", "None", "No", "Yes", "Vietnamese"), ""),
        "person": lambda: (person, "other_person"),
        "phone": lambda: (phone, "other_phone"),
        "clinician": lambda: (person + dice.one("", ", MD", ", RN", " NP", ", MA", ""), "other_person"),
        "tax": lambda: (f"{dice.digits(2)}-{dice.digits(7)}", "other_number"),
        "reference": lambda: (dice.one("A", "R", "", "REF-") + dice.digits(8), "other_number"),
        "date": lambda: (values.day_text(values.day(dice, 2019, 2027), dice.one(0, 1, 3, 4)), "other_date"),
        "birth": lambda: (values.day_text(values.day(dice, 1932, 2020), dice.one(0, 1, 3, 4)), "other_date"),
        "two": lambda: (dice.digits(2), ""),
        "status": lambda: (
            dice.one("Single", "Married", "White", "Declined", "Hispanic", "Self", "Spouse", "Child"),
            "",
        ),
        "email": lambda: (f"{values.given(dice)}{dice.digits(2)}@mail.com".lower(), ""),
        "visit": lambda: (
            dice.one(
                "Consult and treat", "Office", "Consult only", "Outpatient", "New Patient", "Evaluation only"
            ),
            "",
        ),
        "organisation": lambda: (values.organisation(dice), ""),
        "allergy": lambda: (dice.one("NKDA", "Penicillin", "None", "Latex", "Sulfa"), ""),
        "payer": lambda: (dice.one("None", "N/A", "Self pay", "n/a", values.payer(dice)), ""),
        "address": lambda: (values.address(dice), "other_address"),
        "medicine": lambda: (dice.choice(table("prose")["filler"]["medicines"]), ""),
        "npi": lambda: (values.npi(dice), "other_number"),
        "enclosure": lambda: (dice.one("Office notes", "Labs, imaging", "None", "See attached", "H&P"), ""),
    }
    return made[kind]()


def sentence(case: Case, template: str) -> Runs:
    """A sentence of a letter or note, with the case's values in it."""
    runs: Runs = []
    for part in PLACE.split(template):
        if part.startswith("{"):
            runs += _filled(case, part[1:-1])
        elif part.strip():
            runs += _joined(runs, part)
    return runs


def _joined(runs: Runs, part: str) -> Runs:
    """Plain words; punctuation that follows a value stands at the value's last word."""
    if runs and part[0] in PUNCTUATION:
        runs[-1] = (runs[-1][0] + part[0], runs[-1][1])
        part = part[1:]
    return [(part, "")] if part.strip() else []


def _filled(case: Case, place: str) -> Runs:
    dice = case.dice
    he, his, mr = ("He", "his", "Mr.") if case.sex == "M" else ("She", "her", "Ms.")
    words = {
        "H": he,
        "h": he.lower(),
        "hs": his,
        "mr": mr,
        "age": str(case.age),
        "tolast": case.receiver.last,
    }
    if place in words:
        return [(words[place], "")]
    special = {
        "sexw": lambda: [(dice.choice(SEXES[case.sex][1:]), "patient_sex")],
        "last": lambda: [(case.last, "patient_last")],
        "patient_name": lambda: case.name(0),
        "reasonl": lambda: [(case.reason[0].lower() + case.reason[1:], "reason")],
        "icds": lambda: case.runs("icd10"),
        "icdw": lambda: _coded(case),
    }
    if place in special:
        return special[place]()
    return case.runs(place) if place in FIELDS else [(clinical.fill(dice, f"{{{place}}}"), "")]


def _coded(case: Case) -> Runs:
    runs: Runs = []
    for place, code in enumerate(case.icd10):
        joint = [(case.dice.one("and", ",", ";"), "")] if place else []
        form = case.dice.one(("", "({})"), ("(ICD-10", "{})"), ("", "{}"), ("", "[{}]"), ("-", "{}"))
        before = [(form[0], "")] if form[0] else []
        runs += [*joint, (clinical.meaning(code), ""), *before, (form[1].format(code), "icd10")]
    return runs
