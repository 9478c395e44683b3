"""Patients: finding one, and the record of one, with where each of their referrals stands."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from audit.actions import looked_at, searched
from organizations.languages import WITH_ENGLISH
from organizations.web import MemberRequest, allowed
from patients import proxies
from patients.actions import duplicates
from patients.changes import changes
from patients.forms import ContactForm, IdentifierForm, RelatedPersonForm, SameAsForm
from patients.models import Patient, RelatedPerson
from referrals import patient_record, presenting, queries
from referrals.views.answering import wall
from referrals.views.search import results, with_loop

RECENT = 10
CHANGES, ALL_CHANGES = 12, 500


@require_GET
@allowed("patients.view")
def patients(request: MemberRequest) -> HttpResponse:
    """The search box; below it who fits, or whom this person opened last."""
    context: dict[str, Any] = {"to_decide": duplicates.waiting().count()}
    if request.GET.get("q", "").strip():
        return render(request, "patients/patients.html", {**context, **results(request)})
    recent = patient_record.opened_lately(request.user, most=RECENT)
    searched(request, "patient", patients=[patient.pk for patient in recent], detail="recent")
    context["recent"] = [with_loop(hit, wall(request)) for hit in queries.with_referrals(recent)]
    return render(request, "patients/patients.html", context)


@require_GET
@allowed("patients.view")
def patient(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The record. One that was merged leads to the record that stands for it."""
    found = get_object_or_404(Patient.objects.select_related("merged_into"), pk=patient_id)
    if found.merged_into is not None:
        return redirect("patient", found.standing.pk)
    looked_at(request, found, patients=[found.pk])
    at = wall(request)
    today = at.now.astimezone(at.zone).date()
    context = {"patient": found, "speaks": presenting.speaks(found), "today": today}
    context["home_language"] = WITH_ENGLISH.get(found.language, found.language)
    context |= _cards(request, found, today) | _forms(request, found)
    return render(request, "patients/record.html", context)


def _cards(request: MemberRequest, found: Patient, today: date) -> dict[str, Any]:
    at, every = wall(request), bool(request.GET.get("all"))
    referrals, merges = patient_record.referrals(found), patient_record.merges(found)
    listed = changes(found, merges, zone=at.zone, most=ALL_CHANGES if every else CHANGES + 1)
    return {
        "referrals": [(one, presenting.loop(one, at.now)) for one in referrals],
        "open_referrals": sum(one.is_open for one in referrals),
        "documents": patient_record.documents(found, referrals),
        "coverages": patient_record.coverages(found, today),
        "identifiers": found.identifiers.order_by("authority", "value"),
        "merges": [merge for merge in merges if merge.undone_at is None],
        "may_be": patient_record.may_be(found),
        "changes": listed if every else listed[:CHANGES],
        "and_more": not every and len(listed) > CHANGES,
        "comes_of_age": proxies.comes_of_age(found.birth_date, found.state),
        "is_minor": proxies.is_minor(found.birth_date, found.state, today),
    }


def _forms(request: MemberRequest, found: Patient) -> dict[str, Any]:
    """Each contact and each related person with the form that changes it, and the forms that add one."""
    points = found.contact_points.order_by("do_not_use", "-id")
    people = list(found.related_people.all())
    if not request.membership.may("patients.write"):
        return {"contacts": [(p, None) for p in points], "people": [(p, None) for p in people]}
    return {
        "contacts": [(p, ContactForm(instance=p, auto_id=f"contact-{p.pk}-%s")) for p in points],
        "people": [(p, RelatedPersonForm(instance=p, auto_id=f"person-{p.pk}-%s")) for p in people],
        "contact_form": ContactForm(auto_id="contact-%s"),
        "person_form": RelatedPersonForm(instance=RelatedPerson(patient=found), auto_id="person-%s"),
        "identifier_form": IdentifierForm(auto_id="identifier-%s"),
        "same_as_form": SameAsForm(auto_id="same-%s"),
    }
