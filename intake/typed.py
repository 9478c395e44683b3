"""What a person may type into a field, and the one form it is kept in. Pure.

Each function takes the text and today's date and gives the normal form, or raises Wrong with one sentence.
"""

import re
from datetime import date

from intake.extraction import codes, dates, phones
from providers.npi import is_npi

LONGEST_LINE, LONGEST_NAME, LONGEST_NUMBER, LONGEST_TEXT = 120, 60, 40, 2000
WITH_COUNTRY_CODE = 11  # digits
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BARE_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")  # 03141967, as fast typists do
EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension)\s*\d+\s*$", re.I)
ICD_SHAPE = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")  # ICD-10-CM Official Guidelines, I.A.2
CPT_SHAPE = re.compile(r"\d{5}|\d{4}[A-Z]|[A-Z]\d{4}")
BETWEEN_CODES = re.compile(r"[\s,;]+")
SEX_WORDS = {
    "F": "female woman femenino f",
    "M": "male man masculino m",
    "X": "other nonbinary x",
    "U": "unknown u",
}
LETTER = re.compile(r"[^\W\d_]")


class Wrong(ValueError):
    """The text cannot be this kind of value; the sentence says what to type."""


def line(text: str, today: date) -> str:
    """One line of words."""
    joined = " ".join(text.split())
    if len(joined) > LONGEST_LINE:
        raise Wrong(f"Keep it to {LONGEST_LINE} characters.")
    return joined


def name(text: str, today: date) -> str:
    """A part of a person's name."""
    joined = line(text, today)
    if joined and not LETTER.search(joined):
        raise Wrong("A name has letters in it.")
    if len(joined) > LONGEST_NAME:
        raise Wrong(f"Keep it to {LONGEST_NAME} characters.")
    return joined


def text(text: str, today: date) -> str:
    """Several lines of words."""
    stripped = text.strip()
    if len(stripped) > LONGEST_TEXT:
        raise Wrong(f"Keep it to {LONGEST_TEXT} characters.")
    return stripped


def number(text: str, today: date) -> str:
    """An identifier on a card: letters, digits, blanks and dashes."""
    joined = " ".join(text.upper().split())
    if joined and not re.fullmatch(r"[A-Z0-9][A-Z0-9 ./*#-]*", joined):
        raise Wrong("Only letters, digits, spaces and dashes.")
    if len(joined) > LONGEST_NUMBER:
        raise Wrong(f"Keep it to {LONGEST_NUMBER} characters.")
    return joined


def birth_date(text: str, today: date) -> str:
    """A day that has been, in any US form."""
    day = _day(text, today)
    if day and day > today.isoformat():
        raise Wrong("That day has not come yet.")
    return day


def order_date(text: str, today: date) -> str:
    """A day in any US form."""
    return _day(text, today)


def _day(text: str, today: date) -> str:
    written = BARE_DAY.sub(r"\1/\2/\3", text.strip()) if BARE_DAY.fullmatch(text.strip()) else text.strip()
    if not written:
        return ""
    found = next(dates.find(written, latest=today), None)
    if found is None or (found.start, found.stop) != (0, len(written)):
        raise Wrong("Type a date such as 03/14/1967.")
    return found.on.isoformat()


def phone(text: str, today: date) -> str:
    """Ten digits of the North American plan, without the country's 1 and without an extension."""
    digits = re.sub(r"\D", "", EXTENSION.sub("", text))
    digits = digits[1:] if len(digits) == WITH_COUNTRY_CODE and digits[0] == "1" else digits
    if text.strip() and not phones.VALID.fullmatch(digits):
        raise Wrong("Type ten digits, area code first.")
    return digits


def npi(text: str, today: date) -> str:
    """A National Provider Identifier with a right check digit (45 CFR 162.406)."""
    digits = re.sub(r"[\s-]", "", text)
    if digits and not re.fullmatch(r"\d{10}", digits):
        raise Wrong("An NPI has ten digits.")
    if digits and not is_npi(digits):
        raise Wrong("This NPI’s check digit is wrong. Look for a misread figure.")
    return digits


def icd10(text: str, today: date) -> str:
    """ICD-10-CM codes in any separation; the dot is put where it belongs."""
    found = _codes(text)
    for code in found:
        if not ICD_SHAPE.fullmatch(code):
            raise Wrong(f"{code} is not an ICD-10 code. They look like R07.89.")
    return ", ".join(codes.with_dot(code) for code in found)


def cpt(text: str, today: date) -> str:
    """CPT or HCPCS codes in any separation."""
    found = _codes(text)
    for code in found:
        if not CPT_SHAPE.fullmatch(code):
            raise Wrong(f"{code} is not a CPT code. They have five characters, such as 93350.")
    return ", ".join(found)


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(code for code in BETWEEN_CODES.split(text.strip().upper()) if code))


def sex(text: str, today: date) -> str:
    """F, M, X or U (X12 DMG03)."""
    word = text.strip().lower()
    if not word:
        return ""
    for code, accepted in SEX_WORDS.items():
        if word in accepted.split():
            return code
    raise Wrong("Type female, male, other or unknown.")


def urgency(text: str, today: date) -> str:
    """routine, urgent or stat, from a word or a sentence."""
    said = text.strip().lower()
    if not said:
        return ""
    for level in ("stat", "urgent", "routine"):
        if level in re.findall(r"[a-z]+", said):
            return level
    raise Wrong("Type routine, urgent or stat.")
