from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.quiet import wait_for_daytime

CHICAGO = ZoneInfo("America/Chicago")


def at(hour, minute=0, *, day=25, month=11, zone=CHICAGO):
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize("moment", [at(8), at(12), at(20, 59)])
def test_by_day_a_text_goes_at_once(moment):
    assert wait_for_daytime(moment, CHICAGO) is None


@pytest.mark.parametrize("moment", [at(21), at(23, 59), at(0, day=26), at(7, 59, day=26)])
def test_by_night_it_waits_for_eight_in_the_morning(moment):
    assert moment + wait_for_daytime(moment, CHICAGO) == at(8, day=26)


def test_the_clinics_own_clock_counts():
    assert wait_for_daytime(datetime(2026, 11, 25, 13, 30, tzinfo=UTC), CHICAGO) == timedelta(minutes=30)


def test_the_night_when_clocks_go_back_is_an_hour_longer():
    assert wait_for_daytime(at(22, day=31, month=10), CHICAGO) == timedelta(hours=11)
