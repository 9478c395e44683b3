"""What surrounds a referral on a chart: histories, medicines and laboratory values, never a field's value."""

from random import Random

MEDICINES = (
    "metoprolol tartrate 25 mg twice daily",
    "lisinopril 10 mg daily",
    "atorvastatin 40 mg nightly",
    "metformin 1000 mg twice daily",
    "omeprazole 20 mg daily",
    "sertraline 50 mg daily",
    "levothyroxine 75 mcg daily",
    "albuterol inhaler as needed",
    "gabapentin 300 mg three times daily",
    "amlodipine 5 mg daily",
    "aspirin 81 mg daily",
    "hydrochlorothiazide 25 mg daily",
)
SENTENCES = (
    "Past medical history is notable for hypertension and hyperlipidemia.",
    "No known drug allergies.",
    "Patient is a former smoker, quit in 2015.",
    "Denies fever, chills, night sweats or unintentional weight loss.",
    "Family history is positive for coronary disease in father.",
    "Symptoms are gradually worsening.",
    "Prior imaging was reviewed and is attached to this transmission.",
    "Conservative measures have been tried without sustained relief.",
    "Vital signs were stable at the last visit.",
    "Review of systems is otherwise negative.",
    "Surgical history includes appendectomy.",
    "Patient lives at home with family.",
    "Examination shows no acute distress.",
    "Lungs are clear to auscultation bilaterally.",
    "Heart is regular rate and rhythm without murmur.",
    "Abdomen is soft and non tender with normal bowel sounds.",
    "Gait is steady and strength is five out of five throughout.",
    "Medication list was reconciled with the patient today.",
)
LABORATORY = (
    ("WBC", "6.8", "4.0-11.0", "K/uL"),
    ("Hemoglobin", "11.2 L", "13.5-17.5", "g/dL"),
    ("Hematocrit", "34.1 L", "38.0-50.0", "%"),
    ("Platelets", "245", "150-400", "K/uL"),
    ("Glucose", "142 H", "70-99", "mg/dL"),
    ("BUN", "18", "7-20", "mg/dL"),
    ("Creatinine", "1.04", "0.60-1.30", "mg/dL"),
    ("eGFR", "72", ">60", "mL/min"),
    ("Sodium", "139", "136-145", "mmol/L"),
    ("Potassium", "4.2", "3.5-5.1", "mmol/L"),
    ("Calcium", "9.4", "8.6-10.2", "mg/dL"),
    ("ALT", "28", "7-56", "U/L"),
    ("AST", "25", "10-40", "U/L"),
    ("TSH", "2.41", "0.45-4.50", "uIU/mL"),
    ("Hemoglobin A1c", "7.9 H", "4.0-5.6", "%"),
    ("LDL Cholesterol", "131 H", "<100", "mg/dL"),
    ("Ferritin", "12 L", "30-400", "ng/mL"),
)


ADVICE = (
    "Findings and plan were discussed with the patient, who agrees.",
    "Continue current medications without change.",
    "Physical therapy twice weekly for six weeks.",
    "Repeat laboratory tests in four weeks.",
    "Follow up in this office in six weeks, sooner if symptoms worsen.",
    "Further imaging only if there is no improvement.",
    "Please call with any question about this plan.",
)


def history(rng: Random, sentences: int) -> str:
    """Some sentences of a history, no two alike."""
    return " ".join(rng.sample(SENTENCES, sentences))


def advice(rng: Random, sentences: int) -> str:
    """What a specialist recommends."""
    return " ".join(rng.sample(ADVICE, sentences))
