"""What a person typed into the search box: a name, birth date, phone, or a number of any kind. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NUMBER = re.compile(r"^[rR]-?(\d{4,10})$")
DATE_LIKE = re.compile(r"^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$")
RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
PHONE = re.compile(r"^\+?1?(\d{10})$")
LOCAL_PHONE = re.compile(r"^\d{3}[-.]\d{4}$")
MRN = re.compile(r"^\d{1,9}$")
MRN_LENGTH = 6  # Patient.save gives six figures; people leave the zeros out
PHONE_ENDS = (4, 7)  # how many last figures of a telephone people remember
CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9-]{5,30}$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = re.compile(rf"^({'|'.join(MONTHS)})[a-z]*\.?$", re.IGNORECASE)
DAY_OR_YEAR = re.compile(r"^(\d{1,4})(?:st|nd|rd|th)?$", re.IGNORECASE)
CENTURY = 100
OLDEST = 1880


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
    words = _with_dates_joined(typed.replace(",", " ").split())
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


def _with_dates_joined(words: Sequence[str]) -> list[str]:
    """The words, with a date written out ("March 14 1967", "14 Mar 1967") made one: "1967-3-14"."""
    joined, at = [], 0
    while at < len(words):
        written = _written_out(words[at : at + 3])
        joined.append(written or words[at])
        at += 3 if written else 1
    return joined


def _written_out(three: Sequence[str]) -> str:
    months = [MONTH_NAME.match(word) for word in three]
    numbers = [match[1] for word in three if (match := DAY_OR_YEAR.match(word))]
    if len(three) < 3 or len(numbers) != 2 or not any(months[:2]):  # noqa: PLR2004
        return ""
    month = next(MONTHS.index(match[1].lower()) for match in months if match) + 1
    year, day = sorted(numbers, key=len, reverse=True)
    return f"{month}/{day}/{year}"


def _name_and_date(words: Sequence[str], today: date) -> Sought:
    names, born, trouble = [], None, ""
    for word in words:
        if not any(c.isdigit() for c in word):
            names.append(word)
        elif (day := _date(word, today)) is not None:
            born = day
        else:
            trouble = NO_SENSE.format(word)
    return Sought(name=" ".join(names), born=born, trouble=trouble)


def _date(word: str, today: date) -> date | None:
    match = DATE_LIKE.match(word) or RUN_TOGETHER.match(word)
    if match is None:
        return None
    first, second, third = match.groups()
    year, month, day = (first, second, third) if len(first) > 2 else (third, first, second)  # noqa: PLR2004
    try:
        found = date(_year(year, today), int(month), int(day))
    except ValueError:
        return None
    if found > today and len(year) == 2:  # noqa: PLR2004 (this year, later)
        found = found.replace(year=found.year - CENTURY)
    return found if date(OLDEST, 1, 1) <= found <= today else None


def _year(written: str, today: date) -> int:
    year = int(written)
    if len(written) > 2:  # noqa: PLR2004
        return year
    century = today.year - today.year % CENTURY
    return century + year if century + year <= today.year else century - CENTURY + year
