"""Who has an arrival open: kept while they work, shown to the others, given back when they leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intake import heading
from intake.actions import claiming
from intake.models import Arrival
from intake.views import page
from organizations.web import MemberRequest, allowed


@require_GET
@allowed("intake.view")
def fax_presence(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """For the one who only reads, each few seconds: who has it open until when, or that it is free now."""
    arrival = get_object_or_404(Arrival.objects.select_related("claimed_by__user"), pk=arrival_id)
    if arrival.state not in Arrival.WAITING or arrival.claimed_by_id == request.membership.pk:
        return HttpResponse(headers={"HX-Refresh": "true"})
    is_held = arrival.is_claimed_by_another(request.membership, timezone.now())
    stamp = heading.presence_stamp(arrival, is_held=is_held)
    if stamp == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(
        request,
        "intake/_presence.html",
        {"arrival": arrival, "is_held": is_held, "stamp": stamp},
    )


@require_POST
@allowed("intake.review")
def fax_heartbeat(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """The page is open and used: ten more minutes; a sentence (409) when a colleague has it meanwhile."""
    arrival = page.locked_or_404(arrival_id)
    try:
        claiming.keep(arrival_id=arrival.pk, membership=request.membership)
    except claiming.Held as held:
        return HttpResponse(str(held), status=409, content_type="text/plain")
    return HttpResponse(status=204)


@require_POST
@allowed("intake.review")
def fax_claim(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Take it over from a colleague who left it, or whose claim has lapsed."""
    arrival = page.arrival_or_404(arrival_id)
    try:
        claiming.take_over(arrival_id=arrival.pk, membership=request.membership)
    except claiming.Held as held:
        messages.error(request, str(held))
    return redirect("fax_review", arrival.pk)


@require_POST
@allowed("intake.review")
def fax_release(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Give it back to everybody: by hand, or by the browser as the page is left."""
    claiming.release(arrival_id=page.arrival_or_404(arrival_id).pk, membership=request.membership)
    if request.POST.get("quietly"):
        return HttpResponse(status=204)
    messages.info(request, "Given back to the inbox.")
    return redirect("fax_inbox")
