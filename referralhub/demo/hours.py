"""When the demo's clinic works: weekdays but federal holidays, 8:00 to 17:00, America/Chicago."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("America/Chicago")
OPENS, CLOSES = time(8, 0), time(17, 0)
SLOT_MINUTES = 15
SLOTS_A_DAY = 33  # the last one begins at 16:00, so that a visit ends within hours


def working_days(first: date, last: date) -> list[date]:
    """The days the clinic works from first to last, both included."""
    closed = holidays.country_holidays("US", years=range(first.year, last.year + 1))
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in closed]


def moment(rng: Random, day: date, *, after: datetime | None) -> datetime:
    """Some moment of the working day, later than `after` when that is on the same day."""
    opens = datetime.combine(day, OPENS, ZONE)
    begin = after if after is not None and after > opens else opens
    # Never more than part of what is left of the day, so that any number of moments fits into it in order.
    part = rng.uniform(0.02, 0.95 if begin is opens else 0.5)
    return (begin + (datetime.combine(day, CLOSES, ZONE) - begin) * part).replace(microsecond=0)


def slot(rng: Random, day: date) -> datetime:
    """The beginning of some appointment of the day."""
    return datetime.combine(day, OPENS, ZONE) + timedelta(minutes=SLOT_MINUTES * rng.randrange(SLOTS_A_DAY))


class Diary:
    """The working days around `today`, counted back from it and ahead."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.days = working_days(today - timedelta(days=365), today + timedelta(days=90))
        self.present = bisect_left(self.days, today)

    def days_for(self, waits: list[int], *, ago: int) -> list[date]:
        """A day for each move, the last `ago` working days before today, later if the year is too short."""
        ago = max(1, min(ago, self.present - sum(waits)))
        begin = self.present - ago - sum(waits)
        return [self.days[begin + passed] for passed in accumulate(waits)]

    def ahead(self, days: int) -> date:
        """The working day this many days after today."""
        return self.days[bisect_right(self.days, self.today) + days - 1]
