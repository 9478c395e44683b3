"""The organization's facts, and who may do what."""

from collections import Counter
from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from organizations.forms import OrganizationForm
from organizations.models import Membership
from organizations.roles import ROLES, WORDS
from organizations.web import MemberRequest, allowed


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def facts(request: MemberRequest) -> HttpResponse:
    """Name, numbers, hours and the sign-in policy."""
    form = OrganizationForm(request.POST or None, instance=copy(request.organization))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.info(request, "Settings saved.")
        return redirect("settings")
    return render(request, "organizations/settings.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@allowed("people.manage")
def roles(request: MemberRequest) -> HttpResponse:
    """The permission matrix as it is in force, with how many people have each role."""
    members = Membership.objects.filter(organization=request.organization, is_active=True)
    held = Counter(members.values_list("role", flat=True))
    columns = [(role, held[name]) for name, role in ROLES.items()]
    groups = [(title, [_row(*entry) for entry in group.items()]) for title, group in WORDS.items()]
    return render(request, "organizations/roles.html", {"columns": columns, "groups": groups})


def _row(permission: str, words: str) -> tuple[str, list[bool]]:
    return words, [permission in role.permissions for role in ROLES.values()]
