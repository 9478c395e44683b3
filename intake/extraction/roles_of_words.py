"""The roles that the tagger gives to words, and to pages. Their order is part of the trained weights."""

FIELDS = (
    "patient_first",
    "patient_last",
    "patient_dob",
    "patient_sex",
    "patient_phone",
    "patient_address",
    "member_id",
    "payer_name",
    "group_no",
    "ref_provider",
    "ref_npi",
    "ref_phone",
    "ref_fax",
    "to_specialty",
    "to_provider",
    "icd10",
    "cpt",
    "reason",
    "urgency",
    "referral_date",
)
# Words that are nobody's field have roles too: telling them apart is what keeps them out of the fields.
OTHERS = (
    "label",
    "heading",
    "patient_middle",
    "other_person",
    "other_phone",
    "other_date",
    "other_number",
    "other_address",
)
WORD_ROLES = ("", *FIELDS, *OTHERS)
PAGE_ROLES = (
    "referral",
    "prior_auth",
    "consult_report",
    "lab",
    "chart_note",
    "cover",
    "records_request",
    "order",
    "confirmation",
    "junk",
)
