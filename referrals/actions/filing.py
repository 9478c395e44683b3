"""Papers join a referral. The file is stored inside the request: an upload we answered for is never lost."""

from typing import Any
from uuid import UUID

from django.db import transaction

from referrals import storing
from referrals.actions.moving import By, lock_open, record
from referrals.models import Document


class NotAccepted(Exception):
    """The file cannot be filed; the text says what it is and what would do."""


ACCEPTED = {"application/pdf": "PDF", "image/tiff": "TIFF", "image/png": "PNG", "image/jpeg": "JPEG"}
SENDABLE = {"application/pdf": "PDF"}


@transaction.atomic
def add(*, referral_id: UUID, file: Any, kind: str, title: str, by: By) -> Document:
    """Store an uploaded file with its referral; raises NotAccepted and storing.GatewayUnavailable.

    A consult report must be a PDF: it leaves by fax behind a cover page.
    """
    referral = lock_open(referral_id)
    _refuse_unknown(storing.media_type_of(file), SENDABLE if kind == Document.Kind.REPORT else ACCEPTED)
    document = storing.keep(
        file, kind=kind, title=title, referral=referral, patient=referral.patient, added_by=by.user
    )
    record(referral, "document_added", f"Document added: {document.title}"[:160], by=by)
    return document


def _refuse_unknown(media_type: str, accepted: dict[str, str]) -> None:
    if media_type in accepted:
        return
    *others, last = accepted.values()
    wanted = f"{', '.join(others)} or {last}" if others else last
    found = "" if media_type == storing.UNKNOWN else f" This file is {media_type}."
    raise NotAccepted(f"Only {wanted} can be added.{found} Save it as PDF and add it again.")
