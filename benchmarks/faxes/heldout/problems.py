"""Why patients of the held-out set are sent on, and what the specialty is called.

A heading gives names for one specialty, any of which may be printed. A line reads: sex and ages | words |
diagnoses | services. The wording beside each code is our own.
"""

from random import Random
from typing import NamedTuple

from referralhub.demo.world import Code, Reason

_TABLE = """
# Cardiology / Heart and vascular / Cardiovascular medicine
40-90|DOE x 2 months and new LBBB on EKG, risk stratify|R06.09 Dyspnea on exertion + I44.7 LBBB|93306 TTE
30-90|Murmur heard on physical, grade 3/6 systolic|R01.1 Cardiac murmur|93306 TTE
50-95|Carotid bruit and leg cramps when walking|R09.89 Bruit + I73.9 PVD|93880 Carotid duplex
# ENT / Otolaryngology / Ear, Nose and Throat
2-12|Recurrent strep, 7 episodes this year, consider T&A|J03.01 Recurrent strep tonsillitis|42820 T and A
18-90|Hoarse voice longer than 6 weeks in a smoker|R49.0 Dysphonia|31575 Scope
5-80|Chronic sinus infections failing two rounds of Augmentin|J32.9 Chronic sinusitis|70486 Sinus CT
# Orthopedic surgery / Ortho / Orthopaedics
45-90|End stage left knee arthritis, interested in TKA|M17.12 OA left knee|27447 Knee replacement
15-60|Twisted ankle stepping off curb, still swollen at 5 wks|S93.401A Ankle sprain|73610 Ankle films
18-80|Trigger finger right ring, injection did not hold|M65.341 Trigger finger|26055 Release
# Gastroenterology / GI / Digestive health
45-75|Positive Cologuard, needs diagnostic scope|R19.5 Abnormal stool test|45378 Colonoscopy
18-80|Trouble swallowing solids, 15 lb weight loss|R13.10 Dysphagia + R63.4 Weight loss|43235 EGD
30-80|Elevated LFTs with fatty liver on ultrasound|R74.01 LFT elevation + K76.0 Fatty liver|
# Neurology / Neuro / Neurosciences
18-75|Migraines 4 days a week in spite of topiramate|G43.709 Chronic migraine|
60-95|Memory loss noticed by daughter, MoCA 19|R41.3 Memory loss|99483 Cognitive visit
25-80|Burning feet, rule out large fiber neuropathy|G62.9 Polyneuropathy|95910 Nerve study
# Pulmonary / Pulmonology / Lung and sleep medicine
40-85|8 mm RLL nodule seen incidentally on CT abdomen|R91.1 Lung nodule|71250 Chest CT
20-80|Loud snoring, STOP-BANG 6, needs sleep study|G47.33 OSA|95810 Sleep study
18-80|Asthma flare three times since August on Symbicort|J45.41 Asthma flare|94060 PFT
# Endocrinology / Endo / Diabetes and hormones
18-85|A1c 10.4 on three orals, start insulin and pump talk|E11.65 Uncontrolled diabetes|95251 CGM
20-80|TSH undetectable with tremor and palpitations|E05.90 Hyperthyroidism|
# Nephrology / Kidney care / Renal
30-90|eGFR dropped from 52 to 31 in one year|N18.32 CKD 3b + I12.9 HTN kidney disease|76770 Renal US
# Urology / Uro / GU surgery
M40-85|PSA 7.8, previously 3.1, biopsy discussion|R97.20 High PSA|55700 Biopsy
18-85|Second kidney stone this year, 9 mm in left ureter|N20.1 Ureter stone|52356 Lithotripsy
# Rheumatology / Rheum / Arthritis center
18-80|Swollen MCPs, RF 88 and anti-CCP positive|M06.9 RA|
# Dermatology / Derm / Skin clinic
30-95|Changing mole on upper back, irregular border|D48.5 Uncertain skin lesion|11102 Biopsy
2-60|Plaques on elbows and scalp, steroid creams not helping|L40.0 Psoriasis|
# OB/GYN / Gynecology / Women's health
F21-65|HSIL on Pap smear, needs colpo|R87.613 HSIL|57454 Colposcopy
F30-55|Heavy periods with Hgb 8.9, fibroids on scan|N92.0 Menorrhagia + D50.0 Iron deficiency|58558 Scope
# Behavioral health / Psychiatry / Mental health
16-80|Depression not responding to second SSRI, PHQ-9 of 21|F33.2 Major depression|90792 Evaluation
6-17|School reports inattention, Vanderbilt positive|F90.0 ADHD|96127 Rating
# Podiatry / Foot and ankle
40-90|Non healing ulcer under great toe in a diabetic|E11.621 Diabetic foot ulcer|11042 Debridement
# Physical medicine and rehab / PM&R / Pain management
25-85|Low back pain with L5 radiculopathy, asking for ESI|M54.16 Radiculopathy|62323 Injection
# Hematology oncology / Heme-Onc / Cancer center
40-90|M spike on SPEP, anemia work up|D47.2 MGUS + D64.9 Anemia|
# Ophthalmology / Eye clinic / Eye surgery
40-90|Diabetic eye exam overdue, blurry on right|E11.319 Diabetic retinopathy|92004 Eye exam
"""
_GROWN = 30  # years; the further diagnoses are those of adults
_EXTRA = "I10 HTN|E78.5 Lipids|F17.210 Smoker|E66.01 Obesity|Z79.4 Insulin use|E03.9 Hypothyroid"


class Problem(NamedTuple):
    """What is wrong and whose field it is; `specialties` begins with the name that is printed."""

    specialties: tuple[str, ...]
    reason: Reason


def problem(rng: Random, sex: str, age: int) -> Problem:
    """A problem that someone of this sex and age can have."""
    fitting = [found for found in _PROBLEMS if found.reason.fits(sex, age)]
    names, reason = rng.choice(fitting)
    more = _codes(rng.choice(_EXTRA.split("|"))) if age >= _GROWN and rng.random() < 0.35 else ()
    known = Reason(reason.text, reason.diagnoses + more, reason.services)
    return Problem(tuple(sorted(names, key=lambda _: rng.random())), known)


def _codes(text: str) -> tuple[Code, ...]:
    return tuple(Code(*part.split(" ", 1)) for part in text.split(" + ") if part)


def _read_table() -> list[Problem]:
    found: list[Problem] = []
    names: tuple[str, ...] = ()
    for line in _TABLE.strip().splitlines():
        if line.startswith("# "):
            names = tuple(line[2:].split(" / "))
            continue
        who, words, diagnoses, services = line.split("|")
        youngest, oldest = who.lstrip("MF").split("-")
        sex = who[0] if who[0] in "MF" else ""
        reason = Reason(words, _codes(diagnoses), _codes(services), sex, int(youngest), int(oldest))
        found.append(Problem(names, reason))
    return found


_PROBLEMS = _read_table()
