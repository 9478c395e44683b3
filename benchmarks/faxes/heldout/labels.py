"""What held-out forms call things: for each thing several names, of which a fax uses one throughout."""

from collections.abc import Mapping
from random import Random

Labels = Mapping[str, str]

_NAMES = {
    "patient": "Pt name|Name of patient|Person being referred|Client|Individual served|Consumer name",
    "last": "Surname|Family name|Pt last|Legal last|Last (as on card)",
    "first": "Given name|Pt first|Legal first|First (as on card)|First and M.I.",
    "born": "Birthdate|D.O.B.|Date born|Born on|B/D|Birth (m/d/y)",
    "sex": "Sex at birth|M/F|Birth sex|Administrative sex|Gender identity/sex",
    "phone": "Best contact #|Cell|Daytime tel.|Primary number|Reach patient at|Preferred ph.",
    "address": "Mailing addr.|Residence|Lives at|Street / city / zip|Home addr.",
    "payer": "Carrier|Coverage with|Primary ins. co.|Insured through|Plan (primary)|Ins. carrier",
    "member": "Policy no.|Cert. no.|Ins. ID|Card ID|Enrollee no.|Recipient ID|Contract #",
    "group": "Grp|Employer grp #|Account/group|Plan group|Grp no.",
    "referrer": "Sent by|Requesting clinician|Ordered by|Requestor|Physician making request|Sending doctor",
    "npi": "Requestor NPI|Indiv. NPI|NPI (type 1)|NPI of sender|Clinician NPI #",
    "office_phone": "Call back|Clinic tel|Direct line|Our phone|Back line",
    "office_fax": "Return fax|Send reply to fax|Our fax|Fax results back to|Clinic fax",
    "specialty": "Service wanted|Consulting service|Type of specialist|Clinic requested|Discipline|Dept.",
    "specialist": "Consultant|Attn. doctor|To be seen by|Preferred doctor|Provider wanted|Send to Dr.",
    "icd": "Dx|Dx code(s)|Working dx|Diagnoses & codes|Indication (ICD)|Problem codes",
    "cpt": "Procedure(s)|HCPCS/CPT|Services wanted|Billing codes|Proc. code(s)",
    "reason": "Clinical question|Why we are sending this patient|Indication|Chief concern|Question to answer"
    "|Problem to address|Asked of consultant",
    "urgency": "How soon|Acuity|Time frame|Triage level|Schedule as|Turnaround",
    "date": "Written|Date requested|Date of order|Ordered on|Date sent|Requested on",
    "doctor": "PCP|Primary care|Usual doctor|PCP of record|Medical home",
    "doctor_phone": "PCP ph.|Medical home tel.|PCP office",
    "printed": "Printed|Run date|Report date|Print time",
    "seen": "Last OV|Visit date|DOS|Encounter|Seen here",
    "chart": "Chart #|Acct #|Our file no.|MR no.|Unit no.",
    "contact": "In emergency call|ICE contact|Next of kin|Other contact",
    "guarantor": "Guarantor|Responsible party|Bill to|Financially responsible",
    "subscriber": "Policy holder|Insured (if other)|Cardholder|Card in name of",
    "subscriber_born": "Holder birthdate|Insured's DOB|Cardholder D.O.B.",
    "relation": "Rel. to insured|Relation|Pt is insured's",
    "pharmacy": "Drug store|Pharmacy used|Rx sent to",
    "second": "Secondary|Other coverage|2nd ins.",
    "facility": "Group NPI|Facility NPI|Org. NPI (type 2)|Billing NPI",
    "consultant_npi": "Consultant NPI|NPI of receiving|Rendering NPI",
    "their_phone": "Their phone|Consultant tel|Receiving ph.",
    "their_fax": "Their fax|Consultant fax|Receiving fax|Sent to fax",
    "auth": "Auth/ref #|Pre-cert no.|Approval #|Tracking no.",
    "language": "Speaks|Preferred lang.|Interpreter",
    "visits": "No. of visits|Visits ok'd|Units",
    "allergies": "Allergies|Drug allergy|ALL",
}
_URGENCIES = {
    "routine": "Routine|Routine|Elective|Standard|Non-urgent",
    "urgent": "Urgent|Urgent|Expedited|ASAP|High priority",
    "stat": "STAT|STAT|Emergent|Same day|Emergency",
}
_SEXES = {"M": "Male|M|male|MALE", "F": "Female|F|female|FEMALE"}
URGENCY_BOXES = ("Elective", "Urgent (72 h)", "Emergent")


def labels(rng: Random) -> Labels:
    """One name for each thing."""
    return {thing: rng.choice(names.split("|")) for thing, names in _NAMES.items()}


def urgency_word(rng: Random, urgency: str) -> str:
    """How an office says how soon."""
    return rng.choice(_URGENCIES[urgency].split("|"))


def sex_word(rng: Random, sex: str) -> str:
    """How an office writes M and F."""
    return rng.choice(_SEXES[sex].split("|"))
