"""Deadlines: in opening hours, never backwards, and the same whether counted in one go or in two."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.due import Calendar, after_working_days, after_working_time

CHICAGO = ZoneInfo("America/Chicago")
THANKSGIVING = date(2026, 11, 26)
CALENDAR = Calendar(CHICAGO, holidays=frozenset({THANKSGIVING, date(2026, 12, 25)}))

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
spans = st.timedeltas(timedelta(), timedelta(hours=90))
hours = st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
calendars = st.builds(
    lambda zone, pair: Calendar(ZoneInfo(zone), min(pair), max(pair), CALENDAR.holidays),
    st.sampled_from(["America/Chicago", "America/New_York", "Pacific/Honolulu", "America/Phoenix"]),
    st.tuples(hours, hours).filter(lambda pair: pair[0].hour < pair[1].hour),
)


@given(moments, spans, calendars)
def test_a_deadline_falls_in_opening_hours(start, span, calendar):
    due = after_working_time(start, span, calendar).astimezone(calendar.zone)
    assert calendar.is_working_day(due.date())
    assert calendar.opens <= due.time() <= calendar.closes


@given(moments, spans, calendars)
def test_a_deadline_is_never_before_its_start(start, span, calendar):
    assert after_working_time(start, span, calendar) >= start


@given(moments, spans, spans, calendars)
def test_more_time_never_ends_earlier(start, short, long, calendar):
    short, long = sorted((short, long))
    assert after_working_time(start, short, calendar) <= after_working_time(start, long, calendar)


@given(moments, moments, spans, calendars)
def test_a_later_start_never_ends_earlier(one, other, span, calendar):
    early, late = sorted((one, other))
    assert after_working_time(early, span, calendar) <= after_working_time(late, span, calendar)


@given(moments, spans, spans, calendars)
def test_two_spans_one_after_the_other_are_their_sum(start, first, second, calendar):
    between = after_working_time(start, first, calendar)
    assert after_working_time(between, second, calendar) == after_working_time(
        start, first + second, calendar
    )


@given(moments, st.integers(1, 20))
def test_whole_working_days_keep_the_time_of_day(start, days):
    begun = after_working_time(start, timedelta(), CALENDAR)
    due = after_working_days(begun, days, CALENDAR)
    if begun.time() != CALENDAR.opens:
        assert due.time() == begun.time()
    assert due.date() >= begun.date()


def test_the_day_before_a_holiday_leads_to_the_day_after_it():
    wednesday = datetime(2026, 11, 25, 16, tzinfo=CHICAGO)
    assert after_working_time(wednesday, timedelta(hours=2), CALENDAR) == datetime(
        2026, 11, 27, 9, tzinfo=CHICAGO
    )


def test_a_weekend_does_not_count():
    friday = datetime(2026, 11, 20, 16, tzinfo=CHICAGO)
    assert after_working_days(friday, 1, CALENDAR) == datetime(2026, 11, 23, 16, tzinfo=CHICAGO)


def test_the_night_when_clocks_go_back_keeps_opening_hours():
    friday = datetime(2026, 10, 30, 16, 30, tzinfo=CHICAGO)
    assert after_working_time(friday, timedelta(hours=1), CALENDAR) == datetime(
        2026, 11, 2, 8, 30, tzinfo=CHICAGO
    )


def test_a_clinic_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="closes after it opens"):
        Calendar(CHICAGO, time(17), time(8))
