"""Every move as people make it: a posted form, the right role, once, and nothing typed is lost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse, set_script_prefix
from django.utils import timezone

from organizations.roles import ROLES
from referrals import ways
from referrals.actions import booking, clearing, outreach, owning, receiving, reporting, visiting
from referrals.lifecycle import MOVES, IllegalMove
from referrals.models import InfoRequest, Note, Referral, Step
from scheduling.models import Appointment
from tests import factories
from tests.conftest import inside
from tests.integration import referral_scenes as scenes

HTMX = {"HTTP_HX_REQUEST": "true"}
REASON = {"reason": "Because"}

# Each move: the scene before it, what is posted, and the stage after it.
MADE = {
    "send": (lambda: scenes.outbound("draft"), {"note": "By hand"}, "sent"),
    "discard": (lambda: scenes.outbound("draft"), {}, "void"),
    "bounce": (scenes.sent, REASON, "draft"),
    "acknowledge": (scenes.sent, {}, "received"),
    "accept": (scenes.received, {}, "accepted"),
    "ask": (scenes.received, {"wanted": "ECG 11/20"}, "info_requested"),
    "answer": (lambda: asked(), {}, "received"),
    "decline": (scenes.received, REASON, "declined"),
    "redirect": (scenes.received, REASON, "sent"),
    "advise": (scenes.received, {"advice": "Stop the drug"}, "resolved"),
    "schedule": (lambda: scenes.outbound("accepted"), {"note": "12/01"}, "scheduled"),
    "reschedule": (scenes.scheduled, lambda: {"slot_id": another_slot().pk}, "scheduled"),
    "cancel_appointment": (scenes.scheduled, REASON, "accepted"),
    "no_show": (scenes.scheduled, {}, "accepted"),
    "record_visit": (scenes.scheduled, lambda: {"seen_on": scenes.today()}, "seen"),
    "report": (lambda: scenes.outbound("seen"), lambda: {"file": a_pdf()}, "reported"),
    "report_lost": (scenes.reported, {}, "seen"),
    "acknowledge_report": (scenes.reported, {}, "closed"),
    "resolve": (scenes.accepted, REASON, "resolved"),
    "cancel": (scenes.received, REASON, "cancelled"),
    "lose": (scenes.texted, {"leak_code": "L5-UNREACHABLE"}, "lost"),
    "void": (scenes.received, REASON, "void"),
    "reopen": (scenes.cancelled, {}, "accepted"),
    "recover": (scenes.lost, {"note": "She called"}, "accepted"),
}
BESIDE = {
    "check": (lambda: scenes.answered(scenes.accepted(), "payer_down"), {}, {"eligibility": "pending"}),
    "self_pay": (scenes.accepted, {}, {"eligibility": "self_pay", "authorization": "not_required"}),
    "waive": (
        lambda: scenes.answered(scenes.accepted(), auth_required="yes"),
        REASON,
        {"authorization": "not_required"},
    ),
    "want": (lambda: scenes.ready(records="incomplete"), {"wanted": "ECG"}, {"records": "requested"}),
    "complete": (lambda: scenes.ready(records="incomplete"), {}, {"records": "complete"}),
    "text": (scenes.ready, {}, {"contact": "attempting", "outreach_attempts": 1}),
    "call": (
        scenes.texted,
        {"reached": "yes", "note": "Mornings"},
        {"contact": "reached", "outreach_attempts": 2},
    ),
    "note": (scenes.received, {"text": "Prefers mornings"}, {}),
    "book": (
        scenes.ready,
        lambda: {"slot_id": another_slot().pk},
        {"visiting": "booked", "stage": "scheduled"},
    ),
    "resume": (lambda: on_hold(), {}, {"hold_until": None}),
}


def asked():
    return receiving.ask(referral_id=scenes.received().pk, by=scenes.DESK, wanted="ECG")


def on_hold():
    until = timezone.now() + timedelta(days=9)
    return owning.hold(referral_id=scenes.accepted().pk, until=until, reason="Travelling", by=scenes.DESK)


def another_slot():
    return factories.make_slot(starts_at=timezone.now() + timedelta(days=5))


def a_pdf():
    file = BytesIO(scenes.PDF)
    file.name = "scan.pdf"
    return file


@pytest.fixture(autouse=True)
def inside_the_prefix():
    """Addresses as pages of Lakeside write them."""
    set_script_prefix("/o/lakeside/")
    yield
    set_script_prefix("/")


@pytest.fixture
def admin(member):
    """May make every move."""
    return member("admin", full_name="Ada Admin")


def where(name, referral):
    return reverse(ways.WAYS[name].address, "referralhub.organization_urls", [referral.number])


def post(browser, name, referral, said, **headers):
    return browser.post(where(name, referral), said() if callable(said) else said, **headers)


# ---------------------------------------------------------------- each move, once


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_by_a_plain_form_and_leaves_one_step(scope, admin, enter, name):
    scene, said, stage = MADE[name]
    referral = scene()
    answer = post(enter(admin), name, referral, said)
    assert (answer.status_code, answer["Location"]) == (302, f"/o/lakeside/referrals/{referral.number}/")
    assert referral.refresh().stage == stage
    step = Step.objects.get(referral=referral, name=name)
    assert (step.user, step.to_stage) == (admin.user, stage)


@pytest.mark.parametrize("name", BESIDE)
def test_what_the_desk_does_beside_the_moves(scope, admin, enter, name):
    scene, said, changed = BESIDE[name]
    referral = scene()
    assert post(enter(admin), name, referral, said).status_code == 302
    referral.refresh_from_db()
    assert {field: getattr(referral, field) for field in changed} == changed
    assert Step.objects.filter(referral=referral, user=admin.user).exists()


def test_a_move_with_words_keeps_them_on_the_timeline(scope, admin, enter):
    referral = scenes.received()
    post(enter(admin), "decline", referral, {"reason": "No capacity before March"})
    assert Step.objects.get(referral=referral, name="decline").note == "No capacity before March"


def test_accepting_takes_the_referral_and_asks_the_payer(scope, priya, enter):
    referral = scenes.received()
    post(enter(priya), "accept", referral, {})
    referral.refresh_from_db()
    assert (referral.owner, referral.eligibility, referral.owed_by) == (priya, "pending", "payer")


def test_accepting_does_not_take_what_a_colleague_has(scope, alicia, priya, enter):
    referral = scenes.received(owner=alicia)
    post(enter(priya), "accept", referral, {})
    assert referral.refresh().owner == alicia


def test_a_loss_keeps_its_code_its_stage_and_its_meaning(scope, alicia, enter):
    referral = scenes.texted()
    post(enter(alicia), "lose", referral, {"leak_code": "L5-ELSEWHERE-OUT", "reason": "Went to Peoria"})
    referral.refresh_from_db()
    assert (referral.leak_code, referral.leaked_at_stage) == ("L5-ELSEWHERE-OUT", "accepted")
    assert Step.objects.get(name="lose").note == "Seen elsewhere, out of network. Went to Peoria"


def test_a_loss_for_a_reason_of_another_stage_is_refused(scope, alicia, enter):
    referral = scenes.received()
    page = post(enter(alicia), "lose", referral, {"leak_code": "L6-NO-SHOW"}, follow=True).content.decode()
    assert "Choose a reason from the list." in page
    assert referral.refresh().stage == "received"


def test_a_coverage_is_added_and_the_payer_asked(scope, alicia, enter):
    referral = scenes.accepted(coverage=None)
    payer = factories.make_coverage(factories.make_patient()).payer
    said = {"payer": payer.pk, "member_id": "HPC 884 160 271", "group_number": "4471"}
    post(enter(alicia), "cover", referral, said)
    referral.refresh_from_db()
    assert (referral.coverage.patient_id, referral.coverage.member_id) == (
        referral.patient_id,
        "HPC 884 160 271",
    )
    assert referral.eligibility == "pending"


def test_a_coverage_is_corrected_in_place(scope, alicia, enter):
    referral = scenes.answered(scenes.accepted(), "needs_info")
    said = {"payer": referral.coverage.payer_id, "member_id": "HPC884160291"}
    post(enter(alicia), "cover", referral, said)
    assert referral.refresh().coverage.refresh().member_id == "HPC884160291"


def test_an_owner_is_chosen_and_taken_away(scope, alicia, priya, enter):
    referral, browser = scenes.received(), enter(alicia)
    post(browser, "own", referral, {"owner": priya.pk})
    assert referral.refresh().owner == priya
    post(browser, "own", referral, {"owner": ""})
    assert referral.refresh().owner is None


def test_nobody_from_outside_can_become_owner(scope, alicia, enter):
    referral = scenes.received()
    unknown = "00000000-0000-7000-8000-000000000000"
    page = post(enter(alicia), "own", referral, {"owner": unknown}, follow=True).content.decode()
    assert "valid choice" in page
    assert referral.refresh().owner is None


def test_a_hold_ends_when_the_clinic_opens_on_that_day(scope, alicia, enter):
    referral = scenes.received()
    day = scenes.today() + timedelta(days=10)
    post(enter(alicia), "hold", referral, {"until": day, "reason": "Travelling"})
    local = referral.refresh().hold_until.astimezone(scope.zone)
    assert (local.date(), local.time()) == (day, scope.opens_at)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "a day to come"), (-1, "a day to come"), (91, "within 90 days")]
)
def test_a_hold_until_an_impossible_day_is_refused(scope, alicia, enter, days, words):
    referral = scenes.received()
    said = {"until": scenes.today() + timedelta(days=days), "reason": "Travelling"}
    assert words in post(enter(alicia), "hold", referral, said, follow=True).content.decode()
    assert referral.refresh().hold_until is None


def test_a_note_is_kept_for_colleagues(scope, alicia, enter):
    referral = scenes.received()
    post(enter(alicia), "note", referral, {"text": "Prefers mornings"})
    assert Note.objects.get(referral=referral).text == "Prefers mornings"


# ---------------------------------------------------------------- roles, tenants, methods


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_matrix_says_and_nothing_else(scope, member, enter, role):
    referral, membership = scenes.received(), member(role)
    browser = enter(membership)
    opened = {name for name in ways.WAYS if post(browser, name, referral, {}).status_code != 403}
    assert opened == {name for name, way in ways.WAYS.items() if membership.may(way.permission)}


def test_a_refusal_says_whose_role_may_not(scope, alicia, enter):
    page = post(enter(alicia), "accept", scenes.received(), {})
    assert page.status_code == 403 and "Front desk" in page.content.decode()


def test_another_organizations_referral_is_not_there_for_any_move(lakeside, prairie, enter):
    with inside(lakeside):
        foreign = scenes.received()
    stranger = enter(factories.make_membership(prairie, "admin"))
    here = {where(name, foreign) for name in ways.WAYS}
    there = {address.replace("lakeside", "prairie") for address in here}
    assert {stranger.post(address).status_code for address in here | there} == {404}
    with inside(lakeside):
        assert Step.objects.filter(referral=foreign).count() == 1


def test_looking_at_an_address_moves_nothing(scope, admin, enter):
    referral, browser = scenes.received(), enter(admin)
    assert {browser.get(where(name, referral)).status_code for name in ways.WAYS} == {405}


# ---------------------------------------------------------------- stale pages and double submits


# Moving a visit again is a new wish, and a report may be acknowledged by two people: neither is a mistake.
REPEATABLE = {"reschedule", "acknowledge_report"}


@pytest.mark.parametrize("name", sorted(set(MOVES) - REPEATABLE))
def test_a_second_submit_says_already_and_changes_nothing(scope, admin, enter, name):
    scene, said, stage = MADE[name]
    referral, browser = scene(), enter(admin)
    post(browser, name, referral, said)
    page = post(browser, name, referral, said, follow=True).content.decode()
    assert f"{referral.number} is already at" in page and "Nothing was changed." in page
    assert referral.refresh().stage == stage
    assert Step.objects.filter(referral=referral, name=name).count() == 1


def test_acknowledging_twice_closes_the_loop_once(scope, admin, enter):
    referral, browser = scenes.reported(), enter(admin)
    for _ in range(2):
        post(browser, "acknowledge_report", referral, {})
    assert Step.objects.filter(referral=referral, name="acknowledge_report").count() == 1


def test_a_colleague_who_was_faster_is_named(scope, priya, member, enter):
    referral = scenes.received()
    receiving.accept(referral_id=referral.pk, by=scenes.DESK)
    page = post(enter(priya), "accept", referral, {}, follow=True).content.decode()
    assert "is already at “Accepted” (Alicia Warren, Today" in page


def test_a_decision_made_on_an_old_page_is_not_carried_out(scope, priya, enter):
    referral = scenes.accepted()
    said = {"seen": "received", "reason": "No capacity"}
    page = post(enter(priya), "decline", referral, said, follow=True).content.decode()
    assert "is already at “Accepted”" in page
    assert referral.refresh().stage == "accepted"


def test_what_was_typed_before_a_refusal_waits_in_the_note_box_once(scope, priya, enter):
    referral, browser = scenes.declined(), enter(priya)
    page = post(browser, "decline", referral, {"reason": "No capacity before March"}, follow=True)
    assert page.context["note_form"].initial == {"text": "No capacity before March"}
    assert "What you typed is in the note box." in page.content.decode()
    assert not browser.get(page.request["PATH_INFO"]).context["unsaved"]


def test_htmx_is_told_in_a_sentence_and_keeps_the_form(scope, priya, enter):
    referral = scenes.declined()
    answer = post(enter(priya), "decline", referral, REASON, **HTMX)
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert "is already at “Declined”" in answer.content.decode()


def test_a_missing_reason_is_asked_for(scope, priya, enter):
    answer = post(enter(priya), "decline", scenes.received(), {}, **HTMX)
    assert (answer.status_code, answer.content.decode()) == (400, "Reason: write a few words.")


def test_a_move_made_in_the_drawer_answers_with_drawer_row_and_toast(scope, priya, enter):
    referral = scenes.received()
    part = post(enter(priya), "accept", referral, {}, **HTMX).content.decode()
    assert 'id="drawer"' in part and f'id="ref-{referral.number}"' in part and "Accepted." in part
    assert "<html" not in part


def test_a_drawer_without_scripts_leads_back_to_the_list(scope, priya, enter):
    back = "/o/lakeside/?view=unassigned&peek=R-20001"
    assert post(enter(priya), "accept", scenes.received(), {"back": back})["Location"] == back


def test_texting_twice_in_a_row_is_a_reminder_not_a_mistake(scope, alicia, enter):
    referral, browser = scenes.ready(), enter(alicia)
    post(browser, "text", referral, {})
    post(browser, "text", referral, {})
    assert referral.refresh().outreach_attempts == 2


def test_texting_before_it_is_ready_says_what_comes_first(scope, alicia, enter):
    page = post(enter(alicia), "text", scenes.accepted(), {}, follow=True).content.decode()
    assert "Not ready to book. Next: Waiting for the payer" in page


def test_a_patient_who_cannot_be_texted_is_to_be_called(scope, alicia, enter):
    referral = scenes.ready(patient=factories.make_patient(mobile=""))
    page = post(enter(alicia), "text", referral, {}, follow=True).content.decode()
    assert "Call the patient." in page
    assert referral.refresh().next_code == "call_patient"


def test_a_question_on_its_way_is_not_asked_twice(scope, alicia, enter):
    referral, browser = scenes.accepted(), enter(alicia)
    post(browser, "check", referral, {})
    assert Step.objects.filter(referral=referral, name="eligibility_asked").count() == 1


def test_an_answer_that_a_newer_question_overtook_changes_nothing(scope, alicia):
    referral = scenes.accepted()
    old = referral.coverage.checks.get()
    payer = referral.coverage.payer
    clearing.set_coverage(referral_id=referral.pk, payer=payer, member_id="HPC1", by=scenes.DESK)
    old.state = "inactive"
    clearing.take_answer(referral_id=referral.pk, check=old)
    assert referral.refresh().eligibility == "pending"


@pytest.mark.parametrize(("days", "words"), [(1, "has not come yet"), (-30, "before the referral was made")])
def test_a_visit_on_an_impossible_day_is_refused(scope, alicia, enter, days, words):
    referral = scenes.scheduled()
    said = {"seen_on": scenes.today() + timedelta(days=days)}
    assert words in post(enter(alicia), "record_visit", referral, said, follow=True).content.decode()
    assert referral.refresh().stage == "scheduled"


def test_an_opening_that_was_just_taken_says_so(scope, alicia, enter):
    referral, slot = scenes.ready(), another_slot()
    scenes.scheduled(slot=slot)
    page = post(enter(alicia), "book", referral, {"slot_id": slot.pk}, follow=True).content.decode()
    assert "just taken" in page
    assert referral.refresh().stage == "accepted"


def test_an_ended_referral_takes_nothing_but_reopening(scope, admin, enter):
    referral, browser = scenes.cancelled(), enter(admin)
    for name, said in {"call": {"reached": "no"}, "note": {"text": "x"}, "check": {}, "self_pay": {}}.items():
        assert "has ended" in post(browser, name, referral, said, follow=True).content.decode(), name


# ---------------------------------------------------------------- what follows from a move


def test_losing_a_booked_patient_frees_the_opening_and_closes_the_link(scope):
    referral = scenes.scheduled()
    booked = referral.appointment
    owning.end(referral_id=referral.pk, move="lose", reason="No", leak_code="L4-COST", by=scenes.DESK)
    assert (booked.refresh().state, referral.refresh().appointment) == ("cancelled", None)


def test_ending_takes_a_referral_off_hold(scope):
    referral = owning.end(referral_id=on_hold().pk, move="cancel", reason="Withdrawn", by=scenes.DESK)
    assert (referral.hold_until, referral.due_at) == (None, None)


def test_a_reopened_referral_starts_outreach_and_loop_again(scope):
    referral = owning.bring_back(referral_id=scenes.closed().pk, move="reopen", by=scenes.DESK)
    assert (referral.stage, referral.loop, referral.contact, referral.next_code) == (
        "accepted", "none", "not_started", "text_patient",
    )  # fmt: skip


def test_a_second_visit_after_reopening_can_be_acknowledged(scope):
    referral = owning.bring_back(referral_id=scenes.closed().pk, move="reopen", by=scenes.DESK)
    slot = another_slot()
    booking.book(referral_id=referral.pk, slot_id=slot.pk, by=scenes.DESK)
    assert referral.refresh().stage == "scheduled"
    assert Appointment.objects.filter(slot=slot, state="booked").exists()


def test_a_no_show_frees_nothing_and_counts_an_attempt(scope):
    referral = scenes.scheduled()
    missed, attempts = referral.appointment, referral.outreach_attempts
    visiting.record_no_show(referral_id=referral.pk, by=scenes.DESK)
    referral.refresh_from_db()
    assert (missed.refresh().state, referral.outreach_attempts) == ("no_show", attempts + 1)
    assert referral.next_code == "text_patient"


def test_moving_a_visit_frees_the_old_opening(scope):
    referral = scenes.scheduled()
    old = referral.appointment
    booking.book(referral_id=referral.pk, slot_id=another_slot().pk, by=scenes.DESK)
    assert old.refresh().state == "cancelled"


def test_an_unanswered_call_moves_no_deadline(scope):
    referral = scenes.texted()
    due = referral.due_at
    outreach.log_call(referral_id=referral.pk, by=scenes.DESK, reached=False)
    referral.refresh_from_db()
    assert (referral.due_at, referral.next_code) == (due, "await_patient")


def test_what_was_asked_for_is_answered_when_it_comes(scope, alicia, enter):
    referral = asked()
    post(enter(alicia), "answer", referral, {})
    assert InfoRequest.objects.get(referral=referral).answered_at is not None


def test_a_report_on_its_way_is_not_sent_twice(scope):
    referral = scenes.seen()
    reporting.hand_in(referral_id=referral.pk, file=BytesIO(scenes.PDF), by=scenes.DESK)
    with pytest.raises(IllegalMove, match="on its way"):
        reporting.hand_in(referral_id=referral.pk, file=BytesIO(scenes.PDF), by=scenes.DESK)
    assert Referral.objects.get(pk=referral.pk).dispatches.count() == 1


def test_a_report_that_did_not_leave_is_sent_again(scope, alicia, enter):
    referral = scenes.seen()
    reporting.hand_in(referral_id=referral.pk, file=BytesIO(scenes.PDF), by=scenes.DESK)
    first = referral.dispatches.get()
    reporting.record_not_sent(first.pk, trouble="Busy", state="failed")
    post(enter(alicia), "resend", referral, {})
    assert referral.refresh().loop == "report_queued"
    assert referral.dispatches.count() == 2
