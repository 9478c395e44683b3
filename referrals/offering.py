"""The times a patient may pick, as a page shows them. Pure; words are in the language in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.spoken import long_day, time_of_day, weekday
from scheduling.queries import Day, Opening

NOON, EVENING = 12, 17


@dataclass(frozen=True)
class DayShown:
    """One day of the strip."""

    iso: str
    weekday: str
    number: int
    free: str
    label: str
    is_full: bool
    is_chosen: bool


@dataclass(frozen=True)
class TimeShown:
    """One time to pick; a taken one is shown struck and cannot be picked."""

    slot_id: UUID | None
    text: str
    is_chosen: bool = False
    is_taken: bool = False


@dataclass(frozen=True)
class Group:
    """Times under one heading."""

    heading: str
    times: tuple[TimeShown, ...]


def chosen_day(days: list[Day], wanted: str) -> Day | None:
    """The day asked for, else the first with a free time; None when nothing is free."""
    free = [day for day in days if day.openings]
    return next((day for day in free if day.day.isoformat() == wanted), free[0] if free else None)


def strip(days: list[Day], chosen: Day) -> list[DayShown]:
    """The row of days, full ones among them."""
    return [_day(day, is_chosen=day.day == chosen.day) for day in days]


def _day(day: Day, *, is_chosen: bool) -> DayShown:
    count = len(day.openings)
    free = ngettext("%(count)d open", "%(count)d open", count) % {"count": count} if count else _("Full")
    return DayShown(
        iso=day.day.isoformat(),
        weekday=weekday(day.day),
        number=day.day.day,
        free=free,
        label=f"{long_day(day.day)}: {free}",
        is_full=not count,
        is_chosen=is_chosen,
    )


def by_part_of_day(day: Day) -> list[Group]:
    """A day's free times: morning, afternoon, evening, and each clinician apart when there are several."""
    clinicians = {opening.provider for opening in day.openings}
    openings = sorted(day.openings, key=lambda o: (_part(o.starts_at), o.provider.family_name, o.starts_at))
    return [
        Group(_heading(*key, several=len(clinicians) > 1), _times(times))
        for key, times in groupby(openings, key=lambda o: (_part(o.starts_at), o.provider.short_name))
    ]


def _part(moment: datetime) -> int:
    return 0 if moment.hour < NOON else 1 if moment.hour < EVENING else 2


def _heading(part: int, clinician: str, *, several: bool) -> str:
    name = (_("Morning"), _("Afternoon"), _("Evening"))[part]
    return f"{name}, {clinician}" if several else name


def _times(openings: Iterable[Opening]) -> tuple[TimeShown, ...]:
    return tuple(TimeShown(o.slot_id, time_of_day(o.starts_at)) for o in openings)


def only_one(day: Day) -> Opening | None:
    """What the card above the times says, when all of them are with one clinician at one place."""
    places = {(opening.provider.pk, opening.site.pk) for opening in day.openings}
    return day.openings[0] if len(places) == 1 else None


def instead_of(taken_at: datetime | None, days: list[Day], *, now: datetime) -> list[Group]:
    """After a time was lost: its own day with that time struck, the next day, the nearest time suggested."""
    wanted = taken_at or now
    free = [day for day in days if day.openings]
    openings = [opening for day in free for opening in day.openings]
    nearest = min(openings, key=lambda opening: abs(opening.starts_at - wanted), default=None)
    near = [day for day in free if day.day >= wanted.date()][:2] or free[:2]
    return [_around(day, taken_at, nearest) for day in near]


def _around(day: Day, taken_at: datetime | None, nearest: Opening | None) -> Group:
    times = [
        (o.starts_at, TimeShown(o.slot_id, time_of_day(o.starts_at), is_chosen=o is nearest))
        for o in day.openings
    ]
    if taken_at is not None and day.day == taken_at.date():
        times.append((taken_at, TimeShown(None, time_of_day(taken_at), is_taken=True)))
    return Group(long_day(day.day), tuple(shown for _at, shown in sorted(times, key=lambda pair: pair[0])))
