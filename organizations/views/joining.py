"""An invitation's own page: choose a password, or sign in with the account you have."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from organizations import actions
from organizations.forms import JoinForm
from organizations.models import Invitation
from organizations.web import by_link


@require_http_methods(["GET", "POST"])
@by_link(actions.INVITATION)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing happens on GET: mail scanners open links."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("organization"), pk=request.link.subject_id
    )
    has_account = actions.person_with(invitation.email) is not None
    form = None if has_account else JoinForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        actions.join(invitation_id=invitation.pk, password=form.cleaned_data["password"] if form else "")
        messages.info(request, f"You now work at {invitation.organization.name}. Sign in to begin.")
        return redirect("account_login")
    status = 422 if form is not None and form.errors else 200
    return render(request, "organizations/join.html", {"invitation": invitation, "form": form}, status=status)
