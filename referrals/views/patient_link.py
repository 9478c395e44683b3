"""What all pages behind a patient's link share: the link, the language, the birth date, the access log."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from audit.actions import looked_at
from organizations.web import LinkRequest, by_link
from referrals.actions.moving import By
from referrals.actions.outreach import BOOKING
from referrals.models import Referral
from referrals.views import proof

P = ParamSpec("P")
Page = Callable[Concatenate[LinkRequest, str, Referral, P], HttpResponse]
PATIENT = By(label="Patient")
SPOKEN = {"en", "es"}
READ = (
    "patient",
    "specialty",
    "receiving_provider",
    "appointment__slot__schedule__provider",
    "appointment__slot__schedule__site",
)


def for_patient(page: Page[P]) -> Callable[..., HttpResponse]:
    """A page behind a booking link, in the language chosen there, else the patient's."""

    @by_link(BOOKING)
    def behind_link(request: LinkRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        referral = Referral.objects.select_related(*READ).get(pk=request.link.subject_id)
        referral.organization = request.organization
        with translation.override(language(request, referral.patient.language)):
            return page(request, token, referral, *args, **kwargs)

    @wraps(page)
    def in_a_language(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language(request, translation.get_language_from_request(request))):
            return behind_link(request, *args, **kwargs)

    in_a_language.permission = behind_link.permission  # type: ignore[attr-defined]
    return in_a_language


def language(request: HttpRequest, otherwise: str) -> str:
    """English or Spanish: what the reader chose with ?lang=, else the other one given."""
    if (chosen := request.GET.get("lang")) in SPOKEN:
        request.session["language"] = chosen
    spoken = str(request.session.get("language", otherwise))[:2]
    return spoken if spoken in SPOKEN else "en"


def proved(page: Page[P]) -> Page[P]:
    """A page that only the patient sees: without the birth date, the way leads back to the front door."""

    @wraps(page)
    def guarded(
        request: LinkRequest, token: str, referral: Referral, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if request.link.is_locked or not proof.is_proved(request):
            return redirect("booking", token)
        return page(request, token, referral, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, token: str, referral: Referral, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a page about the patient, and record that it was seen."""
    looked_at(request, referral, patients=[referral.patient_id])
    context |= {"referral": referral, "token": token}
    return render(request, f"booking/{template}.html", context, status=status)
