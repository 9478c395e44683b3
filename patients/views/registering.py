"""A new patient: five fields, a look at who is here already, and saved."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit.actions import searched
from organizations.web import MemberRequest, allowed
from patients import recognizing
from patients.actions import registering
from patients.forms import RegistrationForm
from patients.recognizing import Likeness

SHOWN = 3
ASKED, INVALID = 409, 422


@require_http_methods(["GET", "POST"])
@allowed("patients.write")
def registration(request: MemberRequest) -> HttpResponse:
    """The form; when somebody like this is here, the question whether it is the same person."""
    form = RegistrationForm(request.POST or None, today=today(request))
    if request.method != "POST":
        return render(request, "patients/registration.html", {"form": form})
    alike = _alike(request, form)
    if not form.is_valid():
        return render(request, "patients/registration.html", {"form": form, "alike": alike}, status=INVALID)
    unanswered = [one for one in alike if one.patient.pk not in form.apart]
    if unanswered:
        context = {"form": form, "alike": alike, "is_asked": True}
        return render(request, "patients/registration.html", context, status=ASKED)
    others = [one.patient for one in alike]
    patient = registering.register(**form.cleaned_data, by=request.membership, apart_from=others)
    messages.success(request, f"{patient.spoken_name} is registered, MRN {patient.mrn}.")
    return redirect("patient", patient.pk)


@require_POST
@allowed("patients.write")
def likenesses(request: MemberRequest) -> HttpResponse:
    """Asked while typing: who here looks like this. Posted, so that no name is in an address or a log."""
    form = RegistrationForm(request.POST, today=today(request))
    return render(request, "patients/_alike.html", {"alike": _alike(request, form), "form": form})


def today(request: MemberRequest) -> date:
    """The day at the clinic."""
    return timezone.now().astimezone(request.organization.zone).date()


def _alike(request: MemberRequest, form: RegistrationForm) -> list[Likeness]:
    person = form.person
    if person is None:
        return []
    found = recognizing.alike(person)[:SHOWN]
    searched(request, "patient", patients=[one.patient.pk for one in found], detail="registration")
    return found
