"""Offices, their addresses and clinicians are entered, corrected and confirmed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from providers import taxonomies
from providers.models import Location, Practice, Provider, Specialty


@transaction.atomic
def add_office(*, facts: Mapping[str, Any], place: Mapping[str, Any] | None = None) -> Practice:
    """A new office, with its first address when one is given."""
    office = Practice.objects.create(**facts, checked_at=timezone.now())
    if place and place.get("line1"):
        Location.objects.create(practice=office, **place)
    return office


@transaction.atomic
def change_office(*, office_id: UUID, facts: Mapping[str, Any]) -> Practice:
    """What stands on the entry; its numbers become the preferred ways in. Who changes it has looked at it."""
    office: Practice = Practice.objects.select_for_update().get(pk=office_id)
    for name, value in facts.items():
        setattr(office, name, value)
    office.checked_at = timezone.now()
    office.save()
    return office


@transaction.atomic
def confirm(*, office_id: UUID) -> Practice:
    """Somebody looked, and all of it is right."""
    office: Practice = Practice.objects.select_for_update().get(pk=office_id)
    office.checked_at = timezone.now()
    office.save(update_fields=["checked_at"])
    return office


@transaction.atomic
def put_location(*, office_id: UUID, facts: Mapping[str, Any], location_id: UUID | None = None) -> Location:
    """Add an address to an office, or correct one of its own."""
    known = Location.objects.filter(practice=office_id, pk=location_id).first() if location_id else None
    place: Location = known or Location(practice_id=office_id)
    for name, value in facts.items():
        setattr(place, name, value)
    place.save()
    return place


@transaction.atomic
def remove_location(*, location_id: UUID) -> None:
    """They are no longer there."""
    Location.objects.get(pk=location_id).delete()


@transaction.atomic
def put_clinician(*, office_id: UUID, facts: Mapping[str, Any], provider_id: UUID | None = None) -> Provider:
    """Add a clinician to an office, or correct one. `specialty` is a code; one not used here yet is made."""
    known = Provider.objects.filter(pk=provider_id).first() if provider_id else None
    clinician: Provider = known or Provider()
    clinician.practice_id = office_id
    for name, value in facts.items():
        setattr(clinician, name, specialty_named(value) if name == "specialty" else value)
    clinician.checked_at = timezone.now()
    clinician.save()
    return clinician


def specialty_named(code: str) -> Specialty | None:
    """The organization's specialty of that code, made from our table when it is new; None for no code.

    Raises KeyError for a code that neither has.
    """
    if not code:
        return None
    known: Specialty | None = Specialty.objects.filter(code=code).first()
    return known or Specialty.objects.create(code=code, name=taxonomies.name_of(code))
