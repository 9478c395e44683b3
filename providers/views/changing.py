"""An entry is corrected: the office, its addresses, its clinicians."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from organizations.web import MemberRequest, allowed
from providers.actions import entering
from providers.forms import ClinicianForm, LocationForm, OfficeForm
from providers.models import Location, Practice, Provider
from providers.views.finding import back_to, office_of


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def facts(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """The office's name, numbers and standing."""
    office = office_of(office_id)
    form = OfficeForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        entering.change_office(office_id=office_id, facts=form.cleaned_data)
        return back_to(request, office_id, "Saved.")
    return _form(request, office, form, "Change the office")


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def location(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """One more address."""
    return _location(request, office_of(office_id), None)


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def known_location(request: MemberRequest, location_id: UUID) -> HttpResponse:
    """Correct an address."""
    found = get_object_or_404(Location.objects.select_related("practice"), pk=location_id)
    return _location(request, found.practice, found)


def _location(request: MemberRequest, office: Practice, known: Location | None) -> HttpResponse:
    form = LocationForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        place_id = known.pk if known else None
        entering.put_location(office_id=office.pk, facts=form.cleaned_data, location_id=place_id)
        return back_to(request, office.pk, "Address saved.")
    return _form(request, office, form, "Change the address" if known else "Add an address")


@require_POST
@allowed("directory.write")
def location_removal(request: MemberRequest, location_id: UUID) -> HttpResponse:
    """They are no longer there."""
    found = get_object_or_404(Location.objects.all(), pk=location_id)
    entering.remove_location(location_id=location_id)
    return back_to(request, found.practice_id, "Address removed.")


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def clinician(request: MemberRequest, provider_id: UUID) -> HttpResponse:
    """Correct a clinician."""
    person = get_object_or_404(Provider.objects.select_related("practice", "specialty"), pk=provider_id)
    form = ClinicianForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        entering.put_clinician(office_id=person.practice_id, facts=form.facts(), provider_id=provider_id)
        return back_to(request, person.practice_id, "Saved.")
    return _form(request, person.practice, form, f"Change {person.full_name}")


def _form(request: MemberRequest, office: Practice, form: object, title: str) -> HttpResponse:
    context = {"office": office, "form": form, "title": title}
    status = 422 if request.method == "POST" else 200
    return render(request, "providers/form.html", context, status=status)
