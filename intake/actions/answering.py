"""A fax answers our request: what was ticked has come, what was written is filled in, by one confirmation."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from insurance.models import Coverage
from intake.actions import checking, filing, papers
from intake.answers import Reply
from intake.models import FieldReading, Reading
from intake.proposals import OUR_REQUEST
from organizations.models import Membership
from patients.models import ContactPoint
from referrals import letters
from referrals.actions import clearing, moving, receiving
from referrals.actions.moving import By
from referrals.facets import Records
from referrals.lifecycle import Stage
from referrals.models import Document, InfoRequest, Referral

ON_REPLY = "Given on the reply to our request"  # for care messages, 47 CFR 64.1200(a)(9)(iv)
ON_ROW = {"icd10": "diagnoses", "cpt": "procedures"}


@transaction.atomic
def note_reply(arrival_id: UUID | str, reply: Reply | None) -> None:
    """Keep with the paper that a request of ours came back on it."""
    if reply is None:
        return
    there = Reading.objects.standing().filter(
        arrival=arrival_id, first_page__lte=reply.page, last_page__gte=reply.page
    )
    reading = there.first()
    if reading is None or reading.fields.filter(key=OUR_REQUEST).exists():
        return
    row = FieldReading(
        reading=reading, key=OUR_REQUEST, value=reply.as_text(), confidence=1.0, page=reply.page
    )
    if reply.box:
        row.x, row.y, row.width, row.height = reply.box.x, reply.box.y, reply.box.width, reply.box.height
    row.save()


@transaction.atomic
def answer(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    request_id: UUID,
    came: Collection[int],
    values: Mapping[str, str],
) -> InfoRequest:
    """Attach the paper to its referral, fill in `values` (normal form), and close the request if all came.

    `came` are numbers of `letters.items_of`. Raises claiming.Held, checking.AlreadyHandled,
    filing.OtherPatient and lifecycle.IllegalMove.
    """
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    request = InfoRequest.objects.select_for_update().get(pk=request_id)
    referral = moving.lock_open(request.referral_id)
    filing.refuse_another_patient(paper, referral, sure=False)
    papers.put_with(referral, arrival=arrival, paper=paper, kind=Document.Kind.RECORD, user=membership.user)
    by = By(user=membership.user)
    _fill(referral, {key: value for key, value in values.items() if value}, by)
    items = letters.items_of(request.wanted)
    _note(request, [item.text for n, item in enumerate(items) if n not in came], by)
    paper.matched_patient = referral.patient
    filing.handle(arrival, paper, Reading.Outcome.ATTACHED, membership, referral=moving.lock(referral.pk))
    request.refresh_from_db()
    return request


def _note(request: InfoRequest, missing: list[str], by: By) -> None:
    referral = moving.lock(request.referral_id)
    if missing:
        title, note = "Part of the answer came", f"Still missing: {', '.join(missing)}."
        moving.record(referral, "answer_partly", title, by=by, note=note)
    elif referral.stage == Stage.INFO_REQUESTED or referral.records == Records.REQUESTED:
        receiving.answer(referral_id=referral.pk, by=by, note="Came by fax, with the code of our request.")
    else:
        moving.record(referral, "answer_late", "Answer to our request came", by=by)
        request.answered_at = timezone.now()
        request.save(update_fields=["answered_at"])


def _fill(referral: Referral, values: Mapping[str, str], by: By) -> None:
    """Put each value where it belongs; what has no place of its own stands on the timeline."""
    if number := values.get("member_id", ""):
        _set_member_id(referral, number, by)
    if digits := values.get("patient_phone", ""):
        ContactPoint.objects.get_or_create(
            patient=referral.patient,
            kind=ContactPoint.Kind.MOBILE,
            value=f"+1{digits}",
            defaults={"consent": ContactPoint.Consent.NOT_ASKED, "consent_source": ON_REPLY},
        )
    locked = moving.lock(referral.pk)
    added = {row: _joined(getattr(locked, row), values[key]) for key, row in ON_ROW.items() if key in values}
    said = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in values.items())
    if said:
        moving.record(locked, "answer_filled", "Filled in from the reply", by=by, note=said, **added)


def _joined(codes: list[str], written: str) -> list[str]:
    return list(dict.fromkeys([*codes, *(code for code in written.split(", ") if code)]))


def _set_member_id(referral: Referral, number: str, by: By) -> None:
    """Correct the number of the referral's coverage and ask the payer; without coverage there is none."""
    coverage = Coverage.objects.select_related("payer").filter(pk=referral.coverage_id).first()
    if coverage is not None:
        clearing.set_coverage(
            referral_id=referral.pk,
            payer=coverage.payer,
            member_id=number,
            group_number=coverage.group_number,
            by=by,
        )
