"""Free openings as a calendar shows them: by day, in the clinic's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from organizations.models import Site
from providers.models import Provider
from scheduling.models import LIVE, Appointment, Slot

HORIZON = timedelta(weeks=6)
MOST = 800


@dataclass(frozen=True)
class Opening:
    """One time that can still be had. `starts_at` is in the clinic's zone."""

    slot_id: UUID
    starts_at: datetime
    minutes: int
    visit_name: str
    provider: Provider
    site: Site


@dataclass(frozen=True)
class Day:
    """One day with visits; `openings` is empty when all of them are taken."""

    day: date
    openings: tuple[Opening, ...]


def days_with_openings(
    *, now: datetime, zone: tzinfo, provider_id: UUID | None = None, specialty_id: UUID | None = None
) -> list[Day]:
    """The next six weeks of a clinician, else of a specialty, in one query; full days among them, empty.

    Without either there is nothing to offer. At most `MOST` visits are read; a day that is cut is left out.
    """
    whose = _whose(provider_id, specialty_id)
    if whose is None:
        return []
    taken = Appointment.objects.filter(slot=OuterRef("pk"), state__in=LIVE)
    slots = list(
        Slot.objects.filter(whose, withdrawn=False, starts_at__gt=now, starts_at__lt=now + HORIZON)
        .select_related("schedule__provider", "schedule__site")
        .annotate(taken=Exists(taken))
        .order_by("starts_at", "id")[:MOST]
    )
    days = list(_by_day(slots, zone))
    return days[:-1] if len(slots) == MOST else days


def offered(
    slot_id: UUID, *, provider_id: UUID | None = None, specialty_id: UUID | None = None
) -> Slot | None:
    """The slot, free or not, when it is one of those that `days_with_openings` draws from."""
    whose = _whose(provider_id, specialty_id)
    return None if whose is None else Slot.objects.filter(whose, pk=slot_id).first()


def _whose(provider_id: UUID | None, specialty_id: UUID | None) -> Q | None:
    if provider_id is not None:
        return Q(schedule__provider_id=provider_id)
    if specialty_id is not None:
        return Q(schedule__provider__specialty_id=specialty_id, schedule__provider__is_active=True)
    return None


def _by_day(slots: list[Slot], zone: tzinfo) -> Iterator[Day]:
    for day, group in groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date()):
        free = [slot for slot in group if not slot.taken]  # type: ignore[attr-defined]
        yield Day(day, tuple(opening(slot, zone) for slot in free))


def opening(slot: Slot, zone: tzinfo) -> Opening:
    """A slot with all that a page shows of it."""
    schedule = slot.schedule
    return Opening(
        slot_id=slot.pk,
        starts_at=slot.starts_at.astimezone(zone),
        minutes=schedule.visit_minutes,
        visit_name=schedule.visit_name,
        provider=schedule.provider,
        site=schedule.site,
    )
