"""Whether a candidate is the right value of a role: the rules of the public score, as a training signal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from intake.extraction.candidate import Candidate
from intake.extraction.evidence import NAME
from intake.extraction.text import plain, squashed
from intake.training.case import Case

Truth = Mapping[str, Any]  # field -> value, or several codes
ALIKE = {"reason": 90, "patient_address": 97}  # likeness, 0 to 100, that counts as right
SEVERAL = ("icd10", "cpt")


def of_case(case: Case) -> Truth:
    """The values of a made-up referral in normal form."""
    return {
        "patient_first": case.first,
        "patient_last": case.last,
        "patient_dob": case.born.isoformat(),
        "patient_sex": case.sex,
        "patient_phone": case.phone,
        "patient_address": f"{case.street}, {case.city}, {case.state_zip}",
        "member_id": case.member_id,
        "payer_name": case.payer,
        "group_no": case.group_no,
        "ref_provider": f"{case.referrer.first} {case.referrer.last}",
        "ref_npi": case.referrer.npi,
        "ref_phone": case.referrer.phone,
        "ref_fax": case.referrer.fax,
        "to_specialty": case.specialty,
        "to_provider": f"{case.receiver.first} {case.receiver.last}",
        "icd10": case.icd10,
        "cpt": case.cpt,
        "reason": case.reason,
        "urgency": case.urgency,
        "referral_date": case.sent.isoformat(),
    }


def is_right(role: str, candidate: Candidate, truth: Truth) -> bool:
    """Whether the candidate has the true value of the role."""
    if role == NAME:
        parts = candidate.parts or ("", "")
        return all(
            agrees(part, value, truth)
            for part, value in zip(("patient_first", "patient_last"), parts, strict=True)
        )
    return agrees(role, candidate.value, truth)


def agrees(role: str, value: str | Sequence[str], truth: Truth) -> bool:
    """Whether a value is the true one of a field; of codes, whether it is one of them, or they are all."""
    known = truth.get(role)
    if not known:
        return False
    if role in SEVERAL:
        wanted = {squashed(code) for code in known}
        return squashed(value) in wanted if isinstance(value, str) else {squashed(v) for v in value} == wanted
    text = value if isinstance(value, str) else " ".join(value)
    if role in ALIKE:
        return fuzz.ratio(plain(text), plain(known)) >= ALIKE[role]
    return squashed(text) == squashed(known)
