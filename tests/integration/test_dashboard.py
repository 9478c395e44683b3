"""The dashboard: figures of hand-made scenes, and each number equal to the rows behind it."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine

from audit.models import AccessEvent
from referrals.lifecycle import Stage
from referrals.models import Step, Visit
from tests.conftest import inside
from tests.factories import make_patient, make_referral

PAGE = "/o/lakeside/insights/"
NOW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
PATH = ["received", "accepted", "scheduled", "seen", "reported", "closed"]


@pytest.fixture(autouse=True)
def today():
    """The clinic's Wednesday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dana(member, enter):
    """The manager's browser."""
    return enter(member("manager"))


def reach(stage: str, *, days_ago: int = 10, waited: int | None = None, **fields):
    """A referral that walked as far as this stage, seen `waited` days after it began."""
    began = NOW - timedelta(days=days_ago)
    referral = make_referral(stage=stage, index_at=began, **fields)
    walked = PATH[1 : PATH.index(stage) + 1] if stage in PATH else []
    for to in walked:
        add_step(referral, to)
    if "seen" in walked:
        Visit.objects.create(referral=referral, seen_on=began.date() + timedelta(days=waited or 0))
    return referral


def add_step(referral, to: str) -> None:
    Step.objects.create(referral=referral, name=to, to_stage=to, title=to, actor="x", actor_label="x")


def many(*stages: str, **fields) -> None:
    for stage in stages:
        reach(stage, **fields)


def html(browser, query: str = "") -> str:
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def funnel(page: str) -> dict[str, int]:
    part = page[page.index('id="funnel-h"') : page.index('id="stages-h"')]
    found = re.findall(r"<li><span><a[^>]*>([^<]+)</a></span><span><b>([\d,]+)</b>", part)
    return {label: int(count.replace(",", "")) for label, count in found}


def standing(page: str) -> dict[str, tuple[int, str]]:
    part = page[page.index('id="stages-h"') :]
    found = re.findall(
        r'<li><span><a[^>]*>([^<]+)</a>(?:<span class="muted">, ([^<]*)</span>)?</span><b>(\d+)</b>', part
    )
    return {label: (int(count), note) for label, note, count in found}


def kpis(page: str) -> dict[str, str]:
    found = re.findall(
        r'<dt>([^<]+)</dt>.*?class="val"><a[^>]*>([^<]+)</a>(?:<small>(%)</small>)?', page, re.DOTALL
    )
    return {label: value + unit for label, value, unit in found}


# ---------------------------------------------------------------- figures
SCENE = [
    *["received"] * 6, *["accepted"] * 4, *["scheduled"] * 3, *["seen"] * 3, *["reported"] * 2,
    *["closed"] * 4, *["lost"] * 3,
]  # fmt: skip


def test_each_step_counts_whoever_reached_it(scope, dana):
    many(*SCENE)
    assert funnel(html(dana)) == {
        "Received": 25,
        "Accepted": 16,
        "Scheduled": 12,
        "Seen": 9,
        "Report sent": 6,
        "Loop closed": 4,
    }


def test_the_figures_on_top_follow_from_them(scope, dana):
    many(*SCENE, waited=7)
    assert kpis(html(dana)) == {
        "Referrals": "25",
        "Seen": "9",
        "Loop closed": "44.4%",
        "Lost": "12%",
        "Median days to visit": "7",
    }


def test_the_median_is_of_calendar_days_of_those_seen(scope, dana):
    many(*["received"] * 17)
    for waited in (2, 9, 40):
        reach("seen", days_ago=60, waited=waited)
    assert kpis(html(dana))["Median days to visit"] == "9"


def test_a_visit_before_the_referral_began_is_another_visit(scope, dana):
    many(*["received"] * 19)
    Visit.objects.create(referral=reach("received"), seen_on=date(2026, 1, 1))
    assert kpis(html(dana))["Median days to visit"] == "–"


def test_a_step_that_was_skipped_counts_for_who_came_further(scope, dana):
    referral = reach("received")
    add_step(referral, "seen")
    assert list(funnel(html(dana)).values()) == [1, 1, 1, 1, 0, 0]


def test_a_step_that_was_undone_was_still_reached(scope, dana):
    referral = reach("scheduled")
    referral.stage = "accepted"
    referral.save()
    assert funnel(html(dana))["Scheduled"] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": Stage.DRAFT},
        {"stage": Stage.VOID},
        {"stage": Stage.LOST, "leak_code": "X-DIED"},
        {"stage": Stage.LOST, "leak_code": "L3-DUPLICATE"},
        {"stage": Stage.SENT, "direction": "outbound"},
    ],
)
def test_who_is_nobodys_leak_or_ours_to_send_is_not_of_the_universe(scope, dana, fields):
    reach("received")
    make_referral(index_at=NOW, **fields)
    assert funnel(html(dana))["Received"] == 1


# ---------------------------------------------------------------- periods and sides
def test_a_period_is_so_many_whole_days_of_the_clinic(scope, dana):
    first_moment = datetime(2026, 10, 27, 5, 0, tzinfo=UTC)  # midnight in Springfield, 30 days with today
    for moment in (first_moment, first_moment - timedelta(seconds=1)):
        make_referral(index_at=moment)
    assert funnel(html(dana, "?days=30"))["Received"] == 1
    assert funnel(html(dana, "?days=90"))["Received"] == 2


