"""The ledger: what came by each door on each of 30 days, what of it is accounted for, and what is not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intake import ledger
from intake.actions import reconciling
from intake.ledger_forms import SettlementForm
from intake.models import LedgerDay
from organizations.web import MemberRequest, allowed


@require_GET
@allowed("intake.view")
def fax_ledger(request: MemberRequest) -> HttpResponse:
    """Thirty days, and what is missing on them."""
    return _show(request)


@require_POST
@allowed("intake.review")
def fax_count(request: MemberRequest) -> HttpResponse:
    """Count the last three days now."""
    reconciling.reconcile(now=timezone.now())
    messages.info(request, f"Counted the last {reconciling.DAYS} days.")
    return redirect("fax_ledger")


@require_POST
@allowed("jobs.retry")
def fax_settlement(request: MemberRequest, row_id: UUID) -> HttpResponse:
    """A person says what became of what is missing."""
    row = get_object_or_404(LedgerDay.objects.all(), pk=row_id)
    form = SettlementForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form, of=row.pk, status=422)
    reconciling.settle_missing(row_id=row.pk, note=form.cleaned_data["note"], by=request.membership)
    messages.info(request, "Noted. The alarm is over; the count stays as it is.")
    return redirect("fax_ledger")


def _show(request: MemberRequest, *, status: int = 200, **typed: Any) -> HttpResponse:
    now = timezone.now()
    lines = ledger.lines(request.organization, now.astimezone(request.organization.zone).date())
    return render(request, "intake/ledger.html", {
        "lines": lines,
        "missing": [line for line in lines if line.row.missing],
        "checked_at": max((line.row.checked_at for line in lines), default=None),
        "blank": SettlementForm(),
        **typed,
    }, status=status)  # fmt: skip
