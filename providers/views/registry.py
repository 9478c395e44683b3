"""Somebody new: found in the public register and taken over, or typed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organizations.web import MemberRequest, allowed
from providers import register
from providers.actions import entering
from providers.forms import ClinicianForm, NewOfficeForm
from providers.models import RegistryEntry
from providers.npi import is_npi
from providers.register import Found
from providers.views.finding import back_to, office_of


@require_GET
@allowed("directory.write")
def search(request: MemberRequest) -> HttpResponse:
    """The register by name or NPI; each hit can be taken over with one more page."""
    return render(request, "providers/register.html", _found(request))


def _found(request: MemberRequest) -> dict[str, Any]:
    typed, postal_code = request.GET.get("q", "").strip()[:80], request.GET.get("zip", "").strip()[:10]
    trouble = ""
    if typed.isdecimal() and not is_npi(typed):
        trouble = "This NPI's check digit is wrong. Look for a misread figure."
    hits = register.search(typed, postal_code=postal_code) if typed and not trouble else []
    is_empty = bool(typed) and not hits and not RegistryEntry.objects.exists()
    return {"typed": typed, "zip": postal_code, "hits": hits, "trouble": trouble, "is_unread": is_empty}


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def new_office(request: MemberRequest) -> HttpResponse:
    """An office: as the register has it, or empty. A clinician's own office leads on to the clinician."""
    found = _entry(request)
    form = NewOfficeForm(request.POST or None, initial=_office_facts(found) if found else None)
    if request.method == "POST" and form.is_valid():
        facts, place = form.parts()
        office = entering.add_office(facts=facts, place=place)
        messages.success(request, f"{office.name} is in the directory.")
        if found and found.entry.is_person:
            return redirect(f"{reverse('new_clinician', args=[office.pk])}?npi={found.entry.npi}")
        return redirect("office", office.pk)
    context = {"form": form, "title": "Add an office", "found": found}
    return render(request, "providers/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def new_clinician(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """A clinician of an office: searched in the register, as it has them, or empty."""
    office, found = office_of(office_id), _entry(request)
    form = ClinicianForm(
        request.POST or None, initial=_clinician_facts(found) if found else {"is_active": True}
    )
    if request.method == "POST" and form.is_valid():
        person = entering.put_clinician(office_id=office_id, facts=form.facts())
        return back_to(request, office_id, f"{person.full_name} is in the directory.")
    context = {**_found(request), "form": form, "office": office, "title": "Add a clinician", "found": found}
    return render(request, "providers/clinician.html", context, status=422 if form.is_bound else 200)


def _entry(request: MemberRequest) -> Found | None:
    npi = request.GET.get("npi", "")
    entry = RegistryEntry.objects.filter(pk=npi).first() if is_npi(npi) else None
    return Found(entry, None) if entry else None


def _office_facts(found: Found) -> dict[str, Any]:
    entry = found.entry
    facts = {name: getattr(entry, name) for name in ("phone", "fax", "line1", "city", "postal_code")}
    own = {"name": f"Office of {found.name}"} if entry.is_person else {"name": entry.name, "npi": entry.npi}
    return {**facts, **own, "state": entry.state[:2], "affiliation": ""}


def _clinician_facts(found: Found) -> dict[str, Any]:
    entry = found.entry
    return {
        "given_name": entry.given_name,
        "family_name": entry.name,
        "credential": entry.credential,
        "npi": entry.npi,
        "taxonomy": entry.taxonomies[0] if entry.taxonomies else "",
        "specialty": register.specialty_code(entry),
        "is_active": True,
    }
