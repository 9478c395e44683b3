"""What one confirmation would do with a paper: close the loop of a referral, or answer a request of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intake import answers, closing, fields, queries, typed
from intake.answers import Reply
from intake.choosing import Candidate
from intake.extraction import dates
from intake.models import Arrival, FieldReading, Page, Reading
from organizations import words
from organizations.models import Membership
from referrals import letters
from referrals.lifecycle import Stage
from referrals.models import InfoRequest, Referral

OUR_REQUEST = "our_request"  # the field in which a reading keeps the reply found on its pages
ANSWERABLE = [
    Stage.SENT, Stage.RECEIVED, Stage.INFO_REQUESTED, Stage.ACCEPTED, Stage.SCHEDULED, Stage.SEEN,
    Stage.REPORTED,
]  # fmt: skip


@dataclass(frozen=True)
class Closing:
    """A report and the referrals that it may answer. `may_close`: this person may say that it was read."""

    candidates: list[Candidate]
    seen_on: date
    may_close: bool
    patient_ids: list[UUID]

    @property
    def label(self) -> str:
        """What the button says."""
        return "Attach and close the loop" if self.may_close else "Attach for the clinician to read"


@dataclass(frozen=True)
class Line:
    """One thing that was asked for, and what came of it; `key` is the field that it fills."""

    number: int
    text: str
    key: str
    came: bool
    value: str = ""


@dataclass(frozen=True)
class Answer:
    """A paper that answers a request of ours."""

    request: InfoRequest
    asked: str
    lines: list[Line]


def closing_of(arrival: Arrival, paper: Reading | None, membership: Membership) -> Closing | None:
    """The open outbound referrals that a consult report may answer; None for any other paper."""
    if paper is None or paper.handled_at is not None or paper.doc_class != "consult_report":
        return None
    strengths = _patients(paper)
    open_ones = {one.pk: one for one in _open_outbound(strengths)}
    zone = arrival.organization.zone
    came_on = arrival.received_at.astimezone(zone).date()
    text = _text(arrival, paper)
    report = closing.Report(came_on, text, arrival.from_number, arrival.sender_id)
    sent = [_sent(one, strengths[one.patient_id], zone) for one in open_ones.values()]
    found = closing.candidates(report, sent)
    if not found:
        return None
    best = closing.chosen(found)
    likeliest = open_ones[(best or found[0]).referral_id]
    return Closing(
        [_candidate(open_ones[one.referral_id], one, best) for one in found],
        _seen_on(likeliest, text, came_on, zone),
        membership.may("referrals.acknowledge"),
        [open_ones[one.referral_id].patient_id for one in found],
    )


def _patients(paper: Reading) -> dict[UUID, str]:
    """Whom the report may be about, and how surely."""
    values = {row.key: row.final_value for row in paper.fields.all() if row.key in fields.BY_KEY}
    strengths = {match.patient_id: match.strength for match in queries.patients_like(values)}
    if paper.matched_patient_id:
        strengths[paper.matched_patient_id] = "strong"
    return strengths


def _open_outbound(strengths: Mapping[UUID, str]) -> list[Referral]:
    return list(
        Referral.objects.filter(
            patient__in=strengths, direction=Referral.Direction.OUTBOUND, stage__in=ANSWERABLE
        ).select_related(
            "patient", "specialty", "receiving_practice", "receiving_provider", "appointment__slot"
        )
    )


def _sent(referral: Referral, strength: str, zone: object) -> closing.Sent:
    practice, clinician = referral.receiving_practice, referral.receiving_provider
    return closing.Sent(
        referral_id=referral.pk,
        strength=strength,
        sent_on=referral.index_at.astimezone(zone).date(),  # type: ignore[arg-type]
        practice_id=practice.pk if practice else None,
        practice=practice.name if practice else "",
        fax=practice.fax if practice else "",
        clinician_family=clinician.family_name if clinician else "",
        specialty=referral.specialty.name if referral.specialty else "",
    )


def _candidate(referral: Referral, found: closing.Candidate, best: closing.Candidate | None) -> Candidate:
    where = referral.receiving_practice or referral.receiving_provider or "another office"
    what = f"{referral.specialty}, " if referral.specialty else ""
    title = f"{referral.number}, {referral.patient}"
    sub = f"{what}sent to {where}, {referral.stage_label}"
    return Candidate(str(referral.pk), title, sub, found.reasons, found == best)


def _seen_on(referral: Referral, text: str, came_on: date, zone: object) -> date:
    """The day of the visit: as booked, else the first day on the report after the referral, else today's."""
    if referral.visit_at and (booked := referral.visit_at.astimezone(zone).date()) <= came_on:  # type: ignore[arg-type]
        return booked
    sent_on = referral.index_at.astimezone(zone).date()  # type: ignore[arg-type]
    named = [day.on for day in dates.find(text, latest=came_on) if sent_on <= day.on <= came_on]
    return min(named, default=came_on)


def _text(arrival: Arrival, paper: Reading) -> str:
    pages = Page.objects.filter(arrival=arrival, number__gte=paper.first_page, number__lte=paper.last_page)
    return "\n".join(" ".join(word[0] for word in page.words) for page in pages)


# ---------------------------------------------------------------- an answer to our request
def answer_of(arrival: Arrival, paper: Reading | None) -> Answer | None:
    """The open request whose code stands on this paper, with what was ticked and written, if any."""
    if paper is None or paper.handled_at is not None:
        return None
    reply = _reply_on(arrival, paper)
    request = request_of(reply.code, arrival.organization.link_key) if reply else None
    if reply is None or request is None:
        return None
    asked = words.us_date(request.asked_at.astimezone(arrival.organization.zone).date())
    return Answer(request, asked, _lines(request, reply, arrival))


def _reply_on(arrival: Arrival, paper: Reading) -> Reply | None:
    kept = FieldReading.objects.filter(
        reading__arrival=arrival, key=OUR_REQUEST, page__gte=paper.first_page, page__lte=paper.last_page
    ).first()
    return answers.from_text(kept.value, kept.page or 1) if kept else None


def request_of(code: str, link_key: str) -> InfoRequest | None:
    """The open request of a code, be it the request's own or the referral's; None when nothing is open."""
    if not code.startswith(link_key):
        return None
    rest = code[len(link_key) :]
    waiting = InfoRequest.objects.filter(answered_at=None).select_related(
        "referral__patient", "referral__specialty", "organization"
    )
    found: InfoRequest | None = (
        waiting.filter(code=rest).first()
        or waiting.filter(referral__status_code=rest).order_by("-asked_at").first()
    )
    return found


def _lines(request: InfoRequest, reply: Reply, arrival: Arrival) -> list[Line]:
    came_on = arrival.received_at.astimezone(arrival.organization.zone).date()
    return [
        Line(n, item.text, item.key, _came(n, reply), _value(item.key, reply.written.get(n, ""), came_on))
        for n, item in enumerate(letters.items_of(request.wanted))
    ]


def _came(number: int, reply: Reply) -> bool:
    """Ticked, or written on; where no box was found or none is ticked, the papers behind it may be all."""
    return not reply.ticked or number in reply.ticked or bool(reply.written.get(number))


def _value(key: str, text: str, today: date) -> str:
    """What was written, as the field shows it; as it was read when it cannot be understood."""
    if not key:
        return ""
    field = fields.BY_KEY[key]
    try:
        return field.show(field.parse(text, today))
    except typed.Wrong:
        return text
