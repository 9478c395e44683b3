"""A referral accepted without a person: only where it was turned on, only when every rule is passed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from intake import measuring
from intake.actions import accepting_alone
from intake.extraction import ReadDocument
from intake.models import Reading, ReviewRules
from patients.models import Patient
from referrals.models import Step
from tests import factories
from tests.integration.intake_scenes import (
    MARIA,
    THEO,
    make_ready,
    paper,
    read_field,
)

FAXES, RULES = "/o/lakeside/faxes/", "/o/lakeside/settings/faxes/"
SURE = {**MARIA, "urgency": "routine"}


def sure_paper(values=SURE, *, less_sure="", first=1, last=1, doc_class="referral"):
    """A paper read as surely as an organization may ask; one field less so."""
    fields = tuple(
        read_field(key, value, confidence=0.97 if key == less_sure else 0.999)
        for key, value in values.items()
    )
    return ReadDocument(doc_class, first, last, fields)


@pytest.fixture
def on(scope):
    """Turned on, and the sender is in the directory."""
    factories.make_practice(fax="+12175550142")
    return ReviewRules.objects.create(accepts_alone=True, at_least=0.99)


def consider(*papers, **facts):
    arrival = make_ready(*(papers or (sure_paper(),)), **facts)
    return accepting_alone.consider(arrival.pk), arrival.refresh()


def test_nothing_is_accepted_alone_unless_it_was_turned_on(scope):
    factories.make_practice(fax="+12175550142")
    assert consider()[0] is None
    assert not ReviewRules().accepts_alone


def test_a_clear_referral_is_accepted_by_rule_and_says_so(on):
    referral, arrival = consider()
    paper = arrival.readings.get()
    assert (arrival.state, arrival.finished_by, paper.by_rule, paper.handled_by) == (
        "accepted",
        None,
        True,
        None,
    )
    assert (referral.stage, referral.patient.given_name) == ("received", "Maria")
    assert set(Step.objects.values_list("actor", "actor_label")) == {
        ("rule:accept_alone", "Accepted by rule")
    }


def test_a_patient_surely_known_is_taken(on):
    maria = factories.make_patient(family_name="Delgado-Ruiz", mobile="+12175550188")
    referral, _ = consider()
    assert (referral.patient, Patient.objects.count()) == (maria, 1)


@pytest.mark.parametrize(
    ("papers", "facts"),
    [
        ((sure_paper(less_sure="member_id"),), {}),
        ((sure_paper({**SURE, "urgency": "stat"}),), {}),
        ((sure_paper(doc_class="prior_auth"),), {}),
        ((sure_paper(), sure_paper(THEO, first=2, last=2)), {}),
        ((sure_paper({k: v for k, v in SURE.items() if k != "patient_dob"}),), {}),
        ((sure_paper({**SURE, "ref_npi": "1999000123"}),), {}),
        ((sure_paper(),), {"from_number": "+13125550199"}),
        ((paper(SURE, doubtful=["reason"]),), {}),
    ],
    ids=["unsure", "stat", "other-class", "two-papers", "no-birth-date", "wrong-npi", "unknown-sender", "doubtful"],
)  # fmt: skip
def test_everything_else_waits_for_a_person(on, papers, facts):
    referral, arrival = consider(*papers, **facts)
    assert (referral, arrival.state) == (None, "ready")


def test_somebody_who_may_be_known_waits(on):
    factories.make_patient(given_name="Elena", family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14))
    assert consider()[0] is None


def test_a_fax_that_looks_like_an_earlier_one_waits(on):
    arrival = make_ready(sure_paper())
    arrival.looks_like = make_ready(sure_paper())
    arrival.save()
    assert accepting_alone.consider(arrival.pk) is None


def test_an_open_referral_for_the_same_waits(on):
    maria = factories.make_patient(family_name="Delgado-Ruiz", mobile="+12175550188")
    factories.make_referral(patient=maria)
    assert consider()[0] is None


def test_the_inbox_tells_it_and_one_press_takes_it_back(on, enter, alicia):
    referral, arrival = consider()
    browser = enter(alicia)
    assert f"Accepted by rule, {referral.number}" in browser.get(f"{FAXES}?view=done").content.decode()
    assert "No person has seen it" in browser.get(f"{FAXES}{arrival.pk}/").content.decode()
    browser.post(f"{FAXES}{arrival.pk}/rule/undoing/")
    assert (arrival.refresh().state, referral.refresh().stage) == ("ready", "void")
    assert arrival.readings.get().outcome == ""


def test_what_was_taken_back_is_not_accepted_by_rule_again(on, alicia):
    _, arrival = consider()
    accepting_alone.undo(arrival_id=arrival.pk, membership=alicia)
    assert accepting_alone.consider(arrival.pk) is None


def test_what_a_person_accepted_cannot_be_taken_back(on, enter, alicia):
    arrival = make_ready()
    answer = enter(alicia).post(f"{FAXES}{arrival.pk}/rule/undoing/")
    assert (answer.status_code, arrival.refresh().state) == (302, "ready")


# ---------------------------------------------------------------- the settings
@pytest.fixture
def admin(member, enter, scope):
    """An administrator's browser."""
    return enter(member("admin"))


def make_checked(count, *, member, changed=0):
    """Faxes that people accepted; in `changed` of them a value was corrected."""
    arrival = make_ready(sure_paper())
    for n in range(count):
        one = Reading.objects.create(
            arrival=arrival, doc_class="referral", first_page=1, last_page=1, outcome="accepted",
            handled_at=arrival.received_at, handled_by=member,
        )  # fmt: skip
        for key in ("patient_last", "patient_first", "patient_dob", "reason"):
            wrong = n < changed and key == "reason"
            one.fields.create(key=key, value="x", confidence=0.999, checked_value="y" if wrong else None)


def turn_on(browser, **values):
    return browser.post(
        RULES, {"accepts_alone": "on", "at_least": "0.99", "only_known_senders": "on", **values}
    )


def test_it_cannot_be_turned_on_before_fifty_checked_faxes(admin, alicia):
    make_checked(49, member=alicia)
    answer = turn_on(admin)
    assert (answer.status_code, ReviewRules.objects.count()) == (422, 0)
    assert "People have checked 49 faxes in the last 30 days." in answer.content.decode()


def test_it_is_turned_on_when_checks_bear_it_out(admin, alicia):
    make_checked(50, member=alicia, changed=1)
    assert turn_on(admin).status_code == 302
    assert ReviewRules.objects.get().accepts_alone


def test_it_is_refused_where_people_had_to_correct(admin, alicia):
    make_checked(50, member=alicia, changed=2)
    assert "Of 50 faxes this sure, people corrected 2." in turn_on(admin).content.decode()


def test_old_checks_count_for_nothing(scope, alicia):
    make_checked(50, member=alicia)
    assert measuring.measured(0.99, timezone.now() + timedelta(days=31)).checked == 0


def test_turning_it_off_needs_no_proof(admin, on):
    admin.post(RULES, {"at_least": "0.99"})
    assert not ReviewRules.objects.get().accepts_alone


def test_only_those_who_manage_may_change_it(enter, alicia):
    assert turn_on(enter(alicia)).status_code == 403


def test_the_reliability_page_says_what_was_seen_here(enter, member, alicia, scope):
    make_checked(20, member=alicia, changed=4)
    shown = enter(member("manager")).get(f"{RULES}reliability/").content.decode()
    assert "80 values" in shown and "95.0 %" in shown
