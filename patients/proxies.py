"""Who may speak for a patient, and until when. Pure.

A parent decides for a child because the child is a minor; once the law lets the patient consent to care, the
say is the patient's (45 CFR 164.502(g)(3)). That is at 18 but for Alabama (Code 26-1-1) and Nebraska (Rev.
Stat. 43-2101) with 19; in Mississippi one comes of age at 21, but may consent to care at 18 (Guttmacher
Institute, Minors and the Right to Consent, 2000). Some may consent to some care sooner, and a court or a
marriage may set another day, so the day is only proposed and a person may change it.
"""

from datetime import date

MAJORITY = 18
LATER_MAJORITY = {"AL": 19, "NE": 19}
ENDS_WITH_MINORITY = {"parent", "guardian"}


def comes_of_age(born: date, state: str = "") -> date:
    """The birthday on which a minor becomes an adult where they live; March 1 for those of February 29."""
    year = born.year + LATER_MAJORITY.get(state.upper(), MAJORITY)
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def is_minor(born: date, state: str, on: date) -> bool:
    """Whether somebody else still decides for them on a day."""
    return on < comes_of_age(born, state)


def proposed_end(relation: str, born: date, state: str, on: date) -> date | None:
    """The day on which this person's say ends by itself, or None when it does not."""
    if relation in ENDS_WITH_MINORITY and is_minor(born, state, on):
        return comes_of_age(born, state)
    return None
