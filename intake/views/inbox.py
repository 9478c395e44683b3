"""The fax inbox: what came, where it is, and the upload box."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.actions import searched
from intake import inbox, wording
from intake.actions import arriving
from intake.models import Arrival
from organizations.web import MemberRequest, allowed
from referrals import storing

LABELS = {"waiting": "Waiting", "reading": "Reading", "help": "Need help", "done": "Done", "all": "All"}
EMPTY = {
    "waiting": {"icon": "inbox", "title": "No faxes waiting", "text": "New ones show here within a minute."},
    "reading": {"icon": "check-check", "title": "Nothing is being read"},
    "help": {"icon": "check-check", "title": "Nothing needs help"},
    "done": {"icon": "inbox", "title": "Nothing done on this day"},
    "all": {"icon": "inbox", "title": "Nothing came on this day"},
}


@require_GET
@allowed("intake.view")
def fax_inbox(request: MemberRequest) -> HttpResponse:
    """One view of a day: the rows, the counts, and the ledger sentence."""
    view = request.GET.get("view", "waiting")
    view = view if view in inbox.VIEWS else "waiting"
    day, now = _day(request), timezone.now()
    ledger = inbox.ledger(day, now)
    listed = inbox.page_of(day, view, after=_uuid(request.GET.get("after", "")))
    searched(
        request,
        "arrival",
        patients=inbox.patients_on(listed.arrivals),
        detail=f"{view} faxes of {day.on:%m/%d/%Y}",
    )
    return render(request, "intake/inbox.html", {
        "day": day, "view": view, "ledger": ledger, "listed": listed,
        "rows": [_row(request, arrival, now) for arrival in listed.arrivals],
        "tabs": _tabs(ledger, view),
        "empty": EMPTY[view],
        "next_fax": inbox.next_waiting(request.membership, now) if view in {"waiting", "all"} else None,
    })  # fmt: skip


def _row(request: MemberRequest, arrival: Arrival, now: Any) -> wording.Row:
    return wording.row_of(arrival, membership=request.membership, now=now, zone=request.organization.zone)


def _tabs(ledger: inbox.Ledger, view: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": LABELS[name],
            "count": count,
            "current": name == view,
            "late": ledger.late if name == "waiting" else 0,
        }
        for name, count in ledger.counts.items()
    ]


@require_GET
@allowed("intake.view")
def fax_news(request: MemberRequest) -> HttpResponse:
    """For polling: nothing while the day stands as it was drawn, else a link that draws it again."""
    ledger = inbox.ledger(_day(request), timezone.now())
    if ledger.stamp == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "intake/_news.html", {"view": request.GET.get("view", "waiting")})


@require_POST
@allowed("intake.review")
def fax_upload(request: MemberRequest) -> HttpResponse:
    """Keep each file as an arrival, whatever it is; say what became of each."""
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, "Choose at least one file.")
    for file in files:
        _take(request, file)
    return redirect("fax_inbox")


def _take(request: MemberRequest, file: UploadedFile) -> None:
    name = file.name or "file"
    try:
        with transaction.atomic():
            arrival = arriving.receive(file, source="upload", file_name=name, added_by=request.user)
    except storing.GatewayUnavailable:
        messages.error(
            request, f"{name} was not stored: the document store is out of reach. Upload it again."
        )
        return
    if arrival.state == Arrival.State.RECEIVED:
        messages.info(request, f"{name} is stored and being read.")
    else:
        messages.warning(request, f"{name} is stored. {arrival.sentence}")


def _day(request: MemberRequest) -> inbox.Day:
    zone = request.organization.zone
    today = timezone.now().astimezone(zone).date()
    try:
        on = min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        on = today
    return inbox.Day(on, today, zone)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
