"""An invitation's own page: choose a password, or sign in with the account you have."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from organizations import actions
from organizations.forms import JoinForm
from organizations.models import Invitation, User
from organizations.web import LinkRequest, by_link, link_gone


@require_http_methods(["GET", "POST"])
@by_link(actions.INVITATION)
def join(request: LinkRequest, token: str) -> HttpResponse:
    """Nothing happens on GET: mail scanners open links. A second use finds the link dead (410)."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("organization"), pk=request.link.subject_id
    )
    form = None if actions.person_with(invitation.email) else _password_form(request, invitation)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _let_in(request, invitation, form.cleaned_data["password"] if form else "")
    status = 422 if form is not None and form.errors else 200
    return render(request, "organizations/join.html", {"invitation": invitation, "form": form}, status=status)


def _password_form(request: LinkRequest, invitation: Invitation) -> JoinForm:
    return JoinForm(request.POST or None, whose=User(email=invitation.email, full_name=invitation.full_name))


def _let_in(request: LinkRequest, invitation: Invitation, password: str) -> HttpResponse:
    try:
        actions.join(invitation_id=invitation.pk, password=password)
    except actions.NotPossible:
        return link_gone(request, request.organization)
    messages.info(request, f"You now work at {invitation.organization.name}. Sign in to begin.")
    return redirect("account_login")
