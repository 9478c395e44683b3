"""What a person typed into the search box: name, birth date, phone, chart or referral number. Pure."""

import re
from dataclasses import dataclass
from datetime import date

NUMBER = re.compile(r"^[rR]-?(\d{4,10})$")
DATE_LIKE = re.compile(r"^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$")
RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
PHONE = re.compile(r"^\+?1?(\d{10})$")
MRN = re.compile(r"^\d{1,9}$")
MRN_LENGTH = 6  # Patient.save gives six figures; people leave the zeros out
CENTURY = 100
OLDEST = 1880


@dataclass(frozen=True)
class Sought:
    """What to look for. `trouble` says which part made no sense."""

    name: str = ""
    born: date | None = None
    phone: str = ""
    mrn: str = ""
    number: str = ""
    trouble: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.name or self.born or self.phone or self.mrn or self.number)


def understand(typed: str, *, today: date) -> Sought:
    """Take the typed words apart; a two-digit year is the latest one that is not in the future."""
    if phone := PHONE.match(re.sub(r"[\s().-]", "", typed)):
        return Sought(phone=f"+1{phone[1]}")
    words = typed.replace(",", " , ").split()
    if len(words) == 1 and (number := NUMBER.match(words[0])):
        return Sought(number=f"R-{number[1]}")
    if len(words) == 1 and MRN.match(words[0]) and _date(words[0], today) is None:
        return Sought(mrn=words[0].zfill(MRN_LENGTH))
    return _name_and_date(words, today)


def _name_and_date(words: list[str], today: date) -> Sought:
    names, born, trouble = [], None, ""
    for word in words:
        if not any(c.isdigit() for c in word):
            names.append(word)
        elif (day := _date(word, today)) is not None:
            born = day
        else:
            trouble = f"“{word}” is not a date, a phone or a chart number."
    return Sought(name=" ".join(names).strip(" ,"), born=born, trouble=trouble)


def spoken_orders(name: str) -> list[tuple[str, str]]:
    """Family and given name of one said aloud: "Maria T. Delgado"; none when it is written with a comma."""
    given, *rest = name.split()
    if not rest or "," in name:
        return []
    return [(" ".join(rest[at:]), given) for at in range(len(rest))]


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
