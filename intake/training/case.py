"""One made-up referral, and its values as runs of words that know their role."""

from dataclasses import dataclass

from intake.training import clinical, values
from intake.training.dice import Dice

Runs = list[tuple[str, str]]  # text, and the role of its words ("" is none)
SEXES = {"M": ("Male", "male", "man", "gentleman"), "F": ("Female", "female", "woman", "lady")}
DATE_STYLES = (8, 4, 2, 3, 2, 2, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.3, 0.5)
PHONE_STYLES = (8, 6, 3, 2, 1, 1, 0.5, 0.3, 0.3)
URGENCIES = {
    "routine": ("standard", "non-urgent", "elective", "regular", "routine"),
    "urgent": ("expedited", "asap", "as soon as possible", "rush", "urgent"),
    "stat": ("emergent", "same day", "immediate", "stat"),
}
YEARS_OF_BIRTH, YEARS_OF_REFERRAL = (1932, 2025), (2024, 2027)


@dataclass(frozen=True)
class Clinician:
    """A made-up clinician with an office."""

    first: str
    last: str
    credential: str
    npi: str
    phone: str
    fax: str
    office: str
    address: str

    def written(self, dice: Dice) -> str:
        """The name as it is written."""
        first = self.first + (f" {dice.letters(1)}." if dice.chance(0.2) else "")
        last, credential = self.last, self.credential
        forms = (
            f"{first} {last}, {credential}",
            f"{first} {last}, {credential}",
            f"Dr. {first} {last}",
            f"{last}, {first} {credential}",
            f"{first} {last} {credential}",
            f"{self.first} {last}",
            f"{last}, {self.first}",
            f"Dr {self.first} {last}",
            f"{last}, {first}, {credential}",
        )
        name = dice.choice(forms)
        return name.upper() if dice.chance(0.07) else name


def clinician(dice: Dice) -> Clinician:
    """Anyone."""
    number = values.npi(dice)
    return Clinician(
        values.given(dice),
        values.family(dice),
        dice.choice(values.words("credentials")),
        number,
        values.phone(dice),
        values.phone(dice),
        values.organisation(dice),
        values.address(dice),
    )


class Case:
    """The values of one referral."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.sex = dice.one("M", "F")
        self.first, self.last = values.given(dice), values.family(dice)
        self.born, self.sent = values.day(dice, *YEARS_OF_BIRTH), values.day(dice, *YEARS_OF_REFERRAL)
        self.phone = values.phone(dice)
        self.street, self.city, self.state_zip = (
            values.street(dice),
            values.city(dice),
            values.state_zip(dice),
        )
        self.member_id, self.group_no = values.member_id(dice), values.group_no(dice)
        self.payer, self.specialty = values.payer(dice), values.specialty(dice)
        if dice.chance(0.25):
            self.payer += f" {dice.choice(values.words('products'))}"
        self.referrer, self.receiver = clinician(dice), clinician(dice)
        self.icd10 = dice.sample(clinical.codes(), dice.one(1, 1, 2, 2, 3, 4))
        self.cpt = [clinical.cpt(dice) for _ in range(dice.one(1, 1, 2, 3))]
        self.reason = clinical.reason(dice)
        self.urgency = dice.choices(["routine", "urgent", "stat"], [6, 3, 1])[0]
        self.date_style = dice.choices(range(len(DATE_STYLES)), DATE_STYLES)[0]
        self.phone_style = dice.choices(range(len(PHONE_STYLES)), PHONE_STYLES)[0]

    @property
    def age(self) -> int:
        """Years at the referral."""
        return max(0, self.sent.year - self.born.year)

    def runs(self, field: str) -> Runs:
        """The value of a field as it is written here."""
        special = getattr(self, f"_{field}", None)
        return special() if special else [(self._plain(field), field)]

    def name(self, style: int | None = None) -> Runs:
        """The patient's name: 0 First Last, 1 Last, First."""
        dice = self.dice
        style = dice.one(0, 0, 1, 1, 2) if style is None else style
        capitals = dice.chance(0.14)
        first, last = (self.first.upper(), self.last.upper()) if capitals else (self.first, self.last)
        middle = (
            dice.one(dice.letters(1), f"{dice.letters(1)}.", values.given(dice)) if dice.chance(0.25) else ""
        )
        between: Runs = [(middle, "patient_middle")] if middle else []
        if style == 0:
            return [(first, "patient_first"), *between, (last, "patient_last")]
        last = last.upper() if style > 1 else last
        return [(f"{last},", "patient_last"), (first, "patient_first"), *between]

    def _plain(self, field: str) -> str:
        dice = self.dice
        return {
            "patient_first": lambda: self.first,
            "patient_last": lambda: self.last,
            "patient_phone": lambda: values.phone_text(self.phone, self.phone_style),
            "member_id": lambda: self.member_id,
            "group_no": lambda: self.group_no,
            "ref_provider": lambda: self.referrer.written(dice),
            "to_provider": lambda: self.receiver.written(dice),
            "ref_npi": lambda: self.referrer.npi,
            "ref_phone": lambda: values.phone_text(self.referrer.phone, self.phone_style),
            "ref_fax": lambda: values.phone_text(self.referrer.fax, self.phone_style),
            "to_specialty": lambda: self.specialty,
            "reason": lambda: self.reason,
            "urgency": self._urgency_word,
            "referral_date": lambda: values.day_text(self.sent, self.date_style),
        }[field]()

    def _urgency_word(self) -> str:
        word = self.dice.choice(URGENCIES[self.urgency]) if self.dice.chance(0.2) else self.urgency
        return self.dice.one(word, word.title(), word.title(), word.upper())

    def _patient_name(self) -> Runs:
        return self.name()

    def _patient_dob(self) -> Runs:
        runs = [(values.day_text(self.born, self.date_style), "patient_dob")]
        if self.dice.chance(0.12):
            runs.append((f"({self.age} {self.dice.one('yo', 'y.o.', 'years', 'yrs', 'y')})", ""))
        return runs

    def _patient_sex(self) -> Runs:
        return [(self.dice.one(SEXES[self.sex][0], SEXES[self.sex][0], self.sex), "patient_sex")]

    def _patient_address(self) -> Runs:
        comma = "," if self.dice.chance(0.75) else ""
        return [(f"{self.street}{comma} {self.city}{comma} {self.state_zip}", "patient_address")]

    def _payer_name(self) -> Runs:
        return [(self.payer, "payer_name")]

    def _icd10(self) -> Runs:
        worded = self.dice.chance(0.4)
        return self._listed(self.icd10, "icd10", worded)

    def _cpt(self) -> Runs:
        return self._listed(self.cpt, "cpt", False)

    def _listed(self, codes: list[str], field: str, worded: bool) -> Runs:
        runs: Runs = []
        comma = self.dice.one(",", ",", ";", " /", "")
        for place, code in enumerate(codes):
            last = place == len(codes) - 1
            runs.append((code + ("" if last or worded else comma), field))
            if worded:
                runs.append((clinical.meaning(code) + ("" if last else self.dice.one(";", ",")), ""))
        return runs
