"""Which role a candidate plays, from its surroundings: the one place that a learned scorer replaces.

`role_scores` is the whole contract: a candidate and its surroundings in, a score from 0 to 1 for each role
that its kind can play out. Here the scores are a hand-made table of how much each label, section and place
says; nothing outside this module knows how they come about.
"""

from collections.abc import Mapping

from intake.extraction.candidate import FAIR_PROOF, FULL_PROOF, Candidate
from intake.extraction.kinds import ROLES
from intake.extraction.surroundings import Surroundings

# An open label means what its section says: meaning -> section -> role -> weight. "" is any other section.
OPEN_LABELS: dict[str, dict[str, dict[str, float]]] = {
    "phone": {
        "referrer": {"ref_phone": 0.9},
        "patient": {"patient_phone": 0.9},
        "insurance": {"patient_phone": 0.6},
        "receiver": {},
        "letterhead": {"ref_phone": 0.75},
        "": {"patient_phone": 0.55, "ref_phone": 0.5},
    },
    "fax": {"receiver": {}, "": {"ref_fax": 0.85}},
    "npi": {"receiver": {"ref_npi": 0.2}, "": {"ref_npi": 0.95}},
    "name": {
        "referrer": {"ref_provider": 0.85},
        "receiver": {"to_provider": 0.85},
        "": {"patient_name": 0.85},
    },
    "provider": {
        "referrer": {"ref_provider": 0.85},
        "receiver": {"to_provider": 0.85},
        "": {"ref_provider": 0.5},
    },
    "sign_off": {"": {"ref_provider": 0.95}},
    "address": {"referrer": {}, "receiver": {}, "": {"patient_address": 0.85}},
}
# What a value that proves itself counts for without a label. Places: strip (printed over the page by the
# sending machine), letterhead, opening (upper third), foot (lower half), "" (elsewhere).
UNLABELLED: dict[str, dict[str, float]] = {
    "ref_npi": {"": 0.8},
    "icd10": {"": 0.8},
    "cpt": {"": 0.0, "procedure": 0.85},
    "payer_name": {"": 0.65},
    "to_specialty": {"": 0.5, "strip": 0.1, "later strip": 0.1},
    "patient_sex": {"": 0.5},
    "urgency": {"": 0.25},
    "ref_phone": {"": 0.0, "strip": 0.0, "letterhead": 0.45},
    "ref_fax": {"": 0.0, "strip": 0.4, "later strip": 0.4},
    "referral_date": {"": 0.1, "strip": 0.4},
    "patient_address": {"": 0.2, "strip": 0.0, "later strip": 0.0, "letterhead": 0.0, "patient": 0.6},
    "ref_provider": {"": 0.0, "referrer": 0.55, "receiver": 0.1, "foot": 0.45},
    "to_provider": {
        "": 0.0,
        "receiver": 0.55,
        "referrer": 0.1,
        "strip": 0.0,
        "letterhead": 0.4,
        "opening": 0.4,
    },
}
# Least proof that a value without a label must bring.
PROOF_NEEDED = {
    "icd10": FULL_PROOF,
    "patient_sex": FAIR_PROOF,
    "ref_provider": FAIR_PROOF,
    "to_provider": FAIR_PROOF,
}
STRIP, LETTERHEAD, OPENING, FOOT = 0.022, 0.16, 0.35, 0.5  # shares of the page's height
LETTER_DATE = 0.6  # a date alone on its line in the opening
CPT_WITH_LETTER, CPT_ELSEWHERE = 0.8, 0.3
REFERS_RATHER = frozenset({"Family Medicine", "Internal Medicine", "Pediatrics"})  # parts of senders' names
NAMED_SENDER = 0.1
TICKED = 0.97
LISTED, IN_LIST = ("icd10", "cpt"), 0.75  # a code far along a labelled list is still under its label
# What is left of the unlabelled weight under a label, not a faint one, that means something else.
WRONG_LABEL, NOT_MEANT, FAINT = 0.25, 0.2, 0.2
FORM_COUNTS, REPAIR_COSTS = 0.33, 0.93


def role_scores(candidate: Candidate, around: Surroundings) -> Mapping[str, float]:
    """How well the candidate fits each role that it could play, 0 to 1."""
    roles = ROLES[candidate.kind]
    if candidate.ticked:
        return dict.fromkeys(roles, TICKED)
    by_label = _weights_of_label(around)
    return {role: _score(role, by_label, candidate, around) * _proof(candidate) for role in roles}


def _score(role: str, by_label: Mapping[str, float], candidate: Candidate, around: Surroundings) -> float:
    near = max(around.near, IN_LIST) if role in LISTED and around.label else around.near
    unlabelled = _weight_without_label(role, candidate, around)
    if around.label and by_label.get(role, 0.0) <= NOT_MEANT and around.near > FAINT:
        unlabelled *= WRONG_LABEL
    return max(by_label.get(role, 0.0) * near, unlabelled)


def _weights_of_label(around: Surroundings) -> Mapping[str, float]:
    if around.label is None:
        return {}
    meaning = around.label.meaning
    if meaning not in OPEN_LABELS:
        return {meaning: 1.0}
    by_section = OPEN_LABELS[meaning]
    section = around.section or ("letterhead" if around.height < LETTERHEAD else "")
    return by_section.get(section, by_section[""])


def _weight_without_label(role: str, candidate: Candidate, around: Surroundings) -> float:
    if role not in UNLABELLED or candidate.proof < PROOF_NEEDED.get(role, 0.0):
        return 0.0
    if role == "referral_date" and around.alone and STRIP < around.height < OPENING:
        return LETTER_DATE
    if role == "to_specialty" and candidate.value in REFERS_RATHER:
        return NAMED_SENDER
    if role == "cpt" and around.section != "procedure":
        return CPT_ELSEWHERE if candidate.proof >= CPT_WITH_LETTER else 0.0
    weights = UNLABELLED[role]
    return next((weights[place] for place in _places(around) if place in weights), weights[""])


def _places(around: Surroundings) -> list[str]:
    """The section, then the places that the height on the page gives, the narrowest first."""
    bands = (("strip", around.height < STRIP), ("letterhead", around.height < LETTERHEAD))
    outer = (("opening", around.height < OPENING), ("foot", around.height > FOOT))
    if around.height < STRIP and not around.first_page:
        return ["later strip"]
    section = [around.section] if around.section else []
    return [*section, *(name for name, there in (*bands, *outer) if there)]


def _proof(candidate: Candidate) -> float:
    """A weak form costs up to a third of the score, a repaired character a little more."""
    form = 1 - FORM_COUNTS * (1 - candidate.proof)
    return form * (REPAIR_COSTS if candidate.repaired else 1.0)
