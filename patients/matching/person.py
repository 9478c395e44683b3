"""What is known of somebody, and the same in a form that can be compared."""

import re
from dataclasses import dataclass
from datetime import date

from organizations.names import name_key

SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
SEXES = {"f": "f", "female": "f", "m": "m", "male": "m"}
STREET_WORDS = {
    "street": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "drive": "dr", "road": "rd",
    "lane": "ln", "court": "ct", "place": "pl", "terrace": "ter", "circle": "cir", "highway": "hwy",
    "parkway": "pkwy", "square": "sq", "trail": "trl", "crescent": "cres", "saint": "st", "mount": "mt",
    "fort": "ft", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne",
    "northwest": "nw", "southeast": "se", "southwest": "sw",
    "apartment": "apt", "suite": "ste", "number": "no",
}  # fmt: skip
UNIT = re.compile(r"\b(?:apt|ste|unit|rm|lot|trlr|no)\s+(\w+)$")
NUMBERED = re.compile(r"(\d\w*) (?=\S)(.+)")
TEN_DIGITS, ZIP, ZIP_PLUS_4 = 10, 5, 9


@dataclass(frozen=True, slots=True)
class Person:
    """What a record says of somebody. Everything may be missing; a birth date may be one that never was.

    `member_ids` are the numbers themselves, or keyed digests of them, which can only be the same or not.
    """

    given_name: str = ""
    family_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | str | None = None
    sex: str = ""
    street_number: str = ""
    street: str = ""
    unit: str = ""
    city: str = ""
    postal_code: str = ""
    state: str = ""
    phones: frozenset[str] = frozenset()
    member_ids: frozenset[str | bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """A person in comparable form: lower case, unaccented, abbreviated, digits only. "" is missing."""

    given: str
    family: str
    middle: str
    suffix: str
    birth: str
    sex: str
    number: str
    street: str
    unit: str
    city: str
    postal: str
    state: str
    phones: tuple[str, ...]
    members: tuple[str, ...]


def facts(person: Person) -> Facts:
    """The comparable form of a person."""
    given, given_suffix = _without_suffix(name_key(person.given_name).split())
    family, family_suffix = _without_suffix(name_key(person.family_name).split())
    number, street, unit = _address(person)
    return Facts(
        given=" ".join(given),
        family=" ".join(family),
        middle=name_key(person.middle_name).replace(" ", ""),
        suffix=SUFFIXES.get(name_key(person.suffix), "") or family_suffix or given_suffix,
        birth=birth_digits(person.birth_date),
        sex=SEXES.get(person.sex.strip().lower(), ""),
        number=number,
        street=street,
        unit=unit,
        city=_abbreviated(person.city),
        postal=_postal(person.postal_code),
        state=name_key(person.state),
        phones=tuple(sorted({digits for phone in person.phones if (digits := phone_digits(phone))})),
        members=tuple(sorted({member for one in person.member_ids if (member := _member(one))})),
    )


def birth_digits(value: date | str | None) -> str:
    """YYYYMMDD of a date, of ISO text or of US text (month first), whether or not there is such a day."""
    if isinstance(value, date):
        return f"{value:%Y%m%d}"
    text = (value or "").strip()
    if american := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        month, day, year = american.groups()
        return f"{year}{month:0>2}{day:0>2}"
    return re.sub(r"\D", "", text)


def phone_digits(value: str) -> str:
    """The last ten digits: a leading +1 and an extension's absence make no other telephone."""
    return re.sub(r"\D", "", value)[-TEN_DIGITS:]


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and words[-1] in SUFFIXES:
        return words[:-1], SUFFIXES[words[-1]]
    return words, ""


def _address(person: Person) -> tuple[str, str, str]:
    number, street = name_key(person.street_number), _abbreviated(person.street)
    unit = _abbreviated(person.unit)
    if not number and (numbered := NUMBERED.fullmatch(street)):
        number, street = numbered.groups()
    if not unit and (named := UNIT.search(street)):
        street, unit = street[: named.start()].strip(), named[1]
    return number, street, UNIT.sub(r"\1", unit)


def _abbreviated(text: str) -> str:
    return " ".join(STREET_WORDS.get(word, word) for word in name_key(text).split())


def _postal(code: str) -> str:
    """Five digits of a ZIP+4, written with or without its hyphen."""
    key = name_key(code).split(" ")[0]
    return key[:ZIP] if len(key) == ZIP_PLUS_4 else key


def _member(value: str | bytes) -> str:
    return "#" + value.hex() if isinstance(value, bytes) else name_key(value).replace(" ", "")
