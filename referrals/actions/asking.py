"""Our request for what is missing leaves by fax, and what became of it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jobs.actions import later
from referrals import letters, storing
from referrals.actions.moving import SYSTEM, By, lock, make, record
from referrals.facets import Records
from referrals.lifecycle import Stage
from referrals.models import Dispatch, Document, InfoRequest, Referral

REQUEST = "request"  # the purpose of the dispatch
TITLE = "Request for information"


def write_letter(request: InfoRequest, *, by: By) -> Document:
    """The page that asks, kept with the referral, to be faxed or printed; raises GatewayUnavailable."""
    referral = request.referral
    office = referral.referring_practice
    page = letters.letter_of(
        request,
        asked_of=office.name if office else "",
        fax=office.fax if office else "",
        now=timezone.now().astimezone(referral.organization.zone),
    )
    return storing.keep(
        page,
        kind=Document.Kind.PACKET,
        title=TITLE,
        pages=1,
        referral=referral,
        patient=referral.patient,
        added_by=by.user,
    )


def send_letter(request: InfoRequest, *, by: By) -> Dispatch | None:
    """Write the page and fax it to the referring office of a locked referral; None without a fax number."""
    letter, office = write_letter(request, by=by), request.referral.referring_practice
    if office is None or not office.fax:
        return None
    dispatch = Dispatch.objects.create(
        referral=request.referral,
        document=letter,
        purpose=REQUEST,
        channel="fax",
        to=office.fax,
        to_label=office.name,
    )
    later("referrals.send_dispatch", dispatch.pk, dedupe_key=str(dispatch.pk))
    return dispatch


@transaction.atomic
def record_sent(dispatch_id: UUID, *, reference: str) -> Dispatch:
    """The fax service took it."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state, dispatch.reference, dispatch.sent_at = Dispatch.State.SENT, reference, timezone.now()
    dispatch.save()
    record(lock(dispatch.referral_id), "request_sent", f"Request faxed to {dispatch.to_label}", by=SYSTEM)
    return dispatch


@transaction.atomic
def record_delivered(dispatch_id: UUID | str) -> Dispatch:
    """The other machine confirmed the last page."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state = Dispatch.State.DELIVERED
    dispatch.save(update_fields=["state"])
    title = f"Request to {dispatch.to_label} delivered"
    record(lock(dispatch.referral_id), "request_delivered", title, by=SYSTEM)
    return dispatch


@transaction.atomic
def record_not_sent(dispatch_id: UUID | str, *, trouble: str, state: str) -> Dispatch:
    """The fax did not go, or nobody knows: it is our turn again, to ask another way."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch_id)
    dispatch.state, dispatch.trouble = state, trouble[:200]
    dispatch.save()
    _take_back(lock(dispatch.referral_id), trouble)
    return dispatch


def _take_back(referral: Referral, trouble: str) -> None:
    title = "Request did not leave"
    if referral.stage == Stage.INFO_REQUESTED:
        make(referral, "answer", by=SYSTEM, note=trouble, title=title, records=Records.INCOMPLETE)
    elif referral.records == Records.REQUESTED:
        record(referral, "request_not_sent", title, by=SYSTEM, note=trouble, records=Records.INCOMPLETE)
    else:
        record(referral, "request_not_sent", title, by=SYSTEM, note=trouble)
