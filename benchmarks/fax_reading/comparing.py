"""When a read value counts as right: one rule for each field, the same that acceptance uses.

Case, punctuation and accents never matter. Names of clinicians lose titles; a first name loses one trailing
initial; dates must be ISO; long texts may differ a little, as typing a comma differently is no harm.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from rapidfuzz.distance import Levenshtein

CREDENTIALS = frozenset(
    "MD DO NP PA PAC FNP FNPC FNPBC APRN DR DNP RN C BC PHD DPM CNP ARNP".split()  # noqa: SIM905
)
SEXES = {"MALE": "M", "FEMALE": "F"}
SETS = frozenset(["icd10", "cpt"])  # each code of these is an item of its own

Compare = Callable[[Any, Any], bool]


def is_right(field: str, truth: Any, read: Any) -> bool:
    """Whether the value read for this field is the true one."""
    return RULES[field](truth, read)


def is_empty(value: Any) -> bool:
    """Whether that is no value at all."""
    return value in (None, "") or (isinstance(value, list | tuple) and not as_list(value))


def as_list(value: Any) -> list[Any]:
    """The values of a set field; a single one stands for itself."""
    values = value if isinstance(value, list | tuple) else [value]
    return [one for one in values if one not in (None, "")]


def squash(value: Any) -> str:
    """Letters and digits only, in capitals, without accents."""
    return re.sub(r"[^0-9A-Z]", "", _plain(value))


def _words(value: Any) -> list[str]:
    return re.sub(r"[^0-9A-Z]+", " ", _plain(value)).split()


def _plain(value: Any) -> str:
    apart = unicodedata.normalize("NFKD", str(value))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).upper()


def _given_name(value: Any) -> str:
    words = _words(value)
    return "".join(words[:-1] if len(words) > 1 and len(words[-1]) == 1 else words)


def _clinician(value: Any) -> str:
    """Titles dropped; "Last, First" turned round."""
    parts = [part for part in str(value).split(",") if squash(part) and not set(_words(part)) <= CREDENTIALS]
    text = f"{parts[1]} {parts[0]}" if len(parts) == 2 else " ".join(parts) or str(value)
    return "".join(word for word in _words(text) if word not in CREDENTIALS)


def _day(value: Any) -> str:
    text = str(value).strip()
    return text[:10] if re.fullmatch(r"\d{4}-\d{2}-\d{2}(T.*)?", text) else f"not ISO: {text}"


def _digits(value: Any) -> str:
    digits = re.sub(r"\D", "", str(value))
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _sex(value: Any) -> str:
    return SEXES.get(squash(value), squash(value))


def _equal(normal: Callable[[Any], str]) -> Compare:
    return lambda truth, read: normal(truth) == normal(read)


def _similar(least: float) -> Compare:
    def compare(truth: Any, read: Any) -> bool:
        return Levenshtein.normalized_similarity(" ".join(_words(truth)), " ".join(_words(read))) >= least

    return compare


RULES: dict[str, Compare] = {
    "patient_first": _equal(_given_name),
    "patient_last": _equal(squash),
    "patient_dob": _equal(_day),
    "patient_sex": _equal(_sex),
    "patient_phone": _equal(_digits),
    "patient_address": _similar(0.97),
    "member_id": _equal(squash),
    "payer_name": _equal(squash),
    "group_no": _equal(squash),
    "ref_provider": _equal(_clinician),
    "ref_npi": _equal(squash),
    "ref_phone": _equal(_digits),
    "ref_fax": _equal(_digits),
    "to_specialty": _equal(squash),
    "to_provider": _equal(_clinician),
    "icd10": _equal(squash),
    "cpt": _equal(squash),
    "reason": _similar(0.90),
    "urgency": _equal(squash),
    "referral_date": _equal(_day),
}
