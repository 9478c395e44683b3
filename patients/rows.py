"""Rows of a file of patients: opened however it was saved, each read with its problems named. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import phonenumbers

from patients.birth_dates import understood
from patients.columns import BY_KEY

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
WITH_TIME = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?( ?AM)?Z?$")
OLDEST = 125  # years
SEXES = {
    "f": "F",
    "female": "F",
    "m": "M",
    "male": "M",
    "x": "X",
    "other": "X",
    "nonbinary": "X",
    "u": "U",
    "": "U",
}
SEXES |= {"unknown": "U", "woman": "F", "man": "M"}
LANGUAGES = {
    "english": "en",
    "spanish": "es",
    "español": "es",
    "chinese": "zh",
    "vietnamese": "vi",
    "polish": "pl",
}
LANGUAGES |= {
    "arabic": "ar",
    "french": "fr",
    "russian": "ru",
    "tagalog": "tl",
    "korean": "ko",
    "portuguese": "pt",
}
YES = {"y", "yes", "true", "1", "t", "x"}
NO = {"n", "no", "false", "0", "f"}
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
LONGEST = {
    "mrn": 20,
    "identifier": 60,
    "suffix": 10,
    "city": 60,
    "line1": 120,
    "postal_code": 10,
    "email": 120,
}
LONGEST_NAME = 60
PHONES = ("mobile", "home", "work")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, or the reason why it could not be taken apart. The heading is row 1."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A patient as a row has it, by field, and what is wrong with which column."""

    values: Mapping[str, str | date | bool]
    problems: tuple[tuple[str, str], ...] = ()


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with or without a mark, else Windows' Western letters."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "")


def heading_of(text: str) -> list[str]:
    """The first row; nothing of a file that is none."""
    try:
        return next(_reader(text), [])
    except csv.Error:
        return []


def rows_of(text: str, columns: Sequence[str]) -> Iterator[Row]:
    """Every row after the heading that is not empty."""
    reader = _reader(text)
    if not heading_of(text):
        return
    next(reader)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, problem="A field of this row is too long or its quotes do not close.")
            continue
        if any(cell.strip() for cell in cells):
            yield _row(number, cells, columns)


def draft_of(row: Row, mapping: Mapping[str, str], *, today: date) -> Draft:
    """What a row says of a patient, under a mapping from columns to fields."""
    if row.problem:
        return Draft({}, (("", row.problem),))
    values: dict[str, str | date | bool] = {}
    problems: list[tuple[str, str]] = []
    for column, key in mapping.items():
        written = row.cells.get(column, "").strip()
        if not key:
            continue
        try:
            values |= _value(key, written, today)
        except ValueError as trouble:
            problems.append((column, str(trouble)))
    problems += [("", f"{BY_KEY[key].label} is missing.") for key in _lacking(values, mapping, problems)]
    return Draft(values, tuple(problems))


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _reader(text: str) -> Iterator[list[str]]:
    try:
        dialect = csv.Sniffer().sniff(text[:SAMPLE].split("\n", 1)[0], delimiters=DELIMITERS)
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        kept = dict(zip(columns, cells, strict=False))
        return Row(number, kept, "This row has more fields than the heading. A comma may lack its quotes.")
    return Row(number, dict(zip(columns, cells, strict=False)))


def _lacking(
    values: Mapping[str, object], mapping: Mapping[str, str], problems: Sequence[tuple[str, str]]
) -> list[str]:
    wrong = {mapping.get(column, "") for column, _ in problems}
    needed = ("given_name", "family_name", "birth_date")
    told = {*wrong, *(needed[:2] if "full_name" in wrong else ())}
    return [key for key in needed if not values.get(key) and key not in told]


def _value(key: str, written: str, today: date) -> dict[str, str | date | bool]:
    if not written:
        return {}
    if key == "full_name":
        return _names(written)
    if key == "birth_date":
        return {key: birth_date(written, today)}
    if len(written) > LONGEST.get(key, LONGEST_NAME):
        raise ValueError(f"This is longer than {LONGEST.get(key, LONGEST_NAME)} letters.")
    return {key: READERS[key](written) if key in READERS else written}


def birth_date(written: str, today: date) -> date:
    """A day in any form that US systems write; ValueError says what is wrong with it."""
    found = understood(WITH_TIME.sub("", written), today=today)
    if today.year - found.year > OLDEST:
        raise ValueError(f"This birth date is more than {OLDEST} years ago.")
    return found


def phone(written: str) -> str:
    """A US telephone in E.164; ValueError for anything else."""
    try:
        number = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException as trouble:
        raise ValueError("This is not a telephone number.") from trouble
    if not phonenumbers.is_possible_number(number):
        raise ValueError("This telephone number has too many or too few figures.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _names(written: str) -> dict[str, str | date | bool]:
    family, comma, given = (part.strip() for part in written.partition(","))
    if not comma:
        given, _, family = (part.strip() for part in written.rpartition(" "))
    if not given or not family:
        raise ValueError("This is not a first and a last name.")
    first, _, middle = given.partition(" ")
    return {"family_name": family[:60], "given_name": first[:60], "middle_name": middle.strip()[:60]}


def _sex(written: str) -> str:
    if (found := SEXES.get(written.lower())) is None:
        raise ValueError("This is not a sex that we know: F, M, X or U.")
    return found


def _email(written: str) -> str:
    if not EMAIL.match(written):
        raise ValueError("This is not an e-mail address.")
    return written


def _yes_or_no(written: str) -> bool:
    if written.lower() in YES:
        return True
    if written.lower() in NO:
        return False
    raise ValueError("This is neither yes nor no.")


def _language(written: str) -> str:
    word = written.lower()
    if found := LANGUAGES.get(word):
        return found
    if re.fullmatch(r"[a-z]{2}", word):
        return word
    raise ValueError("This language is not known. Write its two-letter code, such as es.")


def _state(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", written):
        raise ValueError("Write the state as two letters, such as IL.")
    return written.upper()


READERS: Mapping[str, Callable[[str], str | bool]] = {
    **dict.fromkeys(PHONES, phone),
    "sex": _sex,
    "email": _email,
    "language": _language,
    "state": _state,
    "interpreter_needed": _yes_or_no,
}
