"""The patients a reviewer chooses from, as components/_match.html draws them, and who is chosen already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from intake import queries
from intake.forms import NEW
from intake.matching import Match, Reason, sure
from organizations import words
from patients.models import Patient


@dataclass(frozen=True)
class Candidate:
    """One line of the choice."""

    value: str
    title: str
    sub: str = ""
    reasons: tuple[Reason, ...] = ()
    chosen: bool = False


@dataclass(frozen=True)
class Choice:
    """Everybody who may be meant, a new patient last."""

    candidates: list[Candidate]
    is_strong: bool = False
    patient_ids: list[UUID] = field(default_factory=list)

    @property
    def chosen(self) -> Candidate:
        """Whoever is chosen, else the likeliest."""
        return next((c for c in self.candidates if c.chosen), self.candidates[0])

    @property
    def shown(self) -> str:
        """Who was shown, for the check that nobody is made twice unseen."""
        return " ".join(str(key) for key in self.patient_ids)


def choice_for(values: Mapping[str, str], *, posted: str | None, remembered: Patient | None) -> Choice:
    """The choice for these values: `posted` by the person, `remembered` from the paper, or ours."""
    likely = queries.likely_patients(values)
    if remembered is not None and all(patient.pk != remembered.pk for _, patient in likely):
        likely.append((Match(remembered.pk, 0, "possible"), remembered))
    matches = [match for match, _ in likely]
    chosen = posted if posted is not None else str(remembered.pk) if remembered else _beforehand(matches)
    listed = [
        Candidate(
            str(patient.pk), str(patient), _sub(patient, match), match.reasons, chosen == str(patient.pk)
        )
        for match, patient in likely
    ]
    new = Candidate(NEW, "Create a new patient", chosen=chosen == NEW)
    return Choice([*listed, new], sure(matches) is not None, [patient.pk for _, patient in likely])


def _beforehand(matches: Sequence[Match]) -> str:
    """The one strong match; a new patient if nobody is alike; between possible ones a person must choose."""
    strong = sure(list(matches))
    if strong is not None:
        return str(strong.patient_id)
    return "" if matches else NEW


def _sub(patient: Patient, match: Match) -> str:
    agrees = any(reason.text == "Birth date" and reason.agrees for reason in match.reasons)
    return f"MRN {patient.mrn}" + ("" if agrees else f", born {words.us_date(patient.birth_date)}")
