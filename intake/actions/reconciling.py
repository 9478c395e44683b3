"""Counting again what came, writing it down, and raising the alarm that only a person's word ends."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from intake import ledger
from intake.ledger import Count
from intake.models import LedgerDay
from intake.witnesses import Missing, Span
from jobs.actions import later, retry, settle
from jobs.models import Job
from organizations.models import Membership, Organization
from organizations.scope import current_organization_id

ALARM = "intake.account_for"
DAYS = 3  # late news of a fax comes within hours


@transaction.atomic
def reconcile(*, now: datetime) -> list[LedgerDay]:
    """Count the last three days again; the rows in which something went missing since the last count."""
    organization = Organization.objects.get(pk=current_organization_id())
    today = now.astimezone(organization.zone).date()
    spans = [Span(today - timedelta(days=back), organization.zone, now) for back in range(DAYS)]
    return [row for span in spans for row in _count(span, organization)]


@transaction.atomic
def count_again(row_id: UUID | str, *, now: datetime) -> LedgerDay | None:
    """One row, counted now; None when a person has said what became of the missing."""
    row = LedgerDay.objects.select_related("organization").get(pk=row_id)
    _count(Span(row.day, row.organization.zone, now), row.organization)
    row.refresh_from_db()
    return None if row.settled_note else row


@transaction.atomic
def settle_missing(*, row_id: UUID, note: str, by: Membership) -> LedgerDay:
    """A person says what became of the missing: the alarm ends, the count stays as it is."""
    row: LedgerDay = LedgerDay.objects.select_for_update(of=("self",)).get(pk=row_id)
    if row.missing:
        row.settled_note = f"{by.user.full_name}: {note}"[:200]
        row.save(update_fields=["settled_note"])
        for job in _alarms(row):
            settle(job.pk, by=by.user)
    return row


def _count(span: Span, organization: Organization) -> list[LedgerDay]:
    kept = LedgerDay.objects.select_for_update(of=("self",)).filter(day=span.day)
    rows = {row.source: row for row in kept}
    again = [_pair(found) for row in rows.values() for found in row.missing]
    counts = ledger.count(span, organization, again=again)
    worse = []
    for source in sorted(rows.keys() | counts.keys()):
        row = rows.get(source) or LedgerDay(day=span.day, source=source)
        if _write(row, counts.get(source, Count()), span.now):
            worse.append(row)
    return worse


def _write(row: Any, count: Count, now: datetime) -> bool:
    """Keep the count, without history when nothing changed; whether something more is missing than before."""
    missing = [list(found) for found in count.missing]
    is_worse = any(found not in row.missing for found in missing)
    accounted = count.came - len({identity for _, identity in count.missing})
    facts = (count.came, accounted, missing)
    is_changed = row._state.adding or facts != (row.came, row.accounted, row.missing)
    row.came, row.accounted, row.missing = facts
    row.checked_at = now
    if is_worse:
        row.settled_note = ""
    if is_changed:
        row.save()
    else:
        row.save_without_historical_record(update_fields=["checked_at"])
    _alarm(row, count.missing, is_worse=is_worse)
    return is_worse


def _alarm(row: LedgerDay, missing: Iterable[Missing], *, is_worse: bool) -> None:
    """Put what is newly missing on "Needs attention"; have the alarm look again once all is there."""
    if is_worse:
        named = hashlib.sha256("".join(sorted(map(str, missing))).encode()).hexdigest()[:16]
        later(ALARM, row.pk, dedupe_key=f"{row.pk}-{named}")
    elif not row.missing:
        for job in _alarms(row):
            retry(job.pk)


def _alarms(row: LedgerDay) -> list[Job]:
    return list(Job.objects.stuck().filter(name=ALARM, ids=[str(row.pk)]))


def _pair(found: list[str]) -> Missing:
    kind, identity = found
    return kind, identity
