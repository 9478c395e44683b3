"""Why patients are referred, by specialty, as referrers write it.

A line reads: who can have it (sex when only one does, ages in years) | the words | ICD-10-CM diagnoses |
services asked for (CPT numbers), if any. The wording beside each code is our own: CPT descriptions belong to
the AMA.
"""

from referralhub.demo.world import Code, Reason

_TABLE = {
    "cardiology": """
30-90 | Exertional chest tightness for 3 weeks, family history of CAD | R07.89 Chest pain | 93350 Stress echo
16-95 | Fainting on exertion with an abnormal ECG | R55 Syncope + R94.31 Abnormal ECG | 93306 Echocardiogram
40-95 | New atrial fibrillation, evaluate and treat | I48.91 Atrial fibrillation | 93306 Echocardiogram
18-95 | Palpitations despite metoprolol, rule out arrhythmia | R00.2 Palpitations | 93224 Rhythm monitor
45-95 | Worsening breathlessness and leg swelling, ejection fraction unknown | I50.9 Heart failure |
18-95 | Blood pressure uncontrolled on three drugs | I10 Hypertension + E78.5 High cholesterol |
45-90 | Abnormal stress test, consider catheterization | I25.10 Coronary disease | 78452 Nuclear stress
45-90 | Atrial fibrillation back after cardioversion | I48.0 Paroxysmal atrial fibrillation | 93656 Ablation
""",
    "orthopedics": """
12-55 | ACL tear on MRI after a soccer injury | S83.511A ACL sprain, right knee | 29888 ACL repair
45-90 | Right knee pain for eight months, physical therapy failed | M17.11 Osteoarthritis, right knee |
18-95 | Suspected rotator cuff tear after a fall | M75.101 Rotator cuff tear, right | 73221 Shoulder MRI
18-95 | Left knee locking, evaluate the meniscus | M23.92 Left knee derangement | 73721 Knee MRI
18-95 | Low back pain running to the right leg | M54.16 Lumbar radiculopathy |
18-95 | Hand numbness at night, positive wrist tests | G56.01 Carpal tunnel, right |
50-90 | Left hip pain, limited walking, consider replacement | M16.12 Osteoarthritis, left hip |
""",
    "gastroenterology": """
45-60 | Screening colonoscopy, average risk | Z12.11 Colon screening | 45378 Colonoscopy
45-85 | Positive stool test, needs colonoscopy | R19.5 Positive stool test | 45378 Colonoscopy
18-95 | Reflux not answering to omeprazole, consider endoscopy | K21.9 Reflux | 43239 Upper endoscopy
18-95 | Iron deficiency anemia, look for bleeding | D50.9 Iron deficiency anemia + K92.1 Dark stools |
25-80 | Raised liver enzymes for six months | R74.01 Raised enzymes + K76.0 Fatty liver |
18-95 | Diarrhea and weight loss, family history of Crohn disease | R19.7 Diarrhea + R63.4 Weight loss |
18-95 | Trouble swallowing solid food | R13.10 Trouble swallowing | 43239 Upper endoscopy
""",
    "pulmonology": """
40-90 | Lung nodule of 8 mm in the right upper lobe | R91.1 Lung nodule | 78815 PET-CT
45-95 | COPD with frequent flares, adjust therapy | J44.9 COPD | 94060 Spirometry
18-95 | Loud snoring and witnessed pauses in breathing | G47.33 Sleep apnea | 95810 Sleep study
6-80 | Asthma not controlled on an inhaled steroid | J45.40 Moderate asthma | 94060 Spirometry
18-95 | Cough for four months with a clear chest X-ray | R05.3 Chronic cough |
50-95 | Low oxygen on walking, evaluate for home oxygen | R09.02 Low oxygen |
""",
    "dermatology": """
18-95 | Changing mole on the left upper back, rule out melanoma | D22.5 Mole of the trunk | 11102 Skin biopsy
18-80 | Plaque psoriasis over a tenth of the body, consider a biologic | L40.0 Psoriasis |
45-95 | Sore on the left cheek that does not heal | D48.5 Skin growth, nature unsure | 11102 Skin biopsy
4-50 | Eczema since childhood, steroid creams no longer help | L20.9 Eczema |
13-40 | Scarring acne, oral antibiotic failed | L70.0 Acne |
18-95 | Patchy hair loss for two months | L63.9 Alopecia areata |
""",
    "neurology": """
45-95 | Tremor and change of gait over a year | R25.1 Tremor + R26.89 Gait change |
12-65 | Migraine twice a week, two preventives failed | G43.909 Migraine | 70553 Brain MRI
6-80 | First seizure without a cause found | R56.9 Seizure | 95816 EEG
58-95 | Memory loss over one year, evaluate for dementia | R41.3 Memory loss | 70553 Brain MRI
18-95 | Numb and burning feet, nerve study wanted | G62.9 Neuropathy | 95886 Needle nerve study
45-95 | Facial droop last month, now better, stroke follow-up | Z86.73 Past mini-stroke |
""",
    "obgyn": """
F 28-52 | Fibroids with heavy bleeding | D25.9 Fibroids + N92.0 Heavy periods | 58140 Fibroid removal
F 21-65 | Abnormal Pap test, needs colposcopy | R87.610 Abnormal Pap test | 57454 Colposcopy
F 53-85 | Bleeding after menopause | N95.0 Bleeding after menopause | 76830 Pelvic ultrasound
F 16-45 | Pelvic pain, suspected endometriosis | R10.20 Pelvic pain |
F 20-42 | Pregnancy at ten weeks, first visit, past preterm birth | O09.211 Supervision, past preterm birth |
F 16-40 | Irregular cycles and acne, evaluate for PCOS | E28.2 Polycystic ovaries |
""",
    "nephrology": """
40-95 | Kidney function falling, eGFR now 38 | N18.32 Kidney disease, stage 3b | 76770 Kidney ultrasound
18-95 | Heavy protein in the urine, evaluate for biopsy | R80.9 Protein in urine | 50200 Kidney biopsy
35-90 | Stage 4 kidney disease, plan for dialysis access | N18.4 Kidney disease, stage 4 |
35-90 | Diabetes with kidney damage | E11.21 Diabetic kidney disease |
18-95 | High potassium on lisinopril | E87.5 High potassium + I12.9 Hypertensive kidney disease |
18-95 | Blood and protein in urine, possible nephritis | N05.9 Nephritic syndrome |
""",
    "endocrinology": """
18-95 | Thyroid nodule of 2.1 cm, TSH low | E04.1 Thyroid nodule | 10005 Thyroid needle biopsy
18-95 | Diabetes with A1c of 10.4, help with insulin | E11.65 High sugar | 95251 Glucose sensor review
18-95 | New overactive thyroid | E05.90 Overactive thyroid |
F 55-92 | Osteoporosis with a spine fracture | M80.08XA Osteoporosis with spine fracture |
8-55 | Type 1 diabetes, wants an insulin pump | E10.65 Type 1 diabetes with high sugar |
18-95 | High calcium with high parathyroid hormone | E21.3 Overactive parathyroid |
""",
    "urology": """
40-90 | Visible blood in the urine, smoker | R31.0 Visible blood in urine | 52000 Cystoscopy
M 50-80 | PSA of 7.2, rising | R97.20 Raised PSA |
M 50-92 | Slow stream and night waking, tamsulosin failed | N40.1 Enlarged prostate with symptoms |
18-95 | Third kidney stone in two years | N20.0 Kidney stone |
F 24-60 | Leaking of urine with cough after childbirth | N39.3 Stress incontinence |
F 18-85 | Five urine infections in a year | N39.0 Urinary infection |
""",
    "rheumatology": """
18-95 | Swollen hand joints, rheumatoid factor positive | M06.9 Rheumatoid arthritis | 96413 Infusion
18-95 | Positive ANA, rash and joint pain | M32.9 Lupus + R76.89 Positive ANA |
18-95 | Gout flares despite allopurinol | M10.9 Gout |
52-92 | Shoulder and hip stiffness, high ESR | M35.3 Polymyalgia |
24-50 | Back stiffness in the morning since age 24 | M45.9 Ankylosing spondylitis |
18-95 | Dry eyes and mouth, evaluate for Sjogren syndrome | M35.00 Sjogren syndrome |
""",
    "allergy": """
4-30 | Suspected peanut allergy, hives after a cookie | T78.40XA Allergic reaction | 95004 Skin testing
6-65 | Hay fever all year, wants allergy shots | J30.9 Allergic rhinitis | 95004 Skin testing
8-70 | Hives for ten weeks, no cause found | L50.1 Chronic hives |
6-75 | Reaction to a bee sting with fainting | T63.441A Bee sting |
18-95 | Penicillin allergy on file, needs testing before surgery | Z88.0 Penicillin allergy |
6-70 | Sinus infections again and again, check immunity | J32.9 Chronic sinusitis + D84.9 Immune deficiency |
""",
}


def _codes(text: str) -> tuple[Code, ...]:
    return tuple(Code(*part.split(" ", 1)) for part in text.split(" + ") if part)


def _reason(line: str) -> Reason:
    who, words, diagnoses, services = (part.strip() for part in line.split("|"))
    *sex, ages = who.split(" ")
    youngest, oldest = map(int, ages.split("-"))
    return Reason(words, _codes(diagnoses), _codes(services), "".join(sex), youngest, oldest)


REASONS = {code: tuple(map(_reason, lines.strip().splitlines())) for code, lines in _TABLE.items()}
CHEST_TIGHTNESS = REASONS["cardiology"][0]


def reasons_for(sex: str, age: int) -> list[tuple[str, Reason]]:
    """What a person of this sex and age in years may be referred for: specialty codes with reasons."""
    return [
        (code, reason) for code, reasons in REASONS.items() for reason in reasons if reason.fits(sex, age)
    ]
