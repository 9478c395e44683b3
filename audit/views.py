"""Who looked at whom: for auditors and privacy officers."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit import queries
from audit.actions import searched
from audit.models import AccessEvent
from organizations.models import Membership
from organizations.scope import current_organization_id
from organizations.web import MemberRequest, allowed

CALENDAR = forms.DateInput(attrs={"type": "date"})
IN_THIS_CENTURY = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


class AuditForm(forms.Form):
    """What to look for in the log."""

    thing = forms.CharField(label="Referral number: who saw its patient", required=False, max_length=20)
    person = forms.ChoiceField(label="Person", required=False)
    action = forms.ChoiceField(
        label="What", required=False, choices=[("", "Anything"), *AccessEvent.Action.choices]
    )
    since = forms.DateField(label="From", widget=CALENDAR, validators=IN_THIS_CENTURY)
    until = forms.DateField(label="To", widget=CALENDAR, validators=IN_THIS_CENTURY)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        members = Membership.objects.filter(organization=current_organization_id()).select_related("user")
        people = [(str(m.user_id), m.user.full_name) for m in members.order_by("user__full_name")]
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]


@require_GET
@allowed("audit.view")
def access_log(request: MemberRequest) -> HttpResponse:
    """One page of the log. Looking at it is itself recorded."""
    today = timezone.now().astimezone(request.organization.zone).date()
    defaults = {"since": today - timedelta(days=7), "until": today}
    form = AuditForm({**defaults, **request.GET.dict()})
    found: list[AccessEvent] = []
    older = ""
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
