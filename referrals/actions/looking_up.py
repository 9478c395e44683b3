"""The status code on our fax: with the patient's birth date it opens the referring office's page."""

import hmac
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from organizations import links
from organizations.models import AccessLink, Organization
from referrals.models import Referral

STATUS = "status"
TRIES = 5  # wrong birth dates for one code
REST = timedelta(hours=1)
GROUP = 4


def status_code(referral: Referral, organization: Organization) -> str:
    """The code as it is printed and spoken: four characters that name us, eight for the referral."""
    code = organization.link_key + referral.status_code
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


@transaction.atomic
def look_up(*, code: str, birth_date: date) -> Referral | None:
    """The referral of this code (without our four characters) and birth date, or None whichever is wrong.

    After five wrong birth dates a code opens for nobody until the hour is over.
    """
    known = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(status_code=code)
        .first()
    )
    if known is None:
        return None
    tries = _tries(known)
    if tries.failures >= TRIES:
        return None
    if not hmac.compare_digest(birth_date.isoformat(), known.patient.birth_date.isoformat()):
        links.record_failure(tries)
        return None
    return known


def _tries(referral: Referral) -> AccessLink:
    """This hour's count of wrong answers, kept as a link whose token nobody was told."""
    now = timezone.now()
    counts = AccessLink.objects.filter(purpose=STATUS, subject_id=referral.pk, expires_at__gt=now)
    if not counts.exists():
        links.issue(purpose=STATUS, subject_id=referral.pk, expires_at=now + REST)
    newest: AccessLink = counts.latest("created_at")
    return newest
