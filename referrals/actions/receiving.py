"""A referral comes in, and somebody decides about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organizations.models import Membership, Organization
from organizations.numbers import next_number
from organizations.scope import current_organization_id, current_scope
from patients.models import Patient
from referrals.actions import asking, clearing
from referrals.actions.moving import By, lock, make, record, settle
from referrals.facets import Records
from referrals.lifecycle import Stage
from referrals.models import InfoRequest, Referral, Step

FIRST_NUMBER = 20001


@transaction.atomic
def receive(
    *, patient: Patient, by: By, received_at: datetime | None = None, title: str, **facts: Any
) -> Referral:
    """Open an inbound referral for a patient; the first Step says where it came from."""
    organization = Organization.objects.get(pk=current_organization_id())
    now = timezone.now()
    referral = Referral(
        organization=organization,
        number=f"R-{next_number('referral', first=FIRST_NUMBER)}",
        direction=Referral.Direction.INBOUND,
        stage=Stage.RECEIVED,
        patient=patient,
        index_at=received_at or now,
        entered_stage_at=now,
        **facts,
    )
    settle(referral, now)
    referral.save()
    Step.objects.create(
        referral=referral,
        name="received",
        to_stage=referral.stage,
        title=title,
        actor=current_scope().actor,
        user=by.user,
        actor_label=by.name,
        at=received_at or now,
    )
    return referral


@transaction.atomic
def accept(*, referral_id: UUID, by: By, owner: Membership | None = None) -> Referral:
    """We will see the patient: coverage is asked about at once."""
    referral = lock(referral_id)
    make(referral, "accept", by=by, owner=referral.owner or owner)
    if referral.coverage_id is not None and referral.direction != Referral.Direction.OUTBOUND:
        clearing.ask_payer(referral, by=by)
    return referral


@transaction.atomic
def ask(*, referral_id: UUID, by: By, wanted: str) -> Referral:
    """Ask the referring office for what is missing, by fax where it has one.

    After acceptance the stage stays and the records wait. Raises storing.GatewayUnavailable and IllegalMove.
    """
    referral = lock(referral_id)
    if referral.stage == Stage.ACCEPTED:
        record(referral, "records_asked", "Asked for records", by=by, note=wanted, records=Records.REQUESTED)
    else:
        make(referral, "ask", by=by, note=wanted, records=Records.REQUESTED)
    request = InfoRequest.objects.create(referral=referral, wanted=wanted)
    if referral.direction == Referral.Direction.INBOUND:
        asking.send_letter(request, by=by)
    return referral


@transaction.atomic
def answer(*, referral_id: UUID, by: By, note: str = "") -> Referral:
    """What was missing has come."""
    referral = lock(referral_id)
    if referral.stage == Stage.ACCEPTED:
        record(referral, "records_came", "Records are complete", by=by, note=note, records=Records.COMPLETE)
    else:
        make(referral, "answer", by=by, note=note, records=Records.COMPLETE)
    for request in InfoRequest.objects.filter(referral=referral, answered_at=None):
        request.answered_at = timezone.now()
        request.save(update_fields=["answered_at"])
    return referral


@transaction.atomic
def decline(*, referral_id: UUID, by: By, reason: str) -> Referral:
    """We will not see the patient; the referrer is told why."""
    referral = lock(referral_id)
    make(referral, "decline", by=by, note=reason)
    return referral


@transaction.atomic
def advise(*, referral_id: UUID, by: By, advice: str) -> Referral:
    """The referrer gets advice, and the patient needs no visit."""
    referral = lock(referral_id)
    make(referral, "advise", by=by, note=advice)
    return referral
