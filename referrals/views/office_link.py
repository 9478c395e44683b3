"""What all pages behind a referring office's link share: the link, the birth date, the record of the look."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from audit.actions import looked_at
from organizations.web import LinkRequest, by_link
from referrals import standing
from referrals.actions.looking_up import status_code
from referrals.actions.reporting import OFFICE
from referrals.lifecycle import Stage
from referrals.link_forms import AcknowledgementForm, OfficeMessageForm
from referrals.models import Document, InfoRequest, Referral, Step
from referrals.presenting import Wall
from referrals.stepping import MILESTONES
from referrals.views import proof

P = ParamSpec("P")
Page = Callable[Concatenate[LinkRequest, str, Referral, P], HttpResponseBase]
READ = (
    "patient",
    "specialty",
    "referring_provider",
    "referring_practice",
    "receiving_provider",
    "appointment__slot",
)
SHOWN_STEPS = (*MILESTONES, "decline", "office_message")
HAS_REPORT = {Stage.REPORTED, Stage.CLOSED}


def for_office(page: Page[P]) -> Callable[..., HttpResponse]:
    """A page behind an office's link."""

    @by_link(OFFICE)
    @wraps(page)
    def behind_link(request: LinkRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> Any:
        referral = Referral.objects.select_related(*READ).get(pk=request.link.subject_id)
        referral.organization = request.organization
        return page(request, token, referral, *args, **kwargs)

    return behind_link


def proved(page: Page[P]) -> Page[P]:
    """A page that names the patient: without the birth date, the way leads back to the front door."""

    @wraps(page)
    def guarded(
        request: LinkRequest, token: str, referral: Referral, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if request.link.is_locked or not proof.is_proved(request):
            return redirect("office", token)
        return page(request, token, referral, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, token: str, referral: Referral, status: int = 200, **context: Any
) -> HttpResponse:
    """The one page, with whatever was just said or refused, and the record that it was seen."""
    looked_at(request, referral, patients=[referral.patient_id])
    return render(request, "office/status.html", {**facts(token, referral), **context}, status=status)


def facts(token: str, referral: Referral) -> dict[str, Any]:
    """What the page tells of the referral."""
    wall = Wall(timezone.now(), referral.organization.zone)
    said = list(Step.objects.filter(referral=referral, name__in=SHOWN_STEPS).order_by("at", "id"))
    latest = {step.name: step for step in said}
    return {
        "token": token,
        "referral": referral,
        "code": status_code(referral, referral.organization),
        "steps": standing.for_office(referral, latest, wall),
        "reports": reports(referral),
        "wanted": _wanted(referral),
        "declined": latest.get("decline") if referral.stage == Stage.DECLINED else None,
        "acknowledged": latest.get("acknowledge_report") if referral.stage == Stage.CLOSED else None,
        "may_acknowledge": referral.stage == Stage.REPORTED,
        "said": [step for step in said if step.name == "office_message"],
        "acknowledgement": AcknowledgementForm(),
        "message": OfficeMessageForm(),
    }


def reports(referral: Referral) -> list[Document]:
    """The consult reports that were sent to this office, newest first."""
    if referral.stage not in HAS_REPORT:
        return []
    sent = Document.objects.filter(referral=referral, kind=Document.Kind.REPORT, dispatches__purpose="report")
    return list(sent.distinct().order_by("-added_at"))


def _wanted(referral: Referral) -> InfoRequest | None:
    if referral.stage != Stage.INFO_REQUESTED:
        return None
    return InfoRequest.objects.filter(referral=referral, answered_at=None).order_by("-asked_at").first()
