"""What surrounds a value on held-out charts: histories, medicines, results. Never a field's value."""

from random import Random

_HISTORY = (
    "Pt reports sx began about three months back and are getting worse.",
    "Tried OTC ibuprofen and heat with little benefit.",
    "Has missed several days of work or school.",
    "No recent travel or sick contacts.",
    "PMH: HTN, GERD, seasonal allergies.",
    "No tobacco in the home.",
    "Mother with breast CA, father MI at 58.",
    "NKDA.",
    "On exam WDWN in NAD, VSS.",
    "BP 138/84, HR 76, SpO2 98% RA, BMI 31.2.",
    "Lungs CTA bilat. Heart RRR, no gallop.",
    "We have optimized what we can in primary care.",
    "The patient has transportation only on Tuesdays and Thursdays.",
    "Home health nurse visits weekly.",
    "Old records have been requested from the previous clinic.",
    "Last imaging was done at the county hospital and is on disc.",
    "Labs from this visit are pending at the time of this note.",
    "Pt verbalized understanding and is agreeable.",
    "Discussed red flags and when to go to the ER.",
    "Hearing is poor, so speak slowly on the phone.",
)
_MEDICINES = (
    "HCTZ 12.5 mg 1 tab po qd",
    "losartan 50 mg 1 po daily",
    "Flonase 2 sprays each nostril qd",
    "pantoprazole 40 mg AC breakfast",
    "Eliquis 5 mg BID",
    "tamsulosin 0.4 mg qhs",
    "insulin glargine 22 units at bedtime",
    "escitalopram 10 mg 1 daily",
    "naproxen 500 mg BID prn pain",
    "montelukast 10 mg nightly",
    "vitamin D3 2000 IU daily",
    "cyclobenzaprine 5 mg tid prn",
)
RESULTS = (
    ("Leukocytes", "9.1", "3.8 - 10.8"),
    ("HGB", "10.4 (LOW)", "11.7 - 15.5"),
    ("MCV", "78 (LOW)", "80 - 100"),
    ("PLT Count", "310", "140 - 400"),
    ("Glucose, fasting", "118 (HIGH)", "65 - 99"),
    ("Urea nitrogen", "22", "7 - 25"),
    ("Creat", "1.31 (HIGH)", "0.50 - 1.10"),
    ("Na", "141", "135 - 146"),
    ("K", "4.6", "3.5 - 5.3"),
    ("Alk Phos", "88", "37 - 153"),
    ("SGOT", "41 (HIGH)", "10 - 35"),
    ("SGPT", "52 (HIGH)", "6 - 29"),
    ("Free T4", "1.2", "0.8 - 1.8"),
    ("CRP", "14.2 (HIGH)", "< 8.0"),
    ("Sed rate", "44 (HIGH)", "< 30"),
    ("B12", "311", "200 - 1100"),
)
NOTICES = (
    "The documents accompanying this transmission may contain protected health information (PHI). If you are"
    " not the addressee, you may not read, copy or distribute them; call us collect and shred this fax.",
    "WARNING: Unauthorized re-disclosure of this information is prohibited by state and federal law"
    " (42 CFR Part 2, 45 CFR 164).",
    "This message is for the party named above. Received it by mistake? Ring the sender so we can correct"
    " our records.",
)
ASKS = (
    "Kindly arrange an appointment and let our referral desk know the date and time.",
    "Fax your consultation note to us within 10 days of the visit.",
    "Evaluate, treat and assume care of this problem.",
    "Please call the patient directly; we have told them to expect you.",
    "One visit is approved for now, more on request.",
)
TOLD = (
    "I would repeat the study in three months.",
    "We started a trial of therapy and will reassess at the next visit.",
    "Surgery is not indicated at this time.",
    "I have asked for outside films to compare.",
    "No change to the other medicines.",
    "Return here in 8 weeks or earlier as needed.",
)


def story(rng: Random, sentences: int) -> str:
    """A history in an office's shorthand."""
    return " ".join(rng.sample(_HISTORY, sentences))


def medicines(rng: Random, number: int) -> list[str]:
    """A list of medicines."""
    return rng.sample(_MEDICINES, number)


def opinion(rng: Random, sentences: int) -> str:
    """What a consultant writes back."""
    return " ".join(rng.sample(TOLD, sentences))
