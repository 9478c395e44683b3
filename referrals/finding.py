"""What a person typed into the search box: a name, birth date, phone, or a number of any kind. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patients.birth_dates import NotADate, understood
from patients.searching import is_vague

NUMBER = re.compile(r"^[rR]-?(\d{4,10})$")
DATE_LIKE = re.compile(r"^(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{8})$")
PHONE = re.compile(r"^\+?1?(\d{10})$")
LOCAL_PHONE = re.compile(r"^\d{3}[-.]\d{4}$")
MRN = re.compile(r"^\d{1,9}$")
MRN_LENGTH = 6  # Patient.save gives six figures; people leave the zeros out
PHONE_ENDS = (4, 7)  # how many last figures of a telephone people remember
CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9-]{5,30}$")
WORDS_OF_A_DATE = 3


@dataclass(frozen=True)
class Sought:
    """What to look for. `phone` is its last figures, `code` a number that somebody else gave (a member id, a
    hospital's number). `trouble` says which part made no sense."""

    name: str = ""
    born: date | None = None
    phone: str = ""
    mrn: str = ""
    number: str = ""
    code: str = ""
    trouble: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.name or self.born or self.phone or self.mrn or self.number or self.code)


def understand(typed: str, *, today: date) -> Sought:
    """Take the typed words apart; a two-digit year is the latest one that is not in the future."""
    if phone := PHONE.match(re.sub(r"[\s().-]", "", typed)):
        return Sought(phone=phone[1])
    words = _with_dates_joined(typed.replace(",", " ").split(), today)
    if len(words) == 1 and _date(words[0], today) is None:
        return _one_word(words[0])
    return _name_and_date(words, today)


def _one_word(word: str) -> Sought:
    if number := NUMBER.match(word):
        return Sought(number=f"R-{number[1]}")
    if MRN.match(word):
        phone = word if len(word) in PHONE_ENDS else ""
        return Sought(mrn=word.zfill(MRN_LENGTH), phone=phone, code=word)
    if LOCAL_PHONE.match(word):
        return Sought(phone=word.replace("-", "").replace(".", ""))
    if CODE.match(word):
        return Sought(code=word)
    return Sought(name=word) if not any(c.isdigit() for c in word) else Sought(trouble=NO_SENSE.format(word))


NO_SENSE = "“{}” is not a date, a phone or a chart number."
INITIALS = "Thousands may share these initials: type more of one name, or add the birth date."


def _with_dates_joined(words: Sequence[str], today: date) -> list[str]:
    """The words, with a date written out ("March 14 1967", "14 Mar 1967") made one: "03/14/1967"."""
    joined, at = [], 0
    while at < len(words):
        born = _written_out(words[at : at + WORDS_OF_A_DATE], today)
        joined.append(f"{born:%m/%d/%Y}" if born else words[at])
        at += WORDS_OF_A_DATE if born else 1
    return joined


def _written_out(three: Sequence[str], today: date) -> date | None:
    return _day(" ".join(three), today) if any(map(str.isalpha, three)) else None


def _name_and_date(words: Sequence[str], today: date) -> Sought:
    names, born, trouble = [], None, ""
    for word in words:
        if not any(c.isdigit() for c in word):
            names.append(word)
        elif (day := _date(word, today)) is not None:
            born = day
        else:
            trouble = NO_SENSE.format(word)
    if born is None and is_vague(names):
        trouble = INITIALS
    return Sought(name=" ".join(names), born=born, trouble=trouble)


def _date(word: str, today: date) -> date | None:
    return _day(word, today) if DATE_LIKE.match(word) else None


def _day(written: str, today: date) -> date | None:
    try:
        return understood(written, today=today)
    except NotADate:
        return None
