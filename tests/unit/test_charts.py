"""The geometry of charts, clocks and meters: sums, no negatives, and nothing to draw."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts import Count, bars, funnel, spark
from organizations import shapes

NOW = datetime(2026, 11, 25, 9, 50, tzinfo=ZoneInfo("America/Chicago"))
counts = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=12)


def named(*numbers: int) -> list[Count]:
    return [Count(f"Stage {n}", number) for n, number in enumerate(numbers)]


def test_nothing_to_count_draws_nothing():
    assert funnel([]) == bars([]) == []
    assert spark([]).line == ""


def test_a_funnel_measures_every_stage_by_the_first():
    drawn = funnel(named(1284, 1082, 0))
    assert [(bar.width, bar.percent) for bar in drawn] == [(100, 100), (84.3, 84), (0, 0)]


def test_an_empty_funnel_is_all_zero():
    assert [(bar.width, bar.percent) for bar in funnel(named(0, 0))] == [(0, 0), (0, 0)]


def test_the_longest_bar_is_the_largest_count():
    assert [bar.width for bar in bars(named(10, 40, 20))] == [25, 100, 50]


@given(counts)
def test_bars_stay_inside_their_track_and_their_shares_make_a_whole(numbers):
    drawn = bars(named(*numbers))
    assert all(0 <= bar.width <= 100 for bar in drawn)
    assert abs(sum(bar.percent for bar in drawn) - (100 if any(numbers) else 0)) <= len(numbers) / 2


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_a_sparkline_stays_inside_its_box(values):
    drawn = spark(values)
    points = [tuple(map(float, point.split())) for point in drawn.line.removeprefix("M").split("L")]
    assert len(points) == len(values)
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points)


def test_one_value_is_a_dot_at_mid_height():
    assert (spark([7]).x, spark([7]).y) == (0, 12)


@pytest.mark.parametrize(("share", "dash"), [(0, "0.0 37.7"), (0.5, "18.8 37.7"), (1, "37.7 37.7")])
def test_a_ring_draws_its_share(share, dash):
    assert shapes.ring(share) == dash


def test_a_ring_is_never_less_than_empty_nor_more_than_full():
    assert (shapes.ring(-1), shapes.ring(2)) == (shapes.ring(0), shapes.ring(1))


@pytest.mark.parametrize(
    ("hours_left", "span_hours", "state", "text"),
    [
        (30, 72, "ok", "1d 6h left"),
        (17, 72, "soon", "17h left"),  # under a quarter
        (3.5, 8, "soon", "3h 30m left"),  # under four hours
        (-28, 72, "over", "Overdue 1d 4h"),
    ],
)
def test_a_clock_says_how_urgent_it_is(hours_left, span_hours, state, text):
    due = NOW + timedelta(hours=hours_left)
    drawn = shapes.clock(due=due, now=NOW, started=due - timedelta(hours=span_hours))
    assert (drawn.state, drawn.text) == (state, text)


def test_a_clock_due_when_it_started_is_empty_not_an_error():
    assert shapes.clock(due=NOW, now=NOW, started=NOW).dash == shapes.ring(0)


def test_a_paused_clock_does_not_tick():
    assert (shapes.paused().state, shapes.paused().due_iso) == ("hold", "")


def test_a_loop_shows_done_current_and_ahead():
    drawn = shapes.loop("Insurance", finished=2, state="wait")
    assert ([s.css for s in drawn.segments], drawn.step) == (["d", "d", "c", "", "", ""], 3)


def test_a_closed_loop_is_full():
    assert {s.css for s in shapes.loop("Loop closed", finished=6).segments} == {"d"}
