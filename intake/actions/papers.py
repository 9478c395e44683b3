"""The pages of an arrival that go with a referral, as a document of that referral."""

from intake import picturing, queries
from intake.models import Arrival, Reading
from organizations.models import User
from referrals import storing
from referrals.models import Document, Referral

PDF = "application/pdf"


def put_with(referral: Referral, *, arrival: Arrival, paper: Reading, kind: str, user: User) -> Document:
    """Give the referral the pages of one paper.

    A PDF that holds this paper only is given as it came. From a fax about several patients each referral gets
    its own pages and no others (45 CFR 164.502(b), minimum necessary), and what a browser cannot show (TIFF,
    photo) is bound into a PDF; the original stays with the arrival.
    """
    original = arrival.readable
    alone = arrival.readings.count() == 1
    if alone and original.referral_id is None and (original.media_type == PDF or not arrival.pages_read):
        return _link(original, referral, paper, kind)
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
        patient=referral.patient,
        added_by=user,
    )


def _link(original: Document, referral: Referral, paper: Reading, kind: str) -> Document:
    original.referral, original.patient, original.kind = referral, referral.patient, kind
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
