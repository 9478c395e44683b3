"""Where are you working? One organization opens at once; several are offered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from organizations.web import memberships_of, public, signed_in


@require_GET
@public
def home(request: HttpRequest) -> HttpResponse:
    """The bare address leads to work or to the door."""
    return redirect("choose_organization")


@require_GET
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """The organizations this person works for."""
    memberships = memberships_of(str(request.user.pk))
    if len(memberships) == 1:
        return redirect(f"/o/{memberships[0].organization.slug}/")
    return render(request, "organizations/choose.html", {"memberships": memberships})
