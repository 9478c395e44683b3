"""The kinds of candidates, the roles that each can play, and the labels that can speak of it."""

ROLES: dict[str, tuple[str, ...]] = {
    "date": ("patient_dob", "referral_date"),
    "phone": ("patient_phone", "ref_phone", "ref_fax"),
    "npi": ("ref_npi",),
    "icd10": ("icd10",),
    "cpt": ("cpt",),
    "patient_sex": ("patient_sex",),
    "urgency": ("urgency",),
    "person": ("patient_name", "ref_provider", "to_provider"),
    "name_part": ("patient_first", "patient_last"),
    "id": ("member_id", "group_no"),
    "payer": ("payer_name",),
    "specialty": ("to_specialty",),
    "address": ("patient_address",),
    "reason": ("reason",),
}
# Labels that leave open whose value it is; the section decides.
OPEN: dict[str, tuple[str, ...]] = {
    "phone": ("phone", "fax"),
    "npi": ("npi",),
    "person": ("name", "provider", "sign_off", "patient_first", "patient_last"),
    "address": ("address",),
    "specialty": ("to_provider",),
}
SECTION_OF = {"patient": "patient", "ref": "referrer", "to": "receiver"}  # by the first part of a meaning


def speaks_of(meaning: str, kind: str) -> bool:
    """Whether a label of this meaning can have a value of this kind. `other` can have any."""
    return meaning == "other" or meaning in ROLES[kind] or meaning in OPEN.get(kind, ())
