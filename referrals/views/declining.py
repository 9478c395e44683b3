"""A patient who finds no time, does not want the visit, wants no more e-mails, or has an old link."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import actions as notifications
from notifications.models import Channel, Message
from organizations import links
from organizations.models import organization_named
from organizations.scope import organization_scope
from organizations.web import LinkRequest, public
from referrals import standing
from referrals.actions import outreach
from referrals.link_forms import CallForm, RefusalForm
from referrals.models import Referral
from referrals.standing import Place
from referrals.views.patient_link import PATIENT, for_patient, language, proved, show

STILL_OPEN = {Place.PICK, Place.DECLINED}


@require_http_methods(["GET", "POST"])
@for_patient
@proved
def call(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Ask to be called instead."""
    if standing.place_of(referral, timezone.now()) not in STILL_OPEN:
        return redirect("booking", token)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        outreach.ask_for_call(referral_id=referral.pk, by=PATIENT, when=form.said())
        return redirect("booking_call_asked", token)
    return show(request, token, referral, "call", form=form)


@require_GET
@for_patient
@proved
def call_asked(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """We will call."""
    return show(request, token, referral, "call_asked")


@require_http_methods(["GET", "POST"])
@for_patient
@proved
def refuse(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Say that the visit is not wanted; it can be taken back by picking a time."""
    if standing.place_of(referral, timezone.now()) != Place.PICK:
        return redirect("booking", token)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        outreach.take_refusal(referral_id=referral.pk, by=PATIENT, reason=form.cleaned_data["reason"])
        return redirect("booking", token)
    return show(request, token, referral, "refusal", form=form)


@require_http_methods(["GET", "POST"])
@for_patient
def stop(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Stop e-mails. It asks for no birth date: to be left alone nobody has to prove anything."""
    if request.method == "POST":
        written = Message.objects.filter(patient=referral.patient, channel=Channel.EMAIL)
        for address in set(written.values_list("to", flat=True)):
            notifications.opt_out(channel=Channel.EMAIL, address=address, source="Link in an e-mail")
    return render(request, "booking/stop.html", {"token": token, "is_stopped": request.method == "POST"})


@require_POST
@public
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link for an old one, to the number or address on file; any token gets the same answer."""
    organization_id = organization_named(token[:4].upper())
    if organization_id is not None:
        with organization_scope(organization_id, actor="link:renewal"):
            _renew(token)
    with translation.override(language(request, translation.get_language_from_request(request))):
        return render(request, "booking/sent_again.html")


@transaction.atomic
def _renew(token: str) -> None:
    link = links.find(token, purpose=outreach.BOOKING)
    if link is None or link.revoked_at is not None or link.is_locked:
        return
    try:
        outreach.text_booking_link(referral_id=link.subject_id, by=PATIENT)
    except (outreach.NotReady, outreach.NotReachable):
        return
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
