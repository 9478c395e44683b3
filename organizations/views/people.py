"""The people of an organization: inviting, changing roles, leaving."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organizations import actions
from organizations.forms import InvitationForm, RoleForm
from organizations.models import Invitation, Membership
from organizations.roles import may_give
from organizations.web import MemberRequest, allowed

SHOWN = 50


@require_http_methods(["GET", "POST"])
@allowed("people.manage")
def people(request: MemberRequest) -> HttpResponse:
    """Colleagues with their roles; inviting one more. An invitation's address is shown once, here."""
    form, address = InvitationForm(request.POST or None, by=request.membership), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, address = actions.invite(**form.cleaned_data, by=request.membership)
        except actions.NotPossible as reason:
            form.add_error("email", str(reason))
        else:
            form = InvitationForm(by=request.membership)
    context = {"form": form, "address": address, **_lists(request, timezone.now())}
    return render(request, "organizations/people.html", context, status=422 if form.errors else 200)


@require_POST
@allowed("people.manage")
def role(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Change a colleague's role."""
    colleague = get_object_or_404(_colleagues(request), pk=membership_id)
    form = RoleForm(request.POST, by=request.membership)
    with _refusals_told(request):
        if not form.is_valid():
            raise actions.NotPossible("Choose one of the roles in the list.")
        changed = actions.change_role(
            membership_id=colleague.pk, role=form.cleaned_data["role"], by=request.membership
        )
        messages.info(request, f"{colleague.user.full_name} is now {changed.role_label.lower()}.")
    return redirect("people")


@require_POST
@allowed("people.manage")
def departure(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """A colleague no longer works here."""
    colleague = get_object_or_404(_colleagues(request), pk=membership_id)
    with _refusals_told(request):
        actions.end_membership(membership_id=colleague.pk, by=request.membership)
        messages.info(request, f"{colleague.user.full_name} can no longer open {request.organization.name}.")
    return redirect("people")


@require_POST
@allowed("people.manage")
def withdrawal(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.all(), pk=invitation_id)
    with _refusals_told(request):
        name = actions.withdraw(invitation_id=invitation.pk)
        messages.info(request, f"The invitation of {name} no longer works.")
    return redirect("people")


@contextmanager
def _refusals_told(request: MemberRequest) -> Iterator[None]:
    try:
        yield
    except actions.NotPossible as reason:
        messages.error(request, str(reason))


def _lists(request: MemberRequest, now: datetime) -> dict[str, object]:
    """Colleagues with whether this person may change them; open invitations with whether they ran out."""
    me = request.membership
    waiting = Invitation.objects.filter(accepted_at=None).order_by("-created_at")[:SHOWN]
    return {
        "colleagues": [(c, c.pk != me.pk and may_give(me.role, c.role)) for c in _colleagues(request)],
        "waiting": [(i, now > i.created_at + actions.INVITATION_LIFE) for i in waiting],
    }


def _colleagues(request: MemberRequest) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(organization=request.organization, is_active=True)
        .select_related("user")
        .order_by("user__full_name")
    )
