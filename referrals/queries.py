"""What the worklist and the search page read, each list in one query."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value

from insurance.models import Coverage, Payer
from organizations.models import Membership
from patients import queries as patient_queries
from patients.models import Patient
from providers.models import Specialty
from referrals.finding import Sought
from referrals.lifecycle import ENDED
from referrals.models import Referral
from referrals.next_action import OwedBy, Priority

PAGE = 50
MOST_COUNTED = 1000  # a tenant has far more ended referrals than anybody counts
ENDED_VALUES = sorted(stage.value for stage in ENDED)
Condition = Callable[[Membership, datetime], Q]


@dataclass(frozen=True)
class View:
    """A saved view: its word in the address, its label, and which referrals are in it."""

    name: str
    label: str
    condition: Condition
    empty: str
    is_hot: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it lists referrals of which something is still expected."""
        return self.name != "ended"


@dataclass(frozen=True)
class Filters:
    """What narrows a view."""

    specialty: str = ""
    payer: str = ""
    owner: str = ""

    @property
    def condition(self) -> Q:
        """All of them together."""
        wanted = {"specialty_id": self.specialty, "coverage__payer_id": self.payer, "owner_id": self.owner}
        return Q(**{field: value for field, value in wanted.items() if value})


@dataclass(frozen=True)
class Place:
    """The last row of a page: where the next one begins."""

    at: datetime | None
    id: UUID


def _needs_me(member: Membership, now: datetime) -> Q:
    begun = Q(clock_from=None) | Q(clock_from__lte=now)
    return Q(owner=member, owed_by=OwedBy.US) & begun


def _due_before(member: Membership, now: datetime) -> Q:
    return Q(due_at__lt=now)


def _owed_by(whom: OwedBy) -> Condition:
    return lambda member, now: Q(owed_by=whom)


def _where(condition: Q) -> Condition:
    return lambda member, now: condition


_VIEWS = [
    View("needs_me", "Needs me", _needs_me, "Nothing needs you"),
    View("overdue", "Overdue", _due_before, "Nothing is late", is_hot=True),
    View("unassigned", "Unassigned", _where(Q(owner=None)), "Everything has an owner"),
    View("payer", "Waiting on payer", _owed_by(OwedBy.PAYER), "No payer owes an answer"),
    View("patient", "Waiting on patient", _owed_by(OwedBy.PATIENT), "No patient is choosing a time"),
    View("office", "Waiting on the other office", _owed_by(OwedBy.THEM), "No other office owes an answer"),
    View("urgent", "Urgent and stat", _where(~Q(priority=Priority.ROUTINE)), "Nothing is urgent"),
    View("open", "All open", _where(Q()), "No open referrals"),
    View("ended", "Ended", _where(Q()), "No referral has ended yet"),
]
VIEWS = {view.name: view for view in _VIEWS}


def referrals_in(view: View, membership: Membership, now: datetime) -> QuerySet[Referral]:
    """The referrals of a view, in no order."""
    referrals = Referral.objects.open() if view.is_open else Referral.objects.filter(stage__in=ENDED_VALUES)
    return referrals.filter(view.condition(membership, now))


def counts(membership: Membership, now: datetime) -> dict[str, int]:
    """How many referrals each view holds: the open ones in one grouped query, the ended ones up to 1,000."""
    each = {view.name: Count("pk", filter=view.condition(membership, now)) for view in _VIEWS if view.is_open}
    found: dict[str, int] = Referral.objects.open().aggregate(**each)
    ended = referrals_in(VIEWS["ended"], membership, now).values("pk")[:MOST_COUNTED]
    return {**found, "ended": ended.count()}


def page_of(
    view: View, membership: Membership, now: datetime, *, filters: Filters, after: Place | None = None
) -> tuple[list[Referral], Place | None]:
    """One page of a view and the place where the next begins, or None on the last.

    Open referrals by what is due first (those without a date last), ended ones the newest first. A page
    begins in the index at the place where the last one stopped, so the 200th costs what the first does.
    """
    rows = _rows(referrals_in(view, membership, now).filter(filters.condition))
    found = _by_due(rows, after) if view.is_open else _newest(rows, after)
    page = found[:PAGE]
    last = page[-1] if len(found) > PAGE else None
    return page, Place(last.due_at if view.is_open else last.index_at, last.pk) if last else None


