"""Deadlines in the clinic's working time. Pure: the calendar is an argument.

Default clocks are those of the lifecycle page (UNC, Mass General, SFGH, Concord); urgent care does not wait
for opening hours, so STAT clocks run on the wall clock.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """When a clinic works. Raises ValueError for one that never opens: no deadline could be found."""

    zone: ZoneInfo
    opens: time = time(8)
    closes: time = time(17)
    holidays: Container[date] = frozenset()

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError("A clinic closes after it opens.")

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and not a holiday."""
        return day.weekday() < SATURDAY and day not in self.holidays

    @property
    def day_length(self) -> timedelta:
        """Opening hours of one day."""
        anchor = date(2026, 1, 5)
        return datetime.combine(anchor, self.closes) - datetime.combine(anchor, self.opens)


def after_working_time(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """The moment when `span` of opening hours has passed since `start`, in UTC-aware clinic time."""
    moment = _next_opening(start.astimezone(calendar.zone), calendar)
    while True:
        closing = datetime.combine(moment.date(), calendar.closes, calendar.zone)
        if moment + span <= closing:
            return moment + span
        span -= closing - moment
        moment = _next_opening(closing + timedelta(minutes=1), calendar)


def after_working_days(start: datetime, days: float, calendar: Calendar) -> datetime:
    """`days` working days of opening hours later."""
    return after_working_time(start, calendar.day_length * days, calendar)


def _next_opening(moment: datetime, calendar: Calendar) -> datetime:
    while True:
        opening = datetime.combine(moment.date(), calendar.opens, calendar.zone)
        closing = datetime.combine(moment.date(), calendar.closes, calendar.zone)
        if calendar.is_working_day(moment.date()) and moment < closing:
            return max(moment, opening)
        moment = datetime.combine(moment.date() + timedelta(days=1), calendar.opens, calendar.zone)
