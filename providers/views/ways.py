"""The ways into an office: added, preferred, closed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from organizations.web import MemberRequest, allowed
from providers.actions import reaching
from providers.keeping_forms import EndpointForm
from providers.models import Endpoint
from providers.views.finding import back_to, first_error, office_of


@require_POST
@allowed("directory.write")
def add(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """One more."""
    office, form = office_of(office_id), EndpointForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("office", office_id)
    reaching.add(office_id=office.pk, **form.cleaned_data)
    return back_to(request, office_id, "Added.")


@require_POST
@allowed("directory.write")
def preference(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """Use it first."""
    return _done(request, endpoint_id, reaching.prefer, "Used first from now on.")


@require_POST
@allowed("directory.write")
def closure(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """It is wrong: not used any more."""
    return _done(request, endpoint_id, reaching.close, "Not used any more.")


@require_POST
@allowed("directory.write")
def reopening(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """It is right after all."""
    return _done(request, endpoint_id, reaching.reopen, "In use again.")


def _done(request: MemberRequest, endpoint_id: UUID, act: Callable[..., Endpoint], said: str) -> HttpResponse:
    way = get_object_or_404(Endpoint.objects.all(), pk=endpoint_id)
    act(endpoint_id=endpoint_id)
    return back_to(request, way.practice_id, said)
