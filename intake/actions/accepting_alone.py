"""A referral accepted by the organization's rule, without a person, and taken back by one who objects."""

from uuid import UUID

from django.db import transaction

from intake import fields, matching, queries, trusting
from intake.actions import accepting, claiming, directory
from intake.matching import Match
from intake.models import Arrival, Reading, ReviewRules
from intake.trusting import Case, Value
from organizations.models import Membership
from organizations.scope import current_organization_id, organization_scope
from referrals.actions import owning
from referrals.actions.moving import By
from referrals.models import Referral

ACTOR = "rule:accept_alone"
RULE = By(label="Accepted by rule")


class NotByRule(Exception):
    """There is nothing to take back; the text says why."""


@transaction.atomic
def consider(arrival_id: UUID | str) -> Referral | None:
    """Accept a fax just read if the organization lets the machine and every rule is passed; else nothing."""
    rules = ReviewRules.objects.filter(accepts_alone=True).first()
    if rules is None:
        return None
    arrival = claiming.lock(UUID(str(arrival_id)))
    paper = Reading.objects.standing().filter(arrival=arrival).first()
    if arrival.state != Arrival.State.READY or paper is None:
        return None
    values = {row.key: row.value for row in paper.fields.all() if row.key in fields.BY_KEY}
    matches = queries.patients_like(values)
    against = trusting.reasons_against(
        _case(arrival, paper, values, matches),
        at_least=rules.at_least,
        only_known_senders=rules.only_known_senders,
        today=arrival.received_at.astimezone(arrival.organization.zone).date(),
    )
    if against:
        return None
    match = matching.sure(matches)
    with organization_scope(current_organization_id(), actor=ACTOR):
        return accepting.accept_by_rule(
            arrival=arrival,
            paper=paper,
            values=values,
            patient_id=match.patient_id if match else None,
            by=RULE,
        )


def _case(arrival: Arrival, paper: Reading, values: dict[str, str], matches: list[Match]) -> Case:
    match = matching.sure(matches)
    return Case(
        doc_class=paper.doc_class,
        papers=Reading.objects.standing().filter(arrival=arrival).count(),
        values={
            row.key: Value(row.value, row.confidence, row.why)
            for row in paper.fields.all()
            if row.key in fields.BY_KEY
        },
        sender_known=arrival.sender_id is not None,
        patient_is_sure=match is not None,
        lookalikes=len(matches),
        seen_before=bool(arrival.looks_like_id or arrival.duplicate_of_id),
        has_open_twin=match is not None and _has_twin(match.patient_id, values.get("to_specialty", "")),
        was_undone=arrival.history.filter(state=Arrival.State.ACCEPTED).exists(),
        troubled=bool(arrival.sentence) or arrival.pages_read != arrival.pages_total,
    )


def _has_twin(patient_id: UUID, specialty_name: str) -> bool:
    """Whether an open referral of the patient asks for the same specialty, or for one we cannot tell."""
    still_open = Referral.objects.open().filter(patient=patient_id)
    specialty = directory.specialty(specialty_name)
    return (still_open.filter(specialty=specialty) if specialty else still_open).exists()


@transaction.atomic
def undo(*, arrival_id: UUID, membership: Membership) -> Arrival:
    """Take back what the rule accepted: the referral is raised in error, the fax waits for a person again.

    A patient made for it stays, and is found when the fax is checked. Raises NotByRule, and
    lifecycle.IllegalMove when the referral has gone too far to be void.
    """
    arrival = claiming.lock(arrival_id)
    paper = Reading.objects.standing().filter(arrival=arrival, by_rule=True).first()
    if paper is None or paper.referral_id is None:
        raise NotByRule("No rule accepted this fax.")
    owning.end(
        referral_id=paper.referral_id,
        move="void",
        reason="Accepted by rule, taken back by a person.",
        by=By(user=membership.user),
    )
    paper.outcome, paper.referral, paper.by_rule, paper.handled_at = Reading.Outcome.OPEN, None, False, None
    paper.save()
    arrival.state, arrival.finished_at, arrival.referral = Arrival.State.READY, None, None
    arrival.save()
    return arrival
