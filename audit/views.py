"""Who looked at whom: for auditors and privacy officers."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit import queries
from audit.actions import searched
from audit.models import AccessEvent
from organizations.models import Membership
from organizations.scope import current_organization_id
from organizations.web import allowed


class AuditForm(forms.Form):
    """What to look for in the log."""

    thing = forms.CharField(label="Referral number", required=False, max_length=20)
    person = forms.ChoiceField(label="Person", required=False)
    action = forms.ChoiceField(
        label="What", required=False, choices=[("", "Anything"), *AccessEvent.Action.choices]
    )
    since = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        colleagues = Membership.objects.filter(organization=current_organization_id()).select_related("user")
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Anybody"), *((str(m.user_id), m.user.full_name) for m in colleagues)
        ]  # fmt: skip


@require_GET
@allowed("audit.view")
def access_log(request: HttpRequest) -> HttpResponse:
    """One page of the log. Looking at it is itself recorded."""
    today = timezone.now().astimezone(request.organization.zone).date()
    defaults = {"since": today - timedelta(days=7), "until": today}
    form = AuditForm({**defaults, **request.GET.dict()})
    found, older = [], ""
    if form.is_valid():
        wanted = {k: form.cleaned_data[k] for k in ("since", "until", "action", "person", "thing")}
        found, older = queries.page_of(request.GET.get("before"), zone=request.organization.zone, **wanted)
    searched(request, "access log")
    return render(
        request, "audit/access_log.html", {"form": form, "events": found, "older": _older(request, older)}
    )


def _older(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["before"] = cursor
    return f"?{query.urlencode()}"
