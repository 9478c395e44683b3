"""Changing a record: forms are posted from its page, and have a page of their own when they are wrong."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.actions import looked_at
from organizations.web import MemberRequest, allowed
from patients.actions import keeping
from patients.forms import ContactForm, FactsForm, IdentifierForm, RelatedPersonForm
from patients.models import ContactPoint, Identifier, Patient, RelatedPerson
from patients.views.registering import today

INVALID, CONFLICT = 422, 409
EITHER = ["GET", "POST"]


@require_http_methods(EITHER)
@allowed("patients.write")
def facts(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Names, birth date, language, address and the rest, on one page."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    looked_at(request, patient, patients=[patient.pk], detail="edit")
    initial = {"seen": keeping.version_of(patient)}
    form = FactsForm(request.POST or None, instance=patient, initial=initial, today=today(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            keeping.change_facts(patient_id=patient_id, **form.cleaned_data)
        except keeping.ChangedMeanwhile as trouble:
            form.add_error(None, str(trouble))
            status = CONFLICT
        else:
            return _saved(request, patient_id)
    status = INVALID if form.errors and status != CONFLICT else status
    return render(request, "patients/facts.html", {"form": form, "patient": patient}, status=status)


@require_http_methods(EITHER)
@allowed("patients.write")
def contact(request: MemberRequest, patient_id: UUID, point_id: UUID | None = None) -> HttpResponse:
    """Add or change a telephone or e-mail address."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    point = _part(ContactPoint, patient, point_id)
    form = ContactForm(request.POST or None, instance=point)
    return _kept(
        request, patient, form, "Contact", lambda: keeping.keep_contact(point=point, **form.cleaned_data)
    )


@require_http_methods(EITHER)
@allowed("patients.write")
def identifier(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Add a number that another office gave."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    form = IdentifierForm(request.POST or None, instance=Identifier(patient=patient))
    return _kept(
        request,
        patient,
        form,
        "Number",
        lambda: keeping.keep_identifier(patient=patient, **form.cleaned_data),
    )


@require_http_methods(EITHER)
@allowed("patients.write")
def related_person(request: MemberRequest, patient_id: UUID, person_id: UUID | None = None) -> HttpResponse:
    """Add or change somebody who speaks for the patient."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    related = _part(RelatedPerson, patient, person_id)
    form = RelatedPersonForm(request.POST or None, instance=related)
    day = today(request)
    return _kept(
        request,
        patient,
        form,
        "Person who speaks for the patient",
        lambda: keeping.keep_person(related=related, today=day, **form.cleaned_data),
    )


@require_POST
@allowed("patients.write")
def removal(request: MemberRequest, patient_id: UUID, part_id: UUID) -> HttpResponse:
    """Take a number or a related person off the record; the history keeps it."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    part = Identifier.objects.filter(patient=patient, pk=part_id).first()
    part = part or get_object_or_404(RelatedPerson.objects.all(), patient=patient, pk=part_id)
    keeping.remove(part=part)
    return _saved(request, patient.pk)


def _part(model: Any, patient: Patient, part_id: UUID | None) -> Any:
    if part_id is None:
        return model(patient=patient)
    return get_object_or_404(model.objects.all(), patient=patient, pk=part_id)


def _kept(
    request: MemberRequest,
    patient: Patient,
    form: forms.ModelForm,
    title: str,
    keep: Callable[[], object],
) -> HttpResponse:
    """Keep what the form says and show the record; else the form alone, with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, patient.pk)
    looked_at(request, patient, patients=[patient.pk], detail="edit")
    context = {"form": form, "patient": patient, "title": title}
    return render(request, "patients/part.html", context, status=INVALID if form.errors else 200)


def _saved(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    messages.success(request, "The record is saved.")
    return redirect("patient", patient_id)
