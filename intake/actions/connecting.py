"""Fax lines: connected, closed, opened again."""

import json
import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.models import FaxLine


@transaction.atomic
def connect(*, vendor: str, number: str, account: dict[str, Any]) -> FaxLine:
    """Set up a line, or give one that is here already a new account and open it. The number is E.164.

    A signed line gets a new secret each time, so connecting it again is how a secret that leaked is replaced.
    """
    if vendor == FaxLine.Vendor.SIGNED:
        account = {**account, "secret": secrets.token_urlsafe(32)}
    line = FaxLine.objects.filter(vendor=vendor, number=number).first() or FaxLine(
        vendor=vendor, number=number, polled_to=timezone.now()
    )
    line.account, line.is_open, line.trouble = json.dumps(account), True, ""
    line.save()
    return line


@transaction.atomic
def close(*, line_id: UUID) -> FaxLine:
    """Take no more faxes from a line. What it told of before is still fetched."""
    return _set_open(line_id, is_open=False)


@transaction.atomic
def reopen(*, line_id: UUID) -> FaxLine:
    """Take faxes from a closed line again."""
    return _set_open(line_id, is_open=True)


def _set_open(line_id: UUID, *, is_open: bool) -> FaxLine:
    line: FaxLine = FaxLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    line.is_open, line.trouble = is_open, ""
    line.save(update_fields=["is_open", "trouble"])
    return line
