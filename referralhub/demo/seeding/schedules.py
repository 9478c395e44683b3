"""Clinicians' openings for six weeks, and whose they are."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from organizations.models import Site
from patients.models import Patient
from providers.models import Provider
from referralhub.demo.hours import OPENS, ZONE
from referralhub.demo.seeding.rows import Rows
from scheduling.models import Appointment, Schedule, Slot

VISIT = timedelta(minutes=40)
VISITS_A_DAY = 12  # from 8:00 to 16:00
LUNCH = 6  # the visit at noon is left out
WITHDRAWN_SHARE = 0.12
FULLEST, EMPTIEST = 0.85, 0.15  # how much of a day is taken: tomorrow, and weeks ahead
EASING = 0.025  # less of it each day


class Openings:
    """Every clinician's visits: those of the coming weeks, and those of the past as patients had them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._schedules: dict[Provider, Schedule] = {}
        self._slots: dict[tuple[Provider, datetime], Slot] = {}
        self._taken: set[Slot] = set()

    def offer(self, provider: Provider, site: Site, days: Iterable[date], rng: Random) -> None:
        """Open a clinician's visits on these days; some are withdrawn."""
        self._schedules[provider] = self._rows.add(Schedule(provider=provider, site=site))
        for day in days:
            for at in _times(day):
                self._slot(provider, at).withdrawn = rng.random() < WITHDRAWN_SHARE

    def take(self, provider: Provider, near: datetime) -> Slot:
        """The clinician's free visit nearest to this time of its day, else of the next day."""
        for at in sorted(_times(near.date()), key=lambda at: abs(at - near)):
            slot = self._slot(provider, at)
            if slot not in self._taken and not slot.withdrawn:
                self._taken.add(slot)
                return slot
        return self.take(provider, near + timedelta(days=1))

    def fill(self, patients: Sequence[Patient], rng: Random, now: datetime) -> None:
        """Give part of the coming visits to patients who need no referral, most of them in the next days."""
        for (_, at), slot in self._slots.items():
            is_free = at > now and slot not in self._taken and not slot.withdrawn
            if is_free and rng.random() < _fullness(at, now):
                booked_at = now - timedelta(hours=rng.randint(2, 900))
                self._rows.add(Appointment(slot=slot, patient=rng.choice(patients), booked_at=booked_at))

    def _slot(self, provider: Provider, at: datetime) -> Slot:
        if (provider, at) not in self._slots:
            slot = Slot(schedule=self._schedules[provider], starts_at=at, ends_at=at + VISIT)
            self._slots[provider, at] = self._rows.add(slot)
        return self._slots[provider, at]


def openings(
    clinicians: Iterable[Provider], home: Site, *, rows: Rows, rng: Random, days: Sequence[date]
) -> Openings:
    """The visits of these clinicians on these days, at their sites or at home."""
    offered = Openings(rows)
    for clinician in clinicians:
        offered.offer(clinician, clinician.site or home, days, rng)
    return offered


def _times(day: date) -> list[datetime]:
    opens = datetime.combine(day, time(OPENS.hour, OPENS.minute), ZONE)
    return [opens + VISIT * place for place in range(VISITS_A_DAY) if place != LUNCH]


def _fullness(at: datetime, now: datetime) -> float:
    return max(EMPTIEST, FULLEST - EASING * (at - now).days)
