"""The pages of an arrival that go with a referral or with a patient, as a document of theirs."""

from intake import picturing, queries
from intake.models import Arrival, Reading
from organizations.models import User
from patients.models import Patient
from referrals import storing
from referrals.models import Document, Referral

PDF = "application/pdf"


def put_with(
    referral: Referral, *, arrival: Arrival, paper: Reading, kind: str, user: User | None
) -> Document:
    """Give the referral the pages of one paper; see `_put`."""
    return _put(arrival, paper, kind, user, patient=referral.patient, referral=referral)


def put_on(patient: Patient, *, arrival: Arrival, paper: Reading, kind: str, user: User | None) -> Document:
    """File the pages of one paper with a patient, without a referral; see `_put`."""
    return _put(arrival, paper, kind, user, patient=patient, referral=None)


def _put(
    arrival: Arrival,
    paper: Reading,
    kind: str,
    user: User | None,
    *,
    patient: Patient,
    referral: Referral | None,
) -> Document:
    """A PDF that holds this paper only is given as it came.

    From a fax about several patients each gets their own pages and no others (45 CFR 164.502(b), minimum
    necessary), and what a browser cannot show (TIFF, photo) is bound into a PDF; the original stays with the
    arrival.
    """
    original = arrival.readable
    alone = Reading.objects.standing().filter(arrival=arrival).count() == 1
    if alone and original.patient_id is None and (original.media_type == PDF or not arrival.pages_read):
        return _link(original, paper, kind, patient, referral)
    pictures = [
        page.image for page in queries.pages_of(arrival, first=paper.first_page, last=paper.last_page)
    ]
    return storing.keep(
        picturing.bound(pictures),
        kind=kind,
        title=_title(kind, len(pictures)),
        media_type=PDF,
        pages=len(pictures),
        first_page=paper.first_page,
        last_page=paper.last_page,
        referral=referral,
        patient=patient,
        added_by=user,
    )


def _link(
    original: Document, paper: Reading, kind: str, patient: Patient, referral: Referral | None
) -> Document:
    original.referral, original.patient, original.kind = referral, patient, kind
    original.first_page, original.last_page = paper.first_page, paper.last_page
    original.pages = paper.last_page - paper.first_page + 1
    original.title = _title(kind, original.pages)
    original.save()
    return original


def _title(kind: str, count: int) -> str:
    return f"{Document.Kind(kind).label}, {pages(count)}"


def pages(count: int) -> str:
    """2 pages."""
    return f"{count} page{'' if count == 1 else 's'}"
