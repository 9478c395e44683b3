"""All that the page of one patient reads: their referrals, papers and coverages, each list in one query."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from audit.models import AccessEvent
from insurance.models import Coverage
from organizations.models import User
from patients.actions import duplicates
from patients.models import DuplicatePair, MergeRecord, Patient
from referrals.models import Document, Referral

MOST = 50
EVENTS_LOOKED_AT = 80


def referrals(patient: Patient) -> list[Referral]:
    """The patient's referrals, open ones first, then the newest."""
    found = Referral.objects.for_rows().select_related("coverage__payer").filter(patient=patient)
    newest = list(found.order_by("-index_at", "-id")[:MOST])
    return sorted(newest, key=lambda referral: not referral.is_open)


def documents(patient: Patient, referrals: Iterable[Referral]) -> list[Document]:
    """Papers filed under the patient or one of their referrals, newest first."""
    filed = Q(patient=patient) | Q(patient=None, referral__in=[referral.pk for referral in referrals])
    return list(Document.objects.select_related("referral").filter(filed).order_by("-added_at")[:MOST])


def coverages(patient: Patient, today: date) -> list[tuple[Coverage, bool]]:
    """Coverages in the order in which they pay, each with whether it has ended."""
    found = Coverage.objects.filter(patient=patient).select_related("payer", "plan").order_by("rank", "-id")
    return [(cover, cover.ends_on is not None and cover.ends_on < today) for cover in found]


def merges(patient: Patient) -> list[MergeRecord]:
    """Every merge of another record into this one, also those undone since, the latest first."""
    found = MergeRecord.objects.filter(survivor=patient)
    return list(found.select_related("merged", "made_by__user", "undone_by__user").order_by("-made_at"))


def may_be(patient: Patient) -> list[DuplicatePair]:
    """Open questions whether another record is of this patient."""
    return list(duplicates.waiting().filter(Q(one=patient) | Q(other=patient))[:MOST])


def opened_lately(user: User, *, most: int) -> list[Patient]:
    """Patients whose data this person looked at last, the latest first."""
    looks = AccessEvent.objects.filter(user=user, action=AccessEvent.Action.VIEW).exclude(patient_ids=[])
    latest = looks.order_by("-at").values_list("patient_ids", flat=True)[:EVENTS_LOOKED_AT]
    ids: dict[UUID, None] = dict.fromkeys(pk for patients in latest for pk in patients)
    wanted = list(ids)[: most * 2]
    found = Patient.objects.current().in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found][:most]
