"""What people wrote: reasons, questions, notes. Wording of the demo's own."""

from random import Random

MISSING = (
    "Office note of the last visit",
    "The laboratory results that the order mentions",
    "The imaging report; only the order came",
    "Insurance card, both sides",
    "Medication list and allergies",
)
ADVICE = (
    "Go on with the present treatment and repeat the tests in three months. Refer again if they rise.",
    "No visit needed with these findings. Reassure the patient; we are glad to see them if it returns.",
)
NOTES = (
    "Prefers mornings and has no car on Thursdays.",
    "Daughter drives; call her first if the mobile fails.",
    "Works nights. Call after 2 PM.",
    "Asked which parking deck to use. Sent the map.",
    "Uses a walker, ground floor room please.",
)
HOLDS = ("Patient travels until then", "Patient waits for new insurance cards")
REFUSALS = {
    "L3-CRITERIA": "Does not meet our criteria yet: conservative treatment first, then refer again.",
    "L3-WRONG-SPECIALTY": "Another specialty should see this patient.",
    "L3-INCOMPLETE": "What we asked for never came, and without it we cannot decide.",
    "L3-CAPACITY": "No first visit is left within the time asked for.",
}
ENDINGS = {
    "L5-RESOLVED": "Patient says the complaint is gone.",
    "L5-ELSEWHERE-IN": "Seen by another clinician of the network.",
    "X-MOVED": "Patient moved out of state.",
    "X-ADMITTED": "Admitted to hospital and seen there.",
    "X-DIED": "Withdrawn by the referring office.",
}
FOUND_ANOTHER = "Referring office told; they sent the patient to another office."
SENT_TWICE = "The same order came the day before."
CANCELLED_VISITS = ("Patient has to work that day", "Patient is ill", "Clinician is away that day")
CALLED = (
    "Left word to call back.",
    "No answer, mailbox full.",
    "Somebody else answered; asked for a call back, gave no details.",
)
REFUSED_BY_PAYER = "The payer says that the documentation does not show conservative treatment."


def one_of(phrases: tuple[str, ...], rng: Random) -> str:
    """Any of them."""
    return rng.choice(phrases)
