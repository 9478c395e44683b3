"""A new patient in five facts; the rest comes later."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from organizations.models import Membership
from patients.actions.duplicates import remember_apart
from patients.models import ContactPoint, Patient, Sex


@transaction.atomic
def register(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    sex: str = Sex.UNKNOWN,
    phone: str = "",
    by: Membership,
    apart_from: Collection[Patient] = (),
) -> Patient:
    """Make the record. `apart_from` look like this patient, and `by` said that they are other people."""
    patient = Patient.objects.create(
        given_name=given_name, family_name=family_name, birth_date=birth_date, sex=sex
    )
    if phone:
        ContactPoint.objects.create(patient=patient, kind=ContactPoint.Kind.MOBILE, value=phone)
    remember_apart(patient=patient, others=apart_from, by=by)
    return patient
