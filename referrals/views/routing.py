"""Where to send a patient: the offices ranked with their reasons, choosing one, how reasons are weighed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import looked_at
from organizations.web import MemberRequest, allowed
from providers.actions import choosing as directory
from providers.models import Practice
from providers.routing import Reason
from referrals import destinations
from referrals.actions import choosing
from referrals.destinations import Choice
from referrals.lifecycle import IllegalMove
from referrals.models import Referral
from referrals.presenting import speaks
from referrals.routing_forms import NeedForm, PlansForm, WeightsForm
from referrals.views.answering import by, find

POOR = 0.4  # worth of a reason up to which it speaks against an office
PREVIEWED = 3


@require_http_methods(["GET", "POST"])
@allowed("referrals.send")
def destination(request: MemberRequest, number: str) -> HttpResponse:
    """The offices for one referral, best first; choosing one sets where it goes."""
    referral = find(number)
    if request.method == "POST":
        return _choose(request, referral)
    looked_at(request, referral, patients=[referral.patient_id], detail="destinations")
    wished = _id(request.GET.get("wish", ""))
    sought = destinations.sought_for(referral, wished=[wished] if wished else [])
    choice = destinations.choose_from(sought, today=_today(request)) if sought else None
    context = {
        "referral": referral,
        "sought": sought,
        "speaks": speaks(referral.patient),
        "may_choose": choosing.may_choose(referral),
        "wished": wished,
        **(_shown(choice) if choice else {}),
    }
    return render(request, "referrals/destination.html", context)


def _choose(request: MemberRequest, referral: Referral) -> HttpResponse:
    office = get_object_or_404(Practice.objects.all(), pk=_id(request.POST.get("office", "")))
    sought = destinations.sought_for(referral)
    ranked = destinations.choose_from(sought, today=_today(request)).ranked if sought else []
    why = ". ".join(
        r.text for one in ranked if one.destination.office_id == office.pk for r in one.reasons if r.known
    )
    try:
        choosing.choose(referral_id=referral.pk, office_id=office.pk, by=by(request), why=why)
    except IllegalMove as trouble:
        messages.error(request, str(trouble))
        return redirect("destination", referral.number)
    messages.success(request, f"{referral.number} goes to {office.name}.")
    return redirect("referral", referral.number)


@require_GET
@allowed("referrals.view")
def where_to_send(request: MemberRequest) -> HttpResponse:
    """The same for a need without a referral: specialty, ZIP code, plan, language."""
    form = NeedForm(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        sought = form.sought()
        context |= {"sought": sought, **_shown(destinations.choose_from(sought, today=_today(request)))}
    return render(request, "referrals/where_to_send.html", context)


# ---------------------------------------------------------------- how reasons are weighed


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def routing_settings(request: MemberRequest) -> HttpResponse:
    """The weights, tried on an example before they are saved."""
    form = WeightsForm(request.POST or None, rules=destinations.rules())
    example = NeedForm(request.POST if request.POST.get("example-specialty") else None, prefix="example")
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        directory.set_weights(weights=form.weights(), most_miles=form.cleaned_data["most_miles"])
        messages.success(request, "Saved. It counts from the next list on.")
        return redirect("routing_settings")
    context: dict[str, Any] = {"form": form, "example": example, "plans": PlansForm(auto_id="plan-%s")}
    if is_preview and form.is_valid() and example.is_valid():
        choice = destinations.choose_from(example.sought(), today=_today(request), by=form.rules())
        context |= _shown(choice, most=PREVIEWED)
    return render(request, "referrals/routing_settings.html", context, status=422 if form.errors else 200)


@require_POST
@allowed("organization.manage")
def plan_networks(request: MemberRequest) -> HttpResponse:
    """Which network each plan pays in full."""
    form = PlansForm(request.POST)
    if form.is_valid():
        for plan_id, network_id in form.cleaned_data.items():
            choosing.set_network(plan_id=UUID(plan_id), network_id=network_id)
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Choose networks from the list.")
    return redirect(reverse("routing_settings"))


# ---------------------------------------------------------------- what the pages show


def _shown(choice: Choice, *, most: int | None = None) -> dict[str, Any]:
    return {
        "ranked": [(one, list(map(_line, one.reasons))) for one in choice.ranked[:most]],
        "leak": choice.leak,
    }


def _line(reason: Reason) -> tuple[str, str]:
    """Its words, and whether it speaks for the office, against it, or is not known."""
    if not reason.known:
        return reason.text, "unknown"
    return reason.text, "poor" if reason.worth <= POOR else ""


def _today(request: MemberRequest) -> Any:
    return timezone.now().astimezone(request.organization.zone).date()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
