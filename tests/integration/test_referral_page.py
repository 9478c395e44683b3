"""One referral's page: who, how far, what next, and only what this person may do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AccessEvent
from referrals import chart, ways
from referrals.actions import receiving, reporting
from referrals.models import Referral
from scheduling.models import Slot
from tests import factories
from tests.conftest import inside
from tests.integration import referral_scenes as scenes

HTMX = {"HTTP_HX_REQUEST": "true"}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')
SCENES = {
    "received": scenes.received,
    "asked": lambda: receiving.ask(referral_id=scenes.received().pk, by=scenes.DESK, wanted="ECG"),
    "uninsured": lambda: scenes.accepted(coverage=None),
    "asking": scenes.accepted,
    "silent": lambda: scenes.answered(scenes.accepted(), "payer_down"),
    "wrong": lambda: scenes.answered(scenes.accepted(), "needs_info"),
    "authorize": lambda: scenes.answered(scenes.accepted(), auth_required="yes"),
    "incomplete": lambda: scenes.ready(records="incomplete"),
    "ready": scenes.ready,
    "texted": scenes.texted,
    "scheduled": scenes.scheduled,
    "seen": scenes.seen,
    "reported": scenes.reported,
    "closed": scenes.closed,
    "declined": scenes.declined,
    "lost": scenes.lost,
    "draft": lambda: scenes.outbound("draft"),
    "sent": scenes.sent,
    "asked us": lambda: scenes.outbound("info_requested"),
    "theirs": lambda: scenes.outbound("accepted"),
    "came": lambda: scenes.outbound("reported"),
}


@pytest.fixture
def admin(member):
    """May do everything."""
    return member("admin", full_name="Ada Admin")


def page(browser, referral, query=""):
    return browser.get(f"/o/lakeside/referrals/{referral.number}/{query}")


def actions(html):
    """Where the forms of a page lead, without its frame's own."""
    return [ACTION.search(head)[1] for head, _ in FORM.findall(html) if "/referrals/" in head]


# ---------------------------------------------------------------- what stands there


def test_the_page_tells_who_why_and_from_whom(scope, alicia, enter):
    patient = factories.make_patient(family_name="Delgado-Ruiz", language="es", interpreter_needed=True)
    referral = scenes.ready(patient=patient, reason="New exertional chest tightness", diagnoses=["R07.89"])
    html = page(enter(alicia), referral).content.decode()
    for words in ("Delgado-Ruiz, Maria", "03/14/1967", patient.mrn, "(217) 555-0188", "Spanish, interpreter"):
        assert words in html
    for words in (
        "New exertional chest tightness",
        "R07.89",
        "Hannah Lindqvist, MD",
        "Heritage PPO",
        "HPC884160271",
    ):
        assert words in html


def test_the_coverage_card_says_what_the_visit_costs(scope, alicia, enter):
    referral = scenes.ready()
    check = referral.coverage.checks.get()
    for amount, remaining in ((1500, False), (380, True)):
        check.benefits.create(
            kind="deductible", service_type="30", network="in", amount=amount, is_remaining=remaining
        )
    check.benefits.create(kind="copay", service_type="98", network="in", amount=50)
    html = page(enter(alicia), referral).content.decode()
    assert "Copay $50. Deductible $1,120 of $1,500 met" in html


def test_benefits_out_of_network_are_not_shown(scope, alicia, enter):
    referral = scenes.ready()
    referral.coverage.checks.get().benefits.create(kind="copay", service_type="98", network="out", amount=90)
    assert "Copay" not in page(enter(alicia), referral).content.decode()


def test_the_first_openings_are_booked_with_one_click(scope, alicia, enter):
    schedule = factories.make_schedule()
    first, second, *_ = [
        factories.make_slot(schedule, starts_at=timezone.now() + timedelta(days=n)) for n in (2, 3, 4)
    ]
    answer = page(enter(alicia), scenes.ready())
    assert [slot.pk for slot in answer.context["first_openings"]] == [first.pk, second.pk]
    assert f'name="slot_id" value="{first.pk}"' in answer.content.decode()


def test_openings_that_are_taken_past_or_of_another_specialty_are_not_offered(scope, alicia):
    referral, now = scenes.ready(), timezone.now()
    scenes.scheduled(slot=factories.make_slot(starts_at=now + timedelta(days=1)))
    factories.make_slot(starts_at=now - timedelta(days=1))
    skin = factories.make_provider(specialty=factories.make_specialty("dermatology", "Dermatology"))
    factories.make_slot(factories.make_schedule(provider=skin), starts_at=now + timedelta(days=2))
    assert chart.openings(referral, now) == []