@pytest.mark.parametrize("nonsense", ["?days=7", "?days=²", "?days=-30", "?days=x", "?side=up", "?days=1e9"])
def test_an_unknown_period_or_side_is_the_usual_one(scope, dana, nonsense):
    many("received")
    page = html(dana, nonsense)
    assert re.search(r'aria-current="page">90 days', page) and funnel(page)["Received"] == 1


def test_what_we_send_has_its_own_figures(scope, dana):
    many("received")
    many("accepted", "seen", direction="outbound")
    assert list(funnel(html(dana, "?side=sent")).values()) == [2, 2, 1, 1, 0, 0]


def test_who_only_sends_sees_what_they_sent(scope, dana):
    many("accepted", direction="outbound")
    assert "From sent to closed" in html(dana)


# ---------------------------------------------------------------- too little
def test_an_empty_organization_gets_a_page(scope, dana):
    page = html(dana, "?side=received")
    assert "No referral began in these 90 days." in page and "Nothing is open." in page


def test_too_few_referrals_show_no_rate(scope, dana):
    many(*["closed"] * 19)
    page = html(dana)
    assert "Rates need 20 referrals to mean anything. 19 began" in page and "%</small>" not in page


def test_a_figure_that_cannot_be_known_is_a_dash(scope, dana):
    many(*["received"] * 20)
    figures = kpis(html(dana))
    assert (figures["Loop closed"], figures["Lost"], figures["Median days to visit"]) == ("–", "0%", "–")


# ---------------------------------------------------------------- what is open now
def test_open_referrals_stand_by_stage_with_those_that_are_late(scope, dana):
    many("received", "received", "closed", "lost")
    reach("accepted", days_ago=400, due_at=NOW - timedelta(hours=1))
    reach("accepted", due_at=NOW + timedelta(hours=1))
    assert standing(html(dana)) == {"Received": (2, ""), "Accepted": (2, "1 overdue")}


# ---------------------------------------------------------------- the rows behind each number
def numbers(page: str) -> list[tuple[int, str]]:
    """Each linked number of the funnel, of the text below it, and of the bars, with the link."""
    main = page[page.index('id="funnel-h"') :]
    bars = re.findall(r'<li><span><a href="([^"]+)">[^<]+</a>.*?<b>([\d,]+)</b>', main)
    words = re.findall(r'<a href="(referrals/[^"]+)">([\d,]+)</a>', main)
    return [(int(count.replace(",", "")), unescape(link)) for link, count in bars + words]


def test_every_number_equals_the_rows_behind_its_link(scope, dana):
    many(*SCENE)
    many("received", days_ago=200)
    many("accepted", direction="outbound")
    found = numbers(html(dana))
    assert len(found) == 6 + 2 + 5
    for count, link in found:
        listed = html(dana, link)
        assert int(re.search(r'class="sub">([\d,]+) referral', listed)[1]) == count, link
        assert len(re.findall(r'<span class="b">(R-\d+)</span>', listed)) == count, link


def test_the_figures_on_top_lead_to_their_rows(scope, dana):
    many(*SCENE)
    page = html(dana)
    links = dict(re.findall(r'<dt>([^<]+)</dt>.*?class="val"><a href="([^"]+)"', page, re.DOTALL))
    rows = {
        label: int(re.search(r'class="sub">(\d+) referral', html(dana, unescape(link)))[1])
        for label, link in links.items()
    }
    assert rows == {"Referrals": 25, "Seen": 9, "Loop closed": 4, "Lost": 3, "Median days to visit": 9}


def test_a_long_list_goes_on_over_the_page(scope, dana):
    many(*["received"] * 103)
    first = html(dana, "referrals/?set=all")
    following = re.search(r'href="(\?[^"]+)" rel="next"', first)[1]
    second = html(dana, f"referrals/{unescape(following)}")
    shown = [len(re.findall(r'<span class="b">R-\d+</span>', page)) for page in (first, second)]
    assert shown == [100, 3] and 'rel="prev"' in second


@pytest.mark.parametrize("unknown", ["?set=everything", "?stage=closed", "?stage=nowhere"])
def test_a_list_that_does_not_exist_is_not_found(scope, dana, unknown):
    assert dana.get(f"{PAGE}referrals/{unknown}").status_code == 404


# ---------------------------------------------------------------- who may see whom
def test_the_dashboard_names_no_patient(scope, dana):
    many(*SCENE, patient=make_patient(family_name="Zzcanary"))
    page = html(dana)
    assert "Zzcanary" not in page and not re.search(r"R-\d{5}", page)


def test_opening_a_list_is_recorded_with_whose_data_it_showed(lakeside, dana):
    with inside(lakeside):
        patients = {reach("seen").patient_id for _ in range(3)}
        reach("received")
    html(dana, "referrals/?set=seen")
    with inside(lakeside):
        event = AccessEvent.objects.filter(object_type="referrals behind a figure").get()
    assert set(event.patient_ids) == patients and event.action == "search"


def test_another_organizations_referrals_are_not_counted(lakeside, prairie, dana):
    with inside(prairie):
        many("received")
    assert "No referral began" in html(dana, "?side=received")


def test_the_front_desk_sees_no_figures(alicia, enter):
    assert enter(alicia).get(PAGE).status_code == 403


def test_it_costs_the_same_for_many_referrals_as_for_none(scope, dana, django_assert_max_num_queries):
    from analytics import queries
    from analytics.measures.cohort import Side

    many(*SCENE)
    with django_assert_max_num_queries(4):
        queries.dashboard(Side.RECEIVED, 90, NOW, scope.zone)
    html(dana)
    with django_assert_max_num_queries(24):
        html(dana)
