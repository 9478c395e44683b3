"""Searches of the access log for one page."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from audit.models import AccessEvent

PAGE = 50


def events(
    *, since: date, until: date, zone: ZoneInfo, action: str = "", person: str = "", thing: str = ""
) -> QuerySet[AccessEvent]:
    """Newest first, by whole days of the clinic; `thing`, a referral's number, stands for its patient."""
    start = datetime.combine(since, time.min, zone)
    end = datetime.combine(until, time.min, zone) + timedelta(days=1)
    found = AccessEvent.objects.filter(at__gte=start, at__lt=end).select_related("user")
    if action:
        found = found.filter(action=action)
    if person:
        found = found.filter(user_id=person)
    if thing:
        found = found.filter(Q(object_label__iexact=thing) | Q(patient_ids__overlap=_patients_of(thing)))
    return found.order_by("-id")


def _patients_of(thing: str) -> list[UUID]:
    """Whose data the referral of this number showed when somebody last looked at it."""
    looks = AccessEvent.objects.filter(object_label__iexact=thing).exclude(patient_ids=[])
    return looks.order_by("-id").values_list("patient_ids", flat=True).first() or []


def page_of(before: str | None, **wanted: Any) -> tuple[list[AccessEvent], str]:
    """One page older than the cursor (an event's id; ids are time-ordered), and the next page's cursor."""
    found = events(**wanted)
    if before:
        with suppress(ValidationError):
            found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    return page[:PAGE], str(page[PAGE - 1].pk) if len(page) > PAGE else ""
