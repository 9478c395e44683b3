"""Codes of the 271 and what we call them. The codes are the standard's; every wording is our own."""

from typing import Literal

FollowUp = Literal["correct", "stop", "retry", "wait", "in_10_days", "in_30_days"]
Desk = Literal["front_desk", "administrator", "nobody"]
Network = Literal["in", "out", "both", "unknown"]
Flag = Literal["yes", "no", "unknown"]

COVERAGE = {
    "1": "active",
    "2": "active",
    "3": "active",
    "4": "active",
    "5": "active_pending",
    "6": "inactive",
    "7": "inactive_pending",
    "8": "inactive_pending",
}
"""EB01 codes that say whether there is coverage."""

KINDS = {
    **COVERAGE,
    "A": "coinsurance",
    "B": "copay",
    "C": "deductible",
    "CB": "coverage_basis",
    "D": "description",
    "E": "excluded",
    "F": "limitation",
    "G": "out_of_pocket",
    "H": "unlimited",
    "I": "not_covered",
    "J": "cost_containment",
    "K": "reserve",
    "L": "primary_care",
    "M": "preexisting",
    "MC": "managed_care",
    "N": "restricted_to_provider",
    "O": "not_medically_necessary",
    "P": "disclaimer",
    "Q": "second_opinion",
    "R": "other_payer",
    "S": "prior_year",
    "T": "card_lost",
    "U": "contact",
    "V": "cannot_process",
    "W": "other_source",
    "X": "facility",
    "Y": "spend_down",
}
"""EB01: what a row of a 271 is about."""

PERIODS = {
    "6": "hour",
    "7": "day",
    "13": "24_hours",
    "21": "years",
    "22": "service_year",
    "23": "calendar_year",
    "24": "year_to_date",
    "25": "contract",
    "26": "episode",
    "27": "visit",
    "28": "outlier",
    "29": "remaining",
    "30": "exceeded",
    "31": "not_exceeded",
    "32": "lifetime",
    "33": "lifetime_remaining",
    "34": "month",
    "35": "week",
    "36": "admission",
}
"""EB06: what an amount counts for."""

NETWORKS: dict[str, Network] = {"Y": "in", "N": "out", "W": "both", "U": "unknown"}
"""EB12."""

FLAGS: dict[str, Flag] = {"Y": "yes", "N": "no", "U": "unknown"}
"""EB11."""

GATED_PLANS = ("HM", "PS")
"""EB04: health maintenance and point of service, which often want a referral."""

FOLLOW_UPS: dict[str, FollowUp] = {
    "C": "correct",
    "N": "stop",
    "P": "retry",
    "R": "retry",
    "S": "wait",
    "W": "in_30_days",
    "X": "in_10_days",
    "Y": "wait",
}
"""AAA04: what the payer wants done next."""

PASSING = ("42", "80")
"""AAA03 of the payer's own trouble: worth another try whatever AAA04 says, unless it answers later."""

ENROLMENT = ("41", "43", "44", "45", "46", "47", "48", "50", "51", "79", "97", "T4")
"""AAA03 that no clerk can mend: the practice's set-up or enrolment with the payer is wrong."""

FIELDS = {
    "56": "service_on",
    "57": "service_on",
    "58": "birth_date",
    "60": "birth_date",
    "62": "service_on",
    "63": "service_on",
    "64": "member_id",
    "65": "name",
    "66": "sex",
    "67": "member_id",
    "71": "birth_date",
    "72": "member_id",
    "73": "name",
    "74": "sex",
    "75": "member_id",
    "76": "member_id",
    "77": "name",
}
"""AAA03: the field of the coverage to look at."""

MEANINGS = {
    "04": "The question asked for more than the payer allows.",
    "15": "The payer needs more information than was sent.",
    "33": "Something in the question was not valid.",
    "35": "The provider is not in this member's network.",
    "41": "The payer does not let us ask.",
    "42": "The payer cannot answer right now.",
    "43": "The payer needs a valid provider number.",
    "44": "The payer needs a valid provider name.",
    "45": "The payer needs a valid provider specialty.",
    "46": "The payer needs a valid provider phone number.",
    "47": "The payer needs a valid provider state.",
    "48": "The payer needs a valid referring provider number.",
    "49": "The provider is not this member's primary care provider.",
    "50": "The payer does not let this provider ask.",
    "51": "The payer does not have this provider on file.",
    "52": "The date of service is outside of the provider's time with the plan.",
    "53": "The payer cannot answer for this service together with others.",
    "54": "The payer needs a valid product or service number.",
    "55": "The product or service is not covered for this diagnosis.",
    "56": "The date of service is not right.",
    "57": "The date of service is missing or not valid.",
    "58": "The birth date is missing or not valid.",
    "60": "The birth date is after the date of service.",
    "61": "The payer has a date of death before the date of service.",
    "62": "The payer does not answer for this date of service: it is too far away.",
    "63": "The date of service is in the future.",
    "64": "The dependent's member number is missing or not valid.",
    "65": "The dependent's name is missing or does not match.",
    "66": "The dependent's sex is missing or does not match.",
    "67": "The payer does not find this dependent.",
    "68": "The payer finds this dependent more than once.",
    "69": "The service does not fit the patient's age.",
    "70": "The service does not fit the patient's sex.",
    "71": "The birth date does not match the payer's.",
    "72": "The member number is missing or not valid.",
    "73": "The name is missing or does not match the payer's.",
    "74": "The sex is missing or does not match the payer's.",
    "75": "The payer does not find this member.",
    "76": "The payer finds this member number more than once.",
    "77": "The payer finds the subscriber, but not the patient.",
    "78": "The member is not in the group or plan that was named.",
    "79": "The payer does not know our sender number.",
    "80": "The payer did not answer the clearinghouse.",
    "97": "The payer needs a valid provider address.",
    "98": "The payer calls this service experimental.",
    "AA": "The authorization number is not found.",
    "AE": "The payer wants the primary care provider's authorization.",
    "AF": "The diagnosis is missing or not valid.",
    "AG": "The procedure is missing or not valid.",
    "AO": "The payer wants more information about the patient's condition.",
    "CI": "The certification does not match the patient.",
    "E8": "The payer wants a medical review.",
    "IA": "The authorization number is not valid.",
    "MA": "The authorization number is missing or not valid.",
    "T4": "The payer's name or number is missing.",
}
"""AAA03: why the payer did not answer the question."""
