"""The organization's facts, its people, and who may do what."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import actions
from organizations.forms import InvitationForm, OrganizationForm, RoleForm
from organizations.models import Invitation, Membership
from organizations.roles import PERMISSIONS, ROLES
from organizations.web import allowed


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def facts(request: HttpRequest) -> HttpResponse:
    """Name, numbers, hours and the sign-in policy."""
    form = OrganizationForm(request.POST or None, instance=request.organization)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.info(request, "Settings saved.")
        return redirect("settings")
    return render(request, "organizations/settings.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed("people.manage")
def people(request: HttpRequest) -> HttpResponse:
    """Colleagues with their roles; inviting one more."""
    form = InvitationForm(request.POST or None)
    invited = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, invited = actions.invite(**form.cleaned_data, by=request.user)
            form = InvitationForm()
        except actions.NotPossible as reason:
            form.add_error("email", str(reason))
    context = {
        "form": form,
        "invited": invited,
        "colleagues": _colleagues(request),
        "waiting": Invitation.objects.filter(accepted_at=None).order_by("-created_at")[:20],
    }
    return render(request, "organizations/people.html", context, status=422 if form.errors else 200)


@require_GET
@allowed("people.manage")
def roles(request: HttpRequest) -> HttpResponse:
    """The permission matrix as it is in force."""
    rows = [(p, [(p in role.permissions) for role in ROLES.values()]) for p in sorted(PERMISSIONS)]
    return render(request, "organizations/roles.html", {"roles": ROLES.values(), "rows": rows})


@require_POST
@allowed("people.manage")
def role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Change a colleague's role."""
    colleague = get_object_or_404(_colleagues(request), pk=membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        _told(request, lambda: actions.change_role(
            membership_id=colleague.pk, role=form.cleaned_data["role"], by=request.membership), "Role changed.")  # fmt: skip
    return redirect("people")


@require_POST
@allowed("people.manage")
def departure(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague no longer works here."""
    colleague = get_object_or_404(_colleagues(request), pk=membership_id)
    _told(
        request,
        lambda: actions.end_membership(membership_id=colleague.pk, by=request.membership),
        f"{colleague.user.full_name} can no longer open {request.organization.short_name}.",
    )
    return redirect("people")


def _colleagues(request: HttpRequest):  # type: ignore[no-untyped-def]
    return (
        Membership.objects.filter(organization=request.organization, is_active=True)
        .select_related("user")
        .order_by("user__full_name")
    )


def _told(request: HttpRequest, action, done: str) -> None:  # type: ignore[no-untyped-def]
    try:
        action()
    except actions.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.info(request, done)
