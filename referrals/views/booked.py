"""A patient's visit that lies ahead: when and where, a file for the calendar, and giving the time back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from notifications.models import Message
from organizations.spoken import long_day, time_of_day
from organizations.web import LinkRequest
from referrals import calendar_file, standing
from referrals.actions import booking
from referrals.lifecycle import IllegalMove
from referrals.link_forms import CancellationForm
from referrals.models import Referral
from referrals.standing import Place
from referrals.views.patient_link import PATIENT, for_patient, proved, show
from scheduling.models import Appointment
from scheduling.queries import Opening, opening


@require_GET
@for_patient
@proved
def done(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """The visit: when, with whom, where, what to bring, and where things stand."""
    if (visit := _ahead(referral)) is None:
        return redirect("booking", token)
    written = Message.objects.filter(about_id=referral.pk, template="booked").order_by("-queued_at")
    context = _when(_opening(visit, referral))
    context |= {"steps": standing.for_patient(referral), "confirmation": written.first()}
    return show(request, token, referral, "booked", **context)


@require_GET
@for_patient
@proved
def calendar(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """The visit for the patient's own calendar."""
    if (visit := _ahead(referral)) is None:
        return redirect("booking", token)
    title = _("Visit: %(practice)s") % {"practice": referral.organization.short_name}
    content = calendar_file.of_visit(visit, referral.organization, title=title, now=timezone.now())
    disposition = {"Content-Disposition": 'attachment; filename="visit.ics"'}
    return HttpResponse(content, content_type=calendar_file.MEDIA_TYPE, headers=disposition)


@require_http_methods(["GET", "POST"])
@for_patient
@proved
def cancel(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Give the time back; picking another one is the next page."""
    if (visit := _ahead(referral)) is None:
        return redirect("booking", token)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _give_back(request, token, referral, form.cleaned_data["reason"])
    return show(request, token, referral, "cancellation", form=form, **_when(_opening(visit, referral)))


def _give_back(request: LinkRequest, token: str, referral: Referral, reason: str) -> HttpResponse:
    try:
        booking.cancel(referral_id=referral.pk, by=PATIENT, reason=reason or "Cancelled by the patient")
    except IllegalMove:  # staff were faster: the front door says how things stand
        return redirect("booking", token)
    messages.info(request, _("Your visit is cancelled. You can pick another time."))
    return redirect("booking", token)


def _ahead(referral: Referral) -> Appointment | None:
    """The visit, while it can still be moved or cancelled."""
    return referral.appointment if standing.place_of(referral, timezone.now()) == Place.BOOKED else None


def _opening(visit: Appointment, referral: Referral) -> Opening:
    return opening(visit.slot, referral.organization.zone)


def _when(visit: Opening) -> dict[str, Any]:
    return {"opening": visit, "day": long_day(visit.starts_at), "time": time_of_day(visit.starts_at)}
