"""What becomes of a paper besides a referral: not one at all, or part of one we have."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.actions import checking, papers
from intake.models import Arrival, Reading
from organizations import words
from organizations.models import Membership
from referrals.actions import moving
from referrals.actions.moving import By
from referrals.models import Document, Referral

FINISHED_AS = (
    (Reading.Outcome.ACCEPTED, Arrival.State.ACCEPTED),
    (Reading.Outcome.ATTACHED, Arrival.State.ATTACHED),
    (Reading.Outcome.REFUSED, Arrival.State.NOT_REFERRAL),
)


class OtherPatient(Exception):
    """The paper gives another birth date than the referral's patient has."""


@transaction.atomic
def refuse(*, arrival_id: UUID, reading_id: UUID | None, membership: Membership, reason: str) -> Arrival:
    """It is not a referral, and here is why. Raises claiming.Held and checking.AlreadyHandled."""
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    return handle(arrival, paper, Reading.Outcome.REFUSED, membership, note=reason)


@transaction.atomic
def attach(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    referral: Referral,
    kind: str,
    sure: bool = False,
) -> Arrival:
    """Put the paper with a referral we have, as a report or a record.

    Raises OtherPatient when the birth dates differ and the person has not said that they are sure.
    """
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    refuse_another_patient(paper, referral, sure)
    document = papers.put_with(referral, arrival=arrival, paper=paper, kind=kind, user=membership.user)
    held = moving.lock(referral.pk)
    came = papers.pages(document.pages or 1)
    title = f"{Document.Kind(kind).label} attached from a {arrival.source}, {came}"
    moving.record(held, "document_added", title, by=By(user=membership.user))
    return handle(arrival, paper, Reading.Outcome.ATTACHED, membership, referral=held)


def refuse_another_patient(paper: Reading, referral: Referral, sure: bool) -> None:
    """Raise OtherPatient when the birth dates differ and the person has not said that they are sure."""
    row = paper.fields.filter(key="patient_dob").first()
    read = row.final_value if row else ""
    born = referral.patient.birth_date
    if read and read != born.isoformat() and not sure:
        raise OtherPatient(
            f"{referral.number} is for somebody born {words.us_date(born)}; the paper gives another date."
        )


def handle(
    arrival: Arrival,
    paper: Reading,
    outcome: str,
    membership: Membership | None,
    *,
    referral: Referral | None = None,
    note: str = "",
) -> Arrival:
    """Close one paper of a locked arrival, and the arrival with its last one. Nobody's: a rule decided."""
    now = timezone.now()
    paper.outcome, paper.referral, paper.note = outcome, referral, note[:200]
    paper.handled_at, paper.handled_by = now, membership
    paper.save()
    arrival.referral = arrival.referral or referral
    outcomes = set(Reading.objects.standing().filter(arrival=arrival).values_list("outcome", flat=True))
    if Reading.Outcome.OPEN not in outcomes:
        arrival.state = next(state for reached, state in FINISHED_AS if reached in outcomes)
        arrival.finished_at, arrival.finished_by = now, membership
        arrival.claimed_by, arrival.claimed_at = None, None
        arrival.sentence = note[:200]
    arrival.save()
    return arrival
