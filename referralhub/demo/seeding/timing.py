"""When things happened, counted back from now in the clinic's working time.

The world's journeys lie before today; here the open ones are moved so that, whenever the demo is made, some
are late, some are due soon, and most are in time.
"""

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from referralhub.demo.hours import CLOSES, OPENS, ZONE, Diary
from referralhub.demo.journeys import PlannedStep, ReferralPlan
from referrals.next_action import CLOCKS, DEFAULT_CLOCK, Priority

DAY = timedelta(hours=9)  # the clinic's, 8:00 to 17:00
FORGOTTEN, LATE, SOON = 0.03, 0.2, 0.45  # cumulative shares; the rest are in time
CODES = {
    ("received", "inbound"): "accept",
    ("info_requested", "inbound"): "await_information",
    ("info_requested", "outbound"): "await_information",
    ("seen", "inbound"): "send_report",
    ("reported", "inbound"): "await_acknowledgement",
    ("sent", "outbound"): "acknowledge",
}
ACCEPTED_DAYS = (1.0, 8.0)  # an accepted referral's clock runs from what happened since: see waiting.py
VISITS_TODAY, VISITS_BEFORE = 3, 2  # scheduled ones whose visit is today, or was and is to be recorded
SOON_AFTER = timedelta(minutes=10)
BACK = 3  # working days that such a visit's booking is moved back


class Clock:
    """The clinic's working time, read backwards from now."""

    def __init__(self, now: datetime, diary: Diary, rng: Random) -> None:
        self.now, self.diary, self._rng = now.astimezone(ZONE), diary, rng

    def ago(self, working: timedelta) -> datetime:
        """The moment since which so much working time has passed."""
        place = bisect_right(self.diary.days, self.now.date()) - 1
        moment = min(self.now, datetime.combine(self.diary.days[place], CLOSES, ZONE))
        while moment - working < (opens := datetime.combine(self.diary.days[place], OPENS, ZONE)):
            working -= max(moment - opens, timedelta())
            place -= 1
            moment = datetime.combine(self.diary.days[place], CLOSES, ZONE)
        return moment - working

    def since(self, code: str, priority: str) -> datetime:
        """Since when a next action may have been waiting: late, due soon or in time, as chance has it."""
        span = CLOCKS.get(code, DEFAULT_CLOCK)[priority]
        part = self._part()
        if priority == Priority.STAT or isinstance(span, timedelta):
            return self.now - (span if isinstance(span, timedelta) else span * timedelta(days=1)) * part
        return self.ago(DAY * span * part)

    def _part(self) -> float:
        luck = self._rng.random()
        if luck < LATE:
            return self._rng.uniform(1.05, 1.9)
        return self._rng.uniform(0.8, 0.97) if luck < SOON else self._rng.uniform(0.05, 0.75)

    def between(self, begin: datetime, end: datetime, part: float) -> datetime:
        """A moment at that part of the way from begin to end, in working hours where there is room."""
        place = max(1, bisect_right(self.diary.days, (begin + (end - begin) * part).date()) - 1)
        minutes = timedelta(minutes=self._rng.randrange(15, 525))
        for day in (self.diary.days[place], self.diary.days[place - 1], self.diary.days[place + 1]):
            at = datetime.combine(day, OPENS, ZONE) + minutes
            if begin < at < end:
                return at
        return begin + min((end - begin) * part, SOON_AFTER)


def freshened(plan: ReferralPlan, clock: Clock, rng: Random) -> ReferralPlan:
    """An open plan whose last step is as long ago as its stage allows; a few stay forgotten."""
    if plan.stage == "accepted":
        return moved(plan, clock.ago(DAY * rng.uniform(*ACCEPTED_DAYS)), clock.diary)
    if rng.random() < FORGOTTEN:
        return plan
    last = clock.since(CODES.get((plan.stage, plan.direction), ""), plan.priority)
    if plan.stage == "seen":  # a visit of today is still to be recorded
        last = min(last, clock.ago(DAY + timedelta(hours=rng.uniform(0, 4))))
    return moved(plan, last, clock.diary)


def moved(plan: ReferralPlan, last: datetime, diary: Diary) -> ReferralPlan:
    """The plan with its last step at this moment, the others as many working days before as they were."""
    old = plan.steps[-1].at
    present = bisect_right(diary.days, last.date()) - 1
    steps = [PlannedStep(plan.steps[-1].move, last)]
    for step in reversed(plan.steps[:-1]):
        day = diary.days[present - _days_between(diary, step.at, old)]
        at = datetime.combine(day, step.at.timetz())
        steps.append(PlannedStep(step.move, min(at, steps[-1].at - timedelta(minutes=17))))
    return replace(plan, steps=tuple(reversed(steps)))


def with_visit_near(plan: ReferralPlan, place: int, diary: Diary) -> ReferralPlan:
    """The first scheduled plans get their visits today, the next ones on the last working day."""
    if place >= VISITS_TODAY + VISITS_BEFORE or plan.visit_at is None:
        return plan
    day = diary.days[diary.present - (place >= VISITS_TODAY)]
    at = plan.steps[-1].at
    earlier = datetime.combine(diary.days[bisect_right(diary.days, at.date()) - 1 - BACK], at.timetz())
    booked = moved(plan, earlier, diary)
    return replace(booked, visit_at=datetime.combine(day, plan.visit_at.timetz()))


def _days_between(diary: Diary, first: datetime, last: datetime) -> int:
    return bisect_right(diary.days, last.date()) - bisect_right(diary.days, first.date())
