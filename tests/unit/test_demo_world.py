"""The demo world: numbers that check out, nobody twice, the same for a seed; referrals that obey the law."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import phonenumbers
import pytest

from intake.extraction.codes import is_icd10
from organizations.roles import ROLES
from providers.npi import is_npi
from referralhub.demo.funnel import ENDINGS
from referralhub.demo.hours import CLOSES, OPENS
from referralhub.demo.journeys import ReferralPlan, referral_plans
from referralhub.demo.payers import AUTHORIZATION_RULES, PAYER_BY_ID, PAYERS
from referralhub.demo.people import TROUBLESOME_PHONES, patients
from referralhub.demo.practices import (
    ORGANIZATIONS,
    PROVIDERS,
    REFERRERS,
    REFERRING_PRACTICES,
    SPECIALISTS,
    SPECIALTIES,
    USERS,
)
from referralhub.demo.reasons import REASONS
from referrals.leak_codes import LEAK_CODES
from referrals.lifecycle import Stage, target_of

TODAY = date(2026, 11, 25)
BEGINNINGS = {"create": Stage.DRAFT, "receive": Stage.RECEIVED}


@pytest.fixture(scope="module")
def people():
    return patients(Random(1), 400)


@pytest.fixture(scope="module")
def plans() -> tuple[ReferralPlan, ...]:
    return referral_plans(Random(1), 400, TODAY)


# ------------------------------------------------------------------ practices and payers
def test_every_npi_has_a_right_check_digit_and_nobody_shares_one():
    npis = [provider.npi for provider in PROVIDERS] + [practice.npi for practice in REFERRING_PRACTICES]
    assert all(map(is_npi, npis))
    assert len(set(npis)) == len(npis)


def test_every_office_has_telephone_numbers_of_the_block_kept_for_fiction():
    offices = [*ORGANIZATIONS, *REFERRING_PRACTICES]
    assert all(_is_fictional(number) for office in offices for number in (office.phone, office.fax))


def test_offices_share_no_number():
    numbers = [number for practice in REFERRING_PRACTICES for number in (practice.phone, practice.fax)]
    assert len(set(numbers)) == len(numbers)


def test_forty_clinicians_cover_all_twelve_specialties():
    assert (len(PROVIDERS), len(SPECIALISTS), len(SPECIALTIES), len(REFERRING_PRACTICES)) == (40, 18, 12, 8)
    assert {specialist.specialty for specialist in SPECIALISTS} == {
        specialty.code for specialty in SPECIALTIES
    }
    assert {referrer.practice for referrer in REFERRERS} == set(REFERRING_PRACTICES)


def test_users_have_roles_that_exist_and_addresses_of_their_own():
    assert all(user.role in ROLES for user in USERS)
    assert len({user.email for user in USERS}) == len(USERS) == 9


def test_eight_payers_one_of_which_wants_authorizations():
    assert len(PAYERS) == 8
    assert [payer.payer_id for payer in PAYERS if payer.payer_id.endswith("A")] == ["HRT0A"]


def test_authorization_rules_speak_of_things_that_exist():
    cpts = {code.code for reasons in REASONS.values() for reason in reasons for code in reason.services}
    for rule in AUTHORIZATION_RULES:
        payer = PAYER_BY_ID[rule.payer_id]
        assert rule.plan_kind in ("", *(plan.kind for plan in payer.plans)), rule
        assert rule.specialty in ("", *REASONS), rule
        assert rule.cpt in ("", *cpts), rule


@pytest.mark.parametrize("specialty", [specialty.code for specialty in SPECIALTIES])
def test_each_specialty_has_six_reasons_with_billable_diagnoses(specialty):
    codes = [code.code for reason in REASONS[specialty] for code in reason.diagnoses]
    assert len(REASONS[specialty]) >= 6
    assert [code for code in codes if not is_icd10(code)] == []


# ------------------------------------------------------------------ patients
def test_the_same_seed_gives_the_same_people():
    assert patients(Random(5), 50) == patients(Random(5), 50)


def test_another_seed_gives_others_after_the_standing_cast():
    some, others = patients(Random(5), 50), patients(Random(6), 50)
    assert some[:8] == others[:8]
    assert some[8:] != others[8:]


def test_patients_share_no_phone_record_number_or_member_id(people):
    for name in ("mobile", "mrn", "member_id"):
        assert len({getattr(person, name) for person in people}) == 400, name


def test_patients_phones_are_possible_and_only_the_intended_ones_meet_trouble(people):
    assert all(_is_fictional(person.mobile) for person in people)
    troubled = {person.mobile for person in people if person.mobile.endswith(("00", "98", "99"))}
    assert troubled == set(TROUBLESOME_PHONES.values())


def test_member_ids_meet_every_answer_of_the_sandbox_payer_but_mostly_active(people):
    endings = Counter(person.member_id[-1] for person in people)
    assert set("089") < set(endings) == set("12345089")
    assert sum(endings[digit] for digit in "12345") > 320


def test_some_patients_speak_spanish_and_only_others_than_english_need_an_interpreter(people):
    assert 40 <= sum(person.language == "es" for person in people) <= 80
    assert not any(person.needs_interpreter for person in people if person.language == "en")


# ------------------------------------------------------------------ referrals
def test_the_same_seed_and_day_give_the_same_referrals(plans):
    assert referral_plans(Random(1), 400, TODAY) == plans


@pytest.mark.parametrize("n", [0, 1, 50, 400])
def test_there_are_as_many_referrals_as_asked_for(n):
    assert len(referral_plans(Random(2), n, TODAY)) == n


def test_every_stage_occurs_and_most_old_referrals_are_finished(plans):
    finished = {"closed", "declined", "resolved", "cancelled", "lost"}
    old = [plan for plan in plans if plan.created_at.date() < date(2026, 7, 1)]
    assert {plan.stage for plan in plans} == set(Stage) - {Stage.VOID}
    assert sum(plan.stage in finished for plan in old) / len(old) > 0.95


def test_every_referral_moves_as_the_lifecycle_allows_to_the_stage_it_is_in(plans):
    for plan in plans:
        stage = BEGINNINGS[plan.steps[0].move]
        for step in plan.steps[1:]:
            stage = target_of(step.move, stage)
        assert stage == plan.stage, plan


def test_the_steps_of_a_referral_are_in_order_within_clinic_hours_and_before_today(plans):
    for plan in plans:
        times = [step.at for step in plan.steps]
        assert all(earlier < later for earlier, later in pairwise(times)), plan
        assert all(_within_hours(at) for at in times), plan
        assert times[-1].date() < TODAY, plan


def test_all_referrals_began_within_the_twelve_months_before_today(plans):
    assert plans[0].created_at.date() >= date(2025, 11, 25)


def test_only_a_scheduled_visit_lies_ahead_and_it_is_within_hours(plans):
    ahead = [plan for plan in plans if plan.visit_at and plan.visit_at.date() >= TODAY]
    assert {plan.stage for plan in ahead} == {"scheduled"}
    assert len(ahead) == sum(plan.stage == "scheduled" for plan in plans)
    assert all(_within_hours(plan.visit_at) for plan in ahead)


def test_a_seen_patient_was_seen_at_the_visit(plans):
    seen = [plan for plan in plans if plan.last("record_visit")]
    assert seen
    assert all(plan.scheduled_at < plan.visit_at < plan.last("record_visit") for plan in seen)


def test_lost_referrals_have_a_leak_code_of_the_stage_they_were_lost_at(plans):
    lost = [plan for plan in plans if plan.stage == "lost"]
    assert all(plan.left_at in LEAK_CODES[plan.leak_code].stages for plan in lost)
    assert not any(plan.leak_code for plan in plans if plan.stage != "lost")


def test_every_coded_ending_uses_a_standard_code():
    assert {ending.code for ending in ENDINGS if ending.code} <= set(LEAK_CODES)


def test_a_reason_fits_the_patient_and_the_specialist_the_reason(plans):
    for plan in plans:
        assert plan.reason.fits(plan.patient.sex, plan.patient.age(TODAY)), plan
        assert plan.reason in REASONS[plan.specialty.code], plan
        assert plan.specialist.specialty == plan.specialty.code, plan


def test_drafts_and_unacknowledged_referrals_are_the_senders_own(plans):
    assert all(plan.organization == "prairie" for plan in plans if plan.stage in ("draft", "sent"))
    assert all((plan.direction == "outbound") is (plan.organization == "prairie") for plan in plans)


def _is_fictional(number: str) -> bool:
    parsed = phonenumbers.parse(number)
    return phonenumbers.is_possible_number(parsed) and number[5:10] == "55501"


def _within_hours(at) -> bool:
    return at.weekday() < 5 and OPENS <= at.time() < CLOSES