def test_a_booked_visit_shows_when_where_and_with_whom(scope, alicia, enter):
    html = page(enter(alicia), scenes.scheduled()).content.decode()
    assert "First visit, Ngozi Okafor, MD" in html and "800 Lakeshore Dr" in html


# ---------------------------------------------------------------- one primary button, only what is allowed


@pytest.mark.parametrize(
    ("scene", "primary"),
    [
        ("received", "Accept"),
        ("uninsured", "Save and ask the payer"),
        ("asking", None),
        ("silent", "Check eligibility"),
        ("wrong", "Save and ask the payer"),
        ("authorize", "Mark not required"),
        ("incomplete", "Ask for records"),
        ("ready", "Text a booking link"),
        ("texted", None),
        ("scheduled", None),
        ("seen", "Send the report"),
        ("reported", None),
        ("closed", None),
        ("declined", "Redirect"),
        ("draft", "Record as sent"),
        ("sent", "Record receipt"),
        ("asked us", "Information sent"),
        ("came", "Acknowledge the report"),
    ],
)
def test_the_next_action_has_one_primary_button_that_does_it(scope, admin, enter, scene, primary):
    answer = page(enter(admin), SCENES[scene]())
    offered = answer.context["offers"].primary
    assert (offered.way.label if offered else None) == primary
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    assert main.count("btn primary") == (1 if primary else 0)


def test_before_its_time_a_visit_can_be_recorded_but_nothing_urges_to(scope, alicia, enter):
    answer = page(enter(alicia), scenes.scheduled())
    (early,) = answer.context["offers"].beside
    assert (early.way.name, early.is_unfolded, early.form.initial) == (
        "record_visit", True, {"seen_on": scenes.today()},
    )  # fmt: skip
    assert ">Record the visit</button>" in answer.content.decode()


def test_after_its_time_a_visit_can_be_recorded(scope, alicia, enter):
    slot = factories.make_slot(starts_at=timezone.now() + timedelta(minutes=1))
    referral = scenes.scheduled(slot=slot)
    slot.starts_at -= timedelta(hours=2)
    slot.save()
    scenes.noted(referral, alicia)
    assert page(enter(alicia), referral).context["offers"].primary.way.name == "record_visit"


@pytest.mark.parametrize("scene", SCENES)
def test_every_form_on_a_page_works_without_scripts(scope, admin, enter, scene):
    html = page(enter(admin), SCENES[scene]()).content.decode()
    for head, body in FORM.findall(html):
        if 'method="post"' in head:
            assert ACTION.search(head) and "csrfmiddlewaretoken" in body and "<button" in body
            assert ('type="file"' in body) == ("multipart/form-data" in head)


@pytest.mark.parametrize("scene", ["received", "ready", "scheduled", "seen", "reported", "lost"])
@pytest.mark.parametrize("role", ["front_desk", "insurance", "physician", "auditor"])
def test_a_page_draws_only_forms_that_its_reader_may_send(scope, member, enter, scene, role):
    membership = member(role)
    drawn = actions(page(enter(membership), SCENES[scene]()).content.decode())
    permitted = {
        way.address.replace("_", "-") for way in ways.WAYS.values() if membership.may(way.permission)
    }
    nouns = {action.split("/referrals/")[1].split("/", 1)[1].strip("/").replace("/", "-") for action in drawn}
    assert nouns <= permitted


def test_all_moves_open_to_a_person_are_somewhere_on_the_page(scope, admin, enter):
    for scene in ("received", "scheduled", "reported"):
        referral = SCENES[scene]()
        html = page(enter(admin), referral).content.decode()
        for name in set(referral.moves_open_to(admin)) - {"reschedule"}:
            assert f"/{ways.WAYS[name].address.split('_')[0].replace('_', '-')}" in html, (scene, name)


def test_an_ended_referral_is_read_only_with_reopen(scope, alicia, enter):
    referral = scenes.cancelled()
    assert actions(page(enter(alicia), referral).content.decode()) == [
        f"/o/lakeside/referrals/{referral.number}/reopening/"
    ]


def test_no_two_things_on_a_page_share_an_id(scope, admin, enter):
    for scene in SCENES.values():
        ids = re.findall(r'\sid="([^"]+)"', page(enter(admin), scene()).content.decode())
        assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)


# ---------------------------------------------------------------- while the payer thinks


def test_the_coverage_card_asks_again_in_the_background_until_the_payer_answers(scope, alicia, enter):
    referral, browser = scenes.accepted(), enter(alicia)
    waiting = page(browser, referral).content.decode()
    assert 'hx-trigger="every 5s"' in waiting and "X-Background" in waiting
    address = f"/o/lakeside/referrals/{referral.number}/eligibility/"
    assert browser.get(address, **HTMX).status_code == 204
    scenes.answered(referral)
    settled = browser.get(address, **HTMX).content.decode()
    assert "every 5s" not in settled and "Active" in settled
    assert 'id="next"' in settled and "Text a booking link" in settled
    assert 'id="timeline"' in settled and "Coverage: Active with Heritage PPO Choice" in settled


