"""Keeping a patient's record true: who they are, how to reach them, who speaks for them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organizations.names import name_key
from patients.models import ContactPoint, Identifier, Patient, RelatedPerson, SearchKey
from patients.proxies import is_minor, proposed_end

Consent = ContactPoint.Consent
OF_AGE = "Came of age, or the day on which their say ended"


class ChangedMeanwhile(ValueError):
    """Somebody else changed the record since the form was opened; the text says so."""


@transaction.atomic
def change_facts(*, patient_id: UUID, seen: str, **facts: Any) -> Patient:
    """Change what the record says of the person. `seen` is its version when the form was opened.

    Raises ChangedMeanwhile.
    """
    patient: Patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient_id)
    if version_of(patient) != seen:
        raise ChangedMeanwhile(
            "Somebody changed this record while you were typing. Look at it again, then change it."
        )
    for name, value in facts.items():
        setattr(patient, name, value)
    patient.save()
    return patient


def version_of(patient: Patient) -> str:
    """Which version of the record this is: the id of its latest line of history."""
    latest = Patient.history.filter(id=patient.pk).order_by("-history_date", "-history_id").first()
    return str(latest.history_id) if latest else ""


@transaction.atomic
def keep_contact(*, point: ContactPoint, is_verified: bool, **facts: Any) -> ContactPoint:
    """Add or change a way to reach a patient. Another number has another consent, and is proved anew."""
    before = ContactPoint.objects.filter(pk=point.pk).first()
    for name, value in facts.items():
        setattr(point, name, value)
    now = timezone.now()
    if before is not None and before.value != point.value:
        point.consent, point.consent_source = Consent.NOT_ASKED, ""
        point.consent_at = point.verified_at = None
    else:
        point.consent_at = _consent_at(point, before, now)
        point.verified_at = (point.verified_at or now) if is_verified else None
    point.save()
    return point


def _consent_at(point: ContactPoint, before: ContactPoint | None, now: datetime) -> datetime | None:
    if point.consent == Consent.NOT_ASKED:
        return None
    return before.consent_at if before and before.consent == point.consent else now


@transaction.atomic
def keep_identifier(*, patient: Patient, authority: str, value: str) -> Identifier:
    """A number by which another office knows the patient; the same number twice is one."""
    known: Identifier | None = Identifier.objects.filter(authority=authority, value=value).first()
    if known is not None and known.patient_id != patient.pk:
        raise ValueError("Another patient has this number already. Open that record, and merge if it is one.")
    return known or Identifier.objects.create(patient=patient, authority=authority, value=value)


@transaction.atomic
def keep_person(*, related: RelatedPerson, today: date, **facts: Any) -> RelatedPerson:
    """Add or change somebody who speaks for a patient. A parent's say ends when the child comes of age.

    Raises ValueError when a parent would decide for an adult.
    """
    for name, value in facts.items():
        setattr(related, name, value)
    patient = related.patient
    if (
        related.decides
        and related.relation == RelatedPerson.Relation.PARENT
        and not is_minor(patient.birth_date, patient.state, today)
    ):
        raise ValueError(
            "The patient is of age, so a parent no longer decides. If the patient chose them, say proxy."
        )
    if related.until is None and (related.decides or related.may_be_told):
        related.until = proposed_end(related.relation, patient.birth_date, patient.state, today)
    related.save()
    return related


@transaction.atomic
def end_says(*, today: date, most: int) -> int:
    """Take the say from everybody whose day has come; how many. The record keeps that they had it."""
    over = RelatedPerson.objects.filter(until__lte=today).exclude(decides=False, may_be_told=False)
    ended = list(over.select_for_update(of=("self",)).order_by("until", "pk")[:most])
    for related in ended:
        related.decides = related.may_be_told = False
        related._change_reason = OF_AGE
        related.save()
    return len(ended)


@transaction.atomic
def remove(*, part: Identifier | RelatedPerson) -> None:
    """Take a number or a related person off the record; the history keeps it, a search no longer finds it."""
    part.delete()
    SearchKey.objects.renew(part.patient)


@transaction.atomic
def renew_keys(*, after: UUID | None, size: int) -> UUID | None:
    """Make the next patients findable by today's rules; the place to go on at, or None at the end."""
    patients = Patient.objects.order_by("pk").prefetch_related("contact_points", "identifiers")
    some = list((patients.filter(pk__gt=after) if after else patients)[:size])
    for patient in some:
        if patient.name_key != name_key(patient.family_name, patient.given_name):
            patient.save()
        SearchKey.objects.renew(patient)
    return some[-1].pk if len(some) == size else None
