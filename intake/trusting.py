"""When a referral may be accepted without a person: every rule, each with its sentence. Pure.

It is off unless an organization turns it on. One reason against is enough for a person to decide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from intake import fields, typed

# What goes on the patient's record or decides who is called: each must be as sure as the organization wants.
SURE = (
    "patient_last", "patient_first", "patient_dob", "patient_phone", "patient_address", "member_id",
    "ref_npi", "to_specialty", "reason", "urgency",
)  # fmt: skip
LEAST_CHECKED = 50  # faxes that people checked in the last 30 days, before it may be turned on
LEAST_RIGHT = 0.98  # share of those as sure as the threshold in which nobody changed anything
STAT = "stat"


@dataclass(frozen=True)
class Value:
    """One value as read: `why` is what a person should look at, empty when it reads clearly."""

    value: str
    confidence: float
    why: str = ""


@dataclass(frozen=True)
class Case:
    """Everything the rules look at."""

    doc_class: str
    papers: int
    values: Mapping[str, Value]
    sender_known: bool
    patient_is_sure: bool
    lookalikes: int
    seen_before: bool
    has_open_twin: bool
    was_undone: bool
    troubled: bool


def reasons_against(case: Case, *, at_least: float, only_known_senders: bool, today: date) -> list[str]:
    """Why a person must decide; empty when the referral passes every rule."""
    return [*_of_fax(case, only_known_senders), *_of_patient(case), *_of_values(case, at_least, today)]


def _of_fax(case: Case, only_known_senders: bool) -> Iterator[str]:
    if case.doc_class != "referral":
        yield "It is no plain referral."
    if case.papers != 1:
        yield "There is more than one paper on the fax."
    if case.troubled:
        yield "Not every page could be read."
    if only_known_senders and not case.sender_known:
        yield "The sender is not in the directory."
    if case.seen_before:
        yield "It looks like a fax that came before."
    if case.was_undone:
        yield "A person took it back before."


def _of_patient(case: Case) -> Iterator[str]:
    if not case.patient_is_sure and case.lookalikes:
        yield "The patient may be one whom we know."
    if case.has_open_twin:
        yield "An open referral of this patient asks for the same."


def _of_values(case: Case, at_least: float, today: date) -> Iterator[str]:
    read = {key: one.value for key, one in case.values.items() if one.value}
    if fields.missing(read, known_patient=False):
        yield "Something that a referral needs is missing."
    if read.get("urgency") == STAT:
        yield "It is stat."
    for key in read:
        one = case.values[key]
        if one.why:
            yield f"{fields.BY_KEY[key].label}: {one.why}."
        elif key in SURE and one.confidence < at_least:
            yield f"{fields.BY_KEY[key].label} is not sure enough."
        elif not _is_understood(key, one.value, today):
            yield f"{fields.BY_KEY[key].label} does not look right."


def _is_understood(key: str, value: str, today: date) -> bool:
    try:
        return fields.BY_KEY[key].parse(value, today) == value
    except typed.Wrong:
        return False


@dataclass(frozen=True)
class Measured:
    """How people's checks of the last days bear out a threshold: counts of faxes."""

    checked: int
    as_sure: int
    right: int

    @property
    def share(self) -> float | None:
        """Of the faxes as sure as the threshold, those in which nobody changed a value; None without any."""
        return self.right / self.as_sure if self.as_sure else None

    @property
    def objection(self) -> str:
        """Why it may not be turned on yet; empty when it may."""
        if self.checked < LEAST_CHECKED:
            return (
                f"People have checked {self.checked} faxes in the last 30 days. "
                f"With fewer than {LEAST_CHECKED} nobody can tell how often the machine is wrong here."
            )
        if self.share is None:
            return "No fax of the last 30 days was this sure, so nothing is measured. Lower the threshold."
        if self.share < LEAST_RIGHT:
            return (
                f"Of {self.as_sure} faxes this sure, people corrected {self.as_sure - self.right}. "
                f"At least {LEAST_RIGHT:.0%} must stand uncorrected. Raise the threshold."
            )
        return ""