def _rows(referrals: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = referrals.for_rows().select_related("coverage__payer")
    return found


def _by_due(rows: QuerySet[Referral], after: Place | None) -> list[Referral]:
    undated = rows.order_by("id")
    if after is None:
        return list(rows.order_by(F("due_at").asc(nulls_last=True), "id")[: PAGE + 1])
    if after.at is None:
        return list(undated.filter(due_at=None, id__gt=after.id)[: PAGE + 1])
    later = rows.filter(Q(due_at__gt=after.at) | Q(id__gt=after.id), due_at__gte=after.at)
    dated = list(later.order_by("due_at", "id")[: PAGE + 1])
    if len(dated) > PAGE:
        return dated
    return dated + list(undated.filter(due_at=None)[: PAGE + 1 - len(dated)])


def _newest(rows: QuerySet[Referral], after: Place | None) -> list[Referral]:
    if after is not None and after.at is not None:
        rows = rows.filter(Q(index_at__lt=after.at) | Q(id__lt=after.id), index_at__lte=after.at)
    return list(rows.order_by("-index_at", "-id")[: PAGE + 1])


@dataclass(frozen=True)
class Choice:
    """One value a filter may have."""

    filter: str
    id: UUID
    label: str


def choices() -> list[Choice]:
    """What one may filter by: specialties, payers and colleagues by name, in one query."""
    specialties = Specialty.objects.values_list(Value("specialty"), "pk", "name")
    payers = Payer.objects.values_list(Value("payer"), "pk", "name")
    owners = Membership.objects.filter(is_active=True).values_list(Value("owner"), "pk", "user__full_name")
    return sorted(
        (Choice(*row) for row in specialties.union(payers, owners, all=True)), key=lambda c: c.label
    )


# ---------------------------------------------------------------- finding a patient


@dataclass(frozen=True)
class Hit:
    """A patient found, and the referral one asks about: the open one due first, else the latest."""

    patient: Patient
    referral: Referral | None


def find(sought: Sought, *, most: int) -> list[Hit]:
    """Patients who fit what was typed, likeliest first; at most so many."""
    return with_referrals([] if sought.is_empty else _patients(sought, most)[:most], sought)


def with_referrals(patients: list[Patient], sought: Sought = Sought()) -> list[Hit]:  # noqa: B008 (frozen)
    """The patients in their order, each with the referral that is asked about."""
    referrals = Referral.objects.filter(patient__in=patients).select_related("specialty", "coverage__payer")
    if sought.number:
        referrals = referrals.filter(number=sought.number)
    last_first = referrals.order_by(F("due_at").desc(nulls_first=True), "index_at")
    first = {referral.patient_id: referral for referral in last_first} if patients else {}
    return [Hit(patient, first.get(patient.pk)) for patient in patients]


def _patients(sought: Sought, most: int) -> list[Patient]:
    if sought.number:
        return list(Patient.objects.filter(referrals__number=sought.number)[:most])
    if sought.name:
        return patient_queries.named(sought.name, born=sought.born, most=most)
    if sought.born:
        return list(Patient.objects.current().born(sought.born).order_by("name_key", "pk")[:most])
    return list(dict.fromkeys(_by_numbers(sought, most)))


def _by_numbers(sought: Sought, most: int) -> Iterator[Patient]:
    """By chart number, then the numbers others gave, then telephones."""
    if sought.mrn:
        yield from (patient.standing for patient in Patient.objects.filter(mrn=sought.mrn))
    if sought.code:
        yield from patient_queries.numbered(sought.code, most=most)
        members = Coverage.objects.filter(member_id_index=Coverage.index_of(sought.code)).values("patient")
        yield from Patient.objects.current().filter(pk__in=members)[:most]
    if sought.phone:
        yield from patient_queries.with_phone_ending(sought.phone, most=most)