# ---------------------------------------------------------------- activity


def test_the_timeline_tells_steps_and_messages_newest_first(scope, alicia, enter):
    referral = scenes.texted()
    entries = page(enter(alicia), referral).context["activity"].entries
    assert [e.at for e in entries] == sorted((e.at for e in entries), reverse=True)
    titles = " | ".join(e.title for e in entries)
    assert "Text to (217) 555-0188" in titles and "Accepted" in titles and "Fax, 4 pages" in titles


def test_messages_alone_leave_the_steps_out(scope, alicia, enter):
    referral = scenes.texted()
    scenes.noted(referral, alicia)
    entries = page(enter(alicia), referral, "?show=messages").context["activity"].entries
    assert [(e.bubble.split()[0], e.out) for e in entries] == [("Prefers", False), ("Lakeside:", True)]


def test_older_entries_follow_without_gap(scope, alicia, enter):
    referral, browser = scenes.received(), enter(alicia)
    for n in range(40):
        scenes.noted(referral, alicia, f"note {n}")
    first = page(browser, referral)
    before = first.context["activity"].before.isoformat()
    second = browser.get(first.request["PATH_INFO"], {"before": before}, HTTP_HX_TARGET="timeline", **HTMX)
    shown = [e.at for answer in (first, second) for e in answer.context["activity"].entries]
    assert (len(shown), len(set(shown))) == (41, 41)
    assert "<html" not in second.content.decode()


def test_who_looked_is_shown_to_those_who_may_read_the_log(scope, member, enter):
    referral, manager = scenes.received(), member("manager", full_name="Mo Manager")
    html = page(enter(manager), referral, "?show=audit").content.decode()
    assert "<b>Mo Manager</b> looked at it" in html


def test_who_looked_is_kept_from_the_others(scope, alicia, enter):
    referral, browser = scenes.received(), enter(alicia)
    assert page(browser, referral, "?show=audit").status_code == 403
    assert "show=audit" not in page(browser, referral).content.decode()


@pytest.mark.parametrize("query", ["?before=yesterday", "?before=2026-11-25", "?show=nothing", "?before=%00"])
def test_a_made_up_query_shows_the_page(scope, alicia, enter, query):
    assert page(enter(alicia), scenes.received(), query).status_code == 200


# ---------------------------------------------------------------- tenants, log, cost


def test_a_foreign_and_an_unknown_number_are_not_found(lakeside, prairie, enter):
    with inside(lakeside):
        foreign = scenes.received()
    browser = enter(factories.make_membership(prairie, "admin"))
    for number in (foreign.number, "R-99999", "assignments"):
        for rest in ("", "drawer/", "eligibility/"):
            assert browser.get(f"/o/prairie/referrals/{number}/{rest}").status_code in {404, 405}


def test_each_look_is_logged(scope, alicia, enter):
    referral = scenes.received()
    page(enter(alicia), referral)
    event = AccessEvent.objects.get(action="view", object_label=referral.number)
    assert (event.user, event.patient_ids) == (alicia.user, [referral.patient_id])


@pytest.mark.parametrize("scene", ["received", "uninsured", "ready", "scheduled", "reported"])
def test_a_page_costs_at_most_fourteen_statements(scope, alicia, enter, scene):
    referral, browser = SCENES[scene](), enter(alicia)
    page(browser, referral)  # the first page of a session also writes the session
    with CaptureQueriesContext(connection) as captured:
        page(browser, referral)
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")
    made = [query["sql"] for query in captured if not query["sql"].startswith(marks)]
    # An organization's key is remembered once it is committed, which it never is inside a test.
    made = [sql[:200] for sql in made if "organizations_datakey" not in sql]
    assert len(made) <= 14, "\n".join(made)


def test_a_failed_report_offers_sending_the_same_papers(scope, alicia, enter):
    referral = scenes.reported()
    reporting.record_lost(referral_id=referral.pk, by=scenes.DESK)
    offers = page(enter(alicia), referral).context["offers"]
    assert [offer.way.name for offer in (offers.primary, *offers.beside)] == ["report", "resend"]


def test_nothing_is_offered_to_book_while_the_referral_is_not_accepted(scope, alicia):
    factories.make_slot()
    referral = scenes.received()
    assert Slot.objects.free().exists()
    assert chart.openings(Referral.objects.get(pk=referral.pk), timezone.now()) == []
