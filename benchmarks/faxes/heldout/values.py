"""Values as held-out offices write them, tagged with the field they belong to.

One `Hand` for each fax: an office keeps to its way of writing dates, telephones and names.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.faxes.cases import URGENCIES, Case
from benchmarks.faxes.heldout.labels import URGENCY_BOXES, sex_word, urgency_word
from benchmarks.faxes.markup import tagged
from benchmarks.faxes.page import Choice
from referralhub.demo.world import Code, Provider

_DATES = (
    "%m/%d/%Y",
    "%m/%d/%Y",
    "%m/%d/%Y",
    "%m/%d/%y",
    "{0.month}/{0.day}/%Y",
    "{0.month}/{0.day}/%Y",
    "{0.month}-{0.day}-%Y",
    "%d-%b-%Y",
    "%b {0.day}, %Y",
    "%m.%d.%Y",
    "%Y-%m-%d",
)
_PHONES = (
    "{0}-{1}-{2}",
    "({0}) {1}-{2}",
    "({0}){1}-{2}",
    "{0}/{1}-{2}",
    "1-{0}-{1}-{2}",
    "{0} {1}-{2}",
    "{0}.{1}.{2}",
)
_PEOPLE = (
    "{last}, {first}{middle}",
    "{first}{middle} {last}",
    "{LAST}, {FIRST}{middle}",
    "{FIRST}{middle} {LAST}",
)


@dataclass(frozen=True)
class Hand:
    """An office's way of writing, and the case it writes about."""

    case: Case
    date_style: str
    phone_style: str
    name_style: str
    urgency_said: str
    sex_said: str

    def day(self, day: date) -> str:
        """A date."""
        return day.strftime(self.date_style).format(day)

    def number(self, e164: str) -> str:
        """A telephone number."""
        digits = e164.removeprefix("+1")
        return self.phone_style.format(digits[:3], digits[3:6], digits[6:])

    @property
    def patient(self) -> str:
        """The whole name."""
        person = self.case.patient
        return self.name_style.format(
            first=tagged("patient_first", person.first),
            last=tagged("patient_last", person.last),
            FIRST=tagged("patient_first", person.first.upper()),
            LAST=tagged("patient_last", person.last.upper()),
            middle=f" {person.middle}" if person.middle else "",
        )

    @property
    def patient_plain(self) -> str:
        """The name where it is no value to read, as in a repeated heading."""
        return f"{self.case.patient.last}, {self.case.patient.first}"

    @property
    def first(self) -> str:
        """Given name."""
        return tagged("patient_first", self.case.patient.first)

    @property
    def last(self) -> str:
        """Family name."""
        return tagged("patient_last", self.case.patient.last)

    @property
    def born(self) -> str:
        """Birth date."""
        return tagged("patient_dob", self.day(self.case.patient.born))

    @property
    def sex(self) -> str:
        """Sex."""
        return tagged("patient_sex", self.sex_said)

    @property
    def phone(self) -> str:
        """The patient's number."""
        return tagged("patient_phone", self.number(self.case.patient.mobile))

    @property
    def address(self) -> str:
        """The address on one line."""
        return tagged("patient_address", str(self.case.patient.address))

    @property
    def street(self) -> str:
        """First line of the address."""
        return tagged("patient_address", self.case.patient.address.street)

    @property
    def town(self) -> str:
        """Second line of the address."""
        return tagged("patient_address", self.case.patient.address.town)

    @property
    def payer(self) -> str:
        """The insurer."""
        return tagged("payer_name", self.case.payer)

    @property
    def member(self) -> str:
        """Member id."""
        return tagged("member_id", self.case.patient.member_id)

    @property
    def group(self) -> str:
        """Group number, or nothing."""
        group = self.case.patient.group_number
        return tagged("group_no", group) if group else ""

    @property
    def referrer(self) -> str:
        """Who refers, with credential."""
        return tagged("ref_provider", str(self.case.referrer))

    @property
    def npi(self) -> str:
        """The referrer's NPI."""
        return tagged("ref_npi", self.case.referrer.npi)

    @property
    def office_phone(self) -> str:
        """The referring office's telephone."""
        return tagged("ref_phone", self.number(self.case.referrer.practice.phone))

    @property
    def office_fax(self) -> str:
        """The referring office's fax."""
        return tagged("ref_fax", self.number(self.case.referrer.practice.fax))

    @property
    def specialty(self) -> str:
        """The specialty, by the name this office uses."""
        return tagged("to_specialty", self.case.specialty.name)

    @property
    def specialist(self) -> str:
        """Who is referred to."""
        return tagged("to_provider", str(self.case.specialist))

    @property
    def reason(self) -> str:
        """Why."""
        return tagged("reason", self.case.reason.text)

    @property
    def urgency(self) -> str:
        """How soon."""
        return tagged("urgency", self.urgency_said)

    @property
    def written(self) -> str:
        """Date of the referral."""
        return tagged("referral_date", self.day(self.case.written_on))

    @property
    def codes(self) -> str:
        """All diagnosis codes."""
        return ", ".join(diagnosis(code) for code in self.case.reason.diagnoses)

    @property
    def worded_codes(self) -> str:
        """All diagnoses in words with their codes."""
        return "; ".join(f"{code.words} ({diagnosis(code)})" for code in self.case.reason.diagnoses)

    @property
    def services(self) -> str:
        """All services asked for."""
        return ", ".join(tagged("cpt", code.code) for code in self.case.reason.services)


def hand(rng: Random, case: Case) -> Hand:
    """The way one office writes."""
    return Hand(
        case=case,
        date_style=rng.choice(_DATES),
        phone_style=rng.choice(_PHONES),
        name_style=rng.choice(_PEOPLE),
        urgency_said=urgency_word(rng, case.urgency),
        sex_said=sex_word(rng, case.patient.sex),
    )


def diagnosis(code: Code) -> str:
    """One ICD-10 code."""
    return tagged("icd10", code.code)


def titled(provider: Provider) -> str:
    """Dr. and family name, or the name for those who are no doctors."""
    return f"Dr. {provider.last}" if provider.credential[0] in "MD" else f"{provider.first} {provider.last}"


def urgency_boxes(case: Case) -> Choice:
    """Squares to tick for how soon."""
    return Choice("urgency", URGENCY_BOXES, URGENCY_BOXES[URGENCIES.index(case.urgency)])
