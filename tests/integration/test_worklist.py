"""The worklist: every count is the number of rows behind it, due first, page after page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from audit.models import AccessEvent
from referrals import queries
from referrals.actions import owning
from referrals.models import Referral
from referrals.queries import VIEWS, Filters
from tests import factories
from tests.conftest import inside
from tests.integration import referral_scenes as scenes

HTMX = {"HTTP_HX_REQUEST": "true"}


def rows_of(view, member, filters=None):
    """Every row of a view, page after page."""
    found, after = [], None
    while True:
        page, after = queries.page_of(
            VIEWS[view], member, timezone.now(), filters=filters or Filters(), after=after
        )
        found += page
        if after is None:
            return found


def a_referral(**facts):
    return factories.make_referral(**facts)


@pytest.fixture
def a_busy_day(scope, alicia, priya):
    """Referrals in all views, of two owners and nobody."""
    now, patient = timezone.now(), factories.make_patient()
    for stage in ("received", "accepted", "scheduled", "seen", "closed", "lost"):
        for owner in (alicia, priya, None):
            for n, owed_by in enumerate(("us", "payer", "patient", "them")):
                a_referral(
                    stage=stage,
                    patient=patient,
                    owner=owner,
                    owed_by=owed_by,
                    priority=("routine", "urgent", "stat")[n % 3],
                    due_at=None if stage in {"closed", "lost"} else now + timedelta(hours=n - 2),
                    clock_from=now + timedelta(days=1) if stage == "scheduled" else now - timedelta(days=1),
                )


# ---------------------------------------------------------------- views and counts


@pytest.mark.parametrize("view", VIEWS)
def test_each_count_is_the_number_of_rows_behind_it(a_busy_day, alicia, view):
    rows = rows_of(view, alicia)
    assert queries.counts(alicia, timezone.now())[view] == len(rows) > 0


def test_needs_me_is_mine_and_our_turn_and_has_begun(a_busy_day, alicia):
    rows = rows_of("needs_me", alicia)
    assert {(r.owner_id, r.owed_by, r.stage) for r in rows} == {
        (alicia.pk, "us", stage) for stage in ("received", "accepted", "seen")
    }


def test_overdue_is_past_its_time_and_open(a_busy_day, alicia):
    assert all(r.due_at < timezone.now() and r.is_open for r in rows_of("overdue", alicia))


def test_ended_and_open_share_nothing_and_leave_nothing_out(a_busy_day, alicia):
    found = [r.pk for view in ("open", "ended") for r in rows_of(view, alicia)]
    assert len(found) == len(set(found)) == Referral.objects.count()


def test_ended_referrals_are_counted_up_to_a_limit(a_busy_day, alicia, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 5)
    assert queries.counts(alicia, timezone.now())["ended"] == 5


def test_a_tenant_without_referrals_has_counts(scope, alicia):
    assert set(queries.counts(alicia, timezone.now()).values()) == {0}


# ---------------------------------------------------------------- order and pages


def test_what_is_due_first_comes_first_and_what_has_no_date_last(scope, alicia):
    now = timezone.now()
    later, undated, sooner = (a_referral(due_at=at) for at in (now + timedelta(2), None, now))
    assert [r.number for r in rows_of("open", alicia)] == [sooner.number, later.number, undated.number]


@pytest.mark.parametrize("view", ["open", "ended"])
def test_pages_follow_each_other_without_gap_or_repetition(scope, alicia, monkeypatch, view):
    monkeypatch.setattr(queries, "PAGE", 4)
    moment, patient, doctor = timezone.now(), factories.make_patient(), factories.make_provider()
    same = {"patient": patient, "referring_provider": doctor, "coverage": None}
    for n in range(13):
        ended = {"stage": "closed", "index_at": moment + timedelta(hours=n // 5)}
        at = {"due_at": moment + timedelta(hours=n // 5)} if n < 10 else {"due_at": None}
        a_referral(**same, **(at if view == "open" else ended))
    rows = rows_of(view, alicia)
    assert len(rows) == len({r.pk for r in rows}) == 13
    times = (
        [r.due_at or moment + timedelta(days=9) for r in rows]
        if view == "open"
        else [r.index_at for r in rows]
    )
    assert times == sorted(times, reverse=view == "ended")


def test_show_50_more_is_a_link_that_works_without_scripts(scope, alicia, enter, sixty):
    browser = enter(alicia)
    first = browser.get("/o/lakeside/?view=open")
    more = browser.get("/o/lakeside/" + first.context["next_url"])
    numbers = [row.referral.number for answer in (first, more) for row in answer.context["rows"]]
    assert (len(numbers), len(set(numbers))) == (60, 60)
    assert more.context["next_url"] == ""


def test_htmx_gets_only_the_rows_that_follow(scope, alicia, enter, sixty):
    browser = enter(alicia)
    following = browser.get("/o/lakeside/?view=open").context["next_url"]
    part = browser.get("/o/lakeside/" + following, HTTP_HX_TARGET="rows", **HTMX).content.decode()
    assert (part.count("<tr class"), "<html" in part, 'id="more-rows"' in part) == (10, False, True)


@pytest.mark.parametrize("after", ["nonsense", "2026-11-25,1", "none,", "'; drop table referrals"])
def test_a_made_up_place_shows_the_first_page(scope, alicia, enter, after):
    a_referral()
    answer = enter(alicia).get("/o/lakeside/", {"view": "open", "after": after})
    assert (answer.status_code, len(answer.context["rows"])) == (200, 1)


@pytest.fixture
def sixty(scope):
    """Sixty open referrals of one patient."""
    patient, doctor = factories.make_patient(), factories.make_provider()
    for n in range(60):
        a_referral(
            patient=patient,
            referring_provider=doctor,
            coverage=None,
            due_at=timezone.now() + timedelta(minutes=n),
        )


# ---------------------------------------------------------------- filters


def test_filters_narrow_a_view_together(scope, alicia, enter):
    heart, skin = factories.make_specialty(), factories.make_specialty("dermatology", "Dermatology")
    hers = a_referral(specialty=heart, owner=alicia)
    a_referral(specialty=heart)
    a_referral(specialty=skin, owner=alicia)
    answer = enter(alicia).get("/o/lakeside/", {"view": "open", "specialty": heart.pk, "owner": alicia.pk})
    assert [row.referral.number for row in answer.context["rows"]] == [hers.number]
    assert "Remove filter: Specialty Cardiology" in answer.content.decode()


def test_filters_that_match_nothing_are_named_and_can_be_cleared(scope, alicia, enter):
    a_referral()
    other = factories.make_specialty("urology", "Urology")
    page = enter(alicia).get("/o/lakeside/", {"view": "open", "specialty": other.pk}).content.decode()
    assert "No referrals match 1 filter" in page and "Specialty: Urology." in page and "Clear filters" in page


@pytest.mark.parametrize(("view", "words"), [(view.name, view.empty) for view in VIEWS.values()])
def test_an_empty_view_says_so_in_its_own_words(scope, alicia, enter, view, words):
    assert words in enter(alicia).get(f"/o/lakeside/?view={view}").content.decode()


def test_an_empty_list_of_mine_leads_to_what_nobody_has(scope, alicia, enter):
    a_referral()
    page = enter(alicia).get("/o/lakeside/").content.decode()
    assert "1 is unassigned." in page and "See unassigned" in page


# ---------------------------------------------------------------- the row and the drawer


def test_a_row_tells_who_why_how_far_and_what_next(scope, alicia, enter):
    patient = factories.make_patient(family_name="Delgado-Ruiz", given_name="Maria")
    scenes.ready(patient=patient, reason="New exertional chest tightness")
    page = enter(alicia).get("/o/lakeside/?view=open").content.decode()
    for words in (
        "Delgado-Ruiz, Maria",
        "03/14/1967",
        "New exertional",
        "Urgent",
        "Scheduling",
        "Text a booking link",
    ):
        assert escape(words) in page


def test_peeking_works_without_scripts_and_is_logged(scope, alicia, enter):
    referral = scenes.received()
    answer = enter(alicia).get(f"/o/lakeside/?view=open&peek={referral.number}")
    assert 'id="drawer"' in answer.content.decode()
    assert AccessEvent.objects.filter(object_label=referral.number, action="view").exists()


def test_peeking_at_what_is_not_there_shows_no_drawer(scope, alicia, enter):
    answer = enter(alicia).get("/o/lakeside/?peek=R-99999")
    assert (answer.status_code, 'id="drawer"' in answer.content.decode()) == (200, False)


def test_a_drawer_is_a_part_of_a_page(scope, alicia, enter):
    referral = scenes.received()
    part = enter(alicia).get(f"/o/lakeside/referrals/{referral.number}/drawer/", **HTMX).content.decode()
    assert 'id="drawer"' in part and "<html" not in part


def test_what_somebody_wrote_cannot_become_markup(scope, alicia, enter):
    a_referral(reason="<img src=x onerror=alert(1)>", next_action="<b>x</b>")
    assert "<img src=x" not in enter(alicia).get("/o/lakeside/?view=open").content.decode()


def test_the_counts_alone_can_be_asked_for(scope, alicia, enter):
    a_referral()
    part = enter(alicia).get("/o/lakeside/counts/?view=open", **HTMX).content.decode()
    assert 'id="views"' in part and "<html" not in part


# ---------------------------------------------------------------- several at once


def test_several_are_assigned_at_once(scope, alicia, enter):
    chosen = [a_referral().number for _ in range(3)]
    enter(alicia).post("/o/lakeside/referrals/assignments/", {"ref": chosen[:2]})
    assert (
        list(Referral.objects.owned_by(alicia).order_by("pk").values_list("number", flat=True)) == chosen[:2]
    )


def test_who_could_not_be_texted_is_named_and_the_others_are_texted(scope, alicia, enter):
    good, silent = scenes.ready(), scenes.ready(patient=factories.make_patient(mobile=""))
    numbers = {"ref": [good.number, silent.number], "back": "/o/lakeside/?view=open"}
    page = enter(alicia).post("/o/lakeside/referrals/booking-links/", numbers, follow=True).content.decode()
    assert "1 referral sent a booking link." in page and f"{silent.number}: No mobile number" in page
    assert (good.refresh().contact, silent.refresh().contact) == ("attempting", "unreachable")


def test_an_ended_referral_is_not_assigned(scope, alicia, enter):
    ended = scenes.cancelled()
    page = enter(alicia).post("/o/lakeside/referrals/assignments/", {"ref": ended.number}, follow=True)
    assert f"{ended.number} has ended." in page.content.decode()
    assert ended.refresh().owner is None


def test_choosing_nothing_says_so(scope, alicia, enter):
    page = enter(alicia).post("/o/lakeside/referrals/assignments/", follow=True).content.decode()
    assert "Select at least one referral." in page


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_form_never_leads_outside(scope, alicia, enter, back):
    answer = enter(alicia).post(
        "/o/lakeside/referrals/assignments/", {"ref": a_referral().number, "back": back}
    )
    assert answer["Location"] == "/o/lakeside/"


# ---------------------------------------------------------------- tenants, log, cost


def test_another_organizations_referrals_are_nowhere(lakeside, prairie, enter):
    with inside(lakeside):
        foreign = a_referral(patient=factories.make_patient(family_name="Foreign"))
    stranger = factories.make_membership(prairie, "admin")
    browser = enter(stranger)
    for address in (
        "/o/prairie/?view=open",
        f"/o/prairie/?peek={foreign.number}",
        "/o/prairie/search/?q=foreign",
    ):
        assert b"Foreign" not in browser.get(address).content
    assert browser.get("/o/lakeside/").status_code == 404
    assert browser.get(f"/o/prairie/referrals/{foreign.number}/drawer/").status_code == 404


def test_a_list_is_logged_with_whose_data_it_showed(scope, alicia, enter):
    referral = a_referral()
    enter(alicia).get("/o/lakeside/?view=open")
    event = AccessEvent.objects.get(action="search")
    assert (event.user, event.patient_ids) == (alicia.user, [referral.patient_id])


def statements(browser, address):
    """How many statements read or write rows for one page; the marks of transactions are not among them."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")
    return [query["sql"] for query in captured if not query["sql"].startswith(marks)]


def test_sixty_rows_cost_as_many_statements_as_three_and_at_most_twelve(scope, alicia, enter, sixty):
    browser = enter(alicia)
    browser.get("/o/lakeside/")  # the first page of a session also writes the session
    for referral in Referral.objects.all()[:3]:
        owning.assign(referral_id=referral.pk, owner=alicia, by=scenes.DESK)
    few, many = (statements(browser, f"/o/lakeside/?view={view}") for view in ("needs_me", "open"))
    assert len(few) == len(many) <= 12, "\n".join(many)
