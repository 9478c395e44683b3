"""A consult report comes back: which of our open outbound referrals does it answer? Pure.

The patient says most, then the office it came from, then clinician and specialty named on it, and whether it
came after the referral left. What disagrees is said as well, so that a person can judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from intake.matching import Reason
from organizations import words
from organizations.names import name_key

PATIENT = {"strong": 50, "possible": 20}
OFFICE_FAX, OFFICE_NAMED, CLINICIAN, SPECIALTY, IN_TIME = 25, 15, 15, 10, 10
TOO_EARLY = -60
WINDOW = timedelta(days=365)  # after which a report is rather one of a later referral
LEAST = 50
CLEAR_LEAD = 15  # points ahead of the next one, for a choice beforehand


@dataclass(frozen=True)
class Report:
    """A report as read: `text` is all its words, `practice_id` the sender we know, `from_number` E.164."""

    came_on: date
    text: str
    from_number: str = ""
    practice_id: UUID | None = None


@dataclass(frozen=True)
class Sent:
    """An open referral of ours to somebody else; `strength` is how well its patient matches the report's."""

    referral_id: UUID
    strength: str
    sent_on: date
    practice_id: UUID | None = None
    practice: str = ""
    fax: str = ""
    clinician_family: str = ""
    specialty: str = ""


@dataclass(frozen=True)
class Candidate:
    """A referral that may be answered."""

    referral_id: UUID
    score: int
    reasons: tuple[Reason, ...] = field(default=())


def candidates(report: Report, referrals: Iterable[Sent]) -> list[Candidate]:
    """The referrals that the report may answer, likeliest first."""
    scored = [_score(report, sent, name_key(report.text)) for sent in referrals]
    likely = [one for one in scored if one.score >= LEAST]
    return sorted(likely, key=lambda one: (-one.score, str(one.referral_id)))


def chosen(found: list[Candidate]) -> Candidate | None:
    """The one that stands clear of the others; between two alike a person chooses."""
    if len(found) > 1 and found[0].score - found[1].score < CLEAR_LEAD:
        return None
    return found[0] if found else None


def _score(report: Report, sent: Sent, said: str) -> Candidate:
    judged = [
        (PATIENT[sent.strength], Reason("Patient", sent.strength == "strong")),
        _office(report, sent, said),
        _named(sent.clinician_family, said, CLINICIAN, "Clinician"),
        _named(sent.specialty, said, SPECIALTY, "Specialty"),
        _time(report, sent),
    ]
    reasons = tuple(reason for _, reason in judged if reason is not None)
    return Candidate(sent.referral_id, sum(points for points, _ in judged), reasons)


def _office(report: Report, sent: Sent, said: str) -> tuple[int, Reason | None]:
    same_office = sent.practice_id is not None and sent.practice_id == report.practice_id
    if same_office or (sent.fax and sent.fax == report.from_number):
        return OFFICE_FAX, Reason("Came from their fax", True)
    if sent.practice and f" {name_key(sent.practice)} " in f" {said} ":
        return OFFICE_NAMED, Reason("Office named", True)
    return 0, Reason("Other office", False) if report.practice_id else None


def _named(name: str, said: str, points: int, label: str) -> tuple[int, Reason | None]:
    is_named = bool(name) and f" {name_key(name)} " in f" {said} "
    return (points, Reason(f"{label} named", True)) if is_named else (0, None)


def _time(report: Report, sent: Sent) -> tuple[int, Reason | None]:
    if report.came_on < sent.sent_on:
        return TOO_EARLY, Reason(f"Came before we referred on {words.us_date(sent.sent_on)}", False)
    if report.came_on - sent.sent_on > WINDOW:
        return 0, Reason(f"Referred long ago, {words.us_date(sent.sent_on)}", False)
    return IN_TIME, Reason(f"Referred {words.us_date(sent.sent_on)}", True)
