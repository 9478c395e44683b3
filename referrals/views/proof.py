"""Behind a link stands the patient's birth date, asked three times at most (45 CFR 164.312(d)).

What is proved holds for ten minutes in this browser and for this link, and longer only while it is used.
"""

import hmac
import time
from datetime import date

from django.db import transaction
from django.http import HttpRequest

from audit.actions import Action, record
from organizations import links
from organizations.models import AccessLink
from organizations.web import LinkRequest
from referrals.models import Referral

SECONDS = 600


def is_proved(request: LinkRequest) -> bool:
    """Whether the right birth date was given here within ten minutes."""
    link = request.link
    left = request.session.get(_mark(link), 0) - time.time()
    if left <= 0:
        return False
    if left < SECONDS / 2:
        remember(request, link)
    return True


@transaction.atomic
def prove(request: LinkRequest, referral: Referral, given: date) -> bool:
    """Compare a birth date. A wrong one is counted under a lock, so that many at once count one by one."""
    link = AccessLink.objects.select_for_update().get(pk=request.link.pk)
    if not link.is_locked and same_day(given, referral.patient.birth_date):
        links.record_opened(link)
        request.session.cycle_key()
        remember(request, link)
        return True
    if not link.is_locked:
        link = links.record_failure(link)
    request.link.failures = link.failures
    record(request, Action.REFUSED, thing=referral, patients=[referral.patient_id], detail="Wrong birth date")
    return False


def remember(request: HttpRequest, link: AccessLink) -> None:
    """Let this browser in for ten minutes."""
    request.session[_mark(link)] = time.time() + SECONDS


def same_day(given: date, expected: date) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.isoformat(), expected.isoformat())


def _mark(link: AccessLink) -> str:
    return f"proved:{link.pk}"
