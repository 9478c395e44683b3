"""Who may be whom: found at night, decided by people, merged and parted on screen."""

from datetime import date

import pytest

from patients import recognizing, tasks
from patients.actions import duplicates
from patients.models import DuplicatePair, MatchingRules, MergeRecord, Patient
from referrals.models import Referral
from tests import factories
from tests.conftest import inside

HERE = "/o/lakeside/patients/duplicates/"


@pytest.fixture
def maria(scope):
    """The older record, with a referral."""
    patient = factories.make_patient(
        given_name="Maria", family_name="Delgado", line1="12 Oak St", city="Decatur"
    )
    factories.make_referral(patient=patient)
    return patient


@pytest.fixture
def twice(maria):
    """The same person again, with a slip and a referral."""
    patient = factories.make_patient(
        given_name="Maria", family_name="Delgato", line1="12 Oak St", city="Decatur"
    )
    factories.make_referral(patient=patient)
    return patient


@pytest.fixture
def pair(maria, twice):
    """The night has found them."""
    duplicates.look_through(size=100)
    return DuplicatePair.objects.get()


@pytest.fixture
def desk(alicia, enter):
    """Alicia at her screen."""
    return enter(alicia)


def person(**fields):
    return factories.make_patient(mobile=fields.pop("mobile", ""), **fields)


def found():
    duplicates.look_through(size=100)
    return {frozenset((p.one_id, p.other_id)) for p in DuplicatePair.objects.all()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"family_name": "Delgado"}, {"family_name": "Delgato"}),
        ({"birth_date": date(1967, 3, 4)}, {"birth_date": date(1967, 4, 3)}),
        ({"birth_date": date(1967, 3, 14)}, {"birth_date": date(1967, 3, 15)}),
        ({"given_name": "Elizabeth", "line1": "12 Oak St"}, {"given_name": "Liz", "line1": "12 Oak Street"}),
        (
            {"family_name": "Delgado", "mobile": "+12175550188", "sex": "F"},
            {"family_name": "Sandoval", "mobile": "+12175550188", "sex": "F"},
        ),
    ],
)
def test_two_records_of_one_person_are_found(scope, one, other):
    usual = {"given_name": "Maria", "family_name": "Delgado", "city": "Decatur", "postal_code": "62526"}
    first, second = person(**{**usual, **one}), person(**{**usual, **other})
    assert found() == {frozenset((first.pk, second.pk))}


def test_twins_and_strangers_are_not(scope):
    at_home = {
        "family_name": "Park",
        "birth_date": date(2015, 5, 5),
        "line1": "1 Elm St",
        "postal_code": "62526",
    }
    person(given_name="Kim", **at_home)
    person(given_name="Jun", **at_home)
    person(given_name="Otto", family_name="Kranz", birth_date=date(1950, 1, 1))
    assert found() == set()


def test_a_pair_says_what_agrees_and_its_weight(pair):
    reasons = {field: (words, weight) for field, words, weight in pair.reasons}
    assert reasons["birth_date"][0] == "Birth date: same" and reasons["birth_date"][1] > 3
    assert pair.probability > 0.9 and pair.decision == ""


def test_what_twins_would_share_is_weighed_against_twins_and_said(scope, desk):
    at_home = {"family_name": "Park", "line1": "1 Elm St", "postal_code": "62526", "mobile": "+12175550111"}
    person(given_name="Kimberly", **at_home)
    person(given_name="K", **at_home)
    duplicates.look_through(size=100)
    page = desk.get(f"{HERE}{DuplicatePair.objects.get().pk}/").content.decode()
    assert "Weighed against twins" in page and "initial only" in page


def test_another_night_finds_nothing_new_and_forgets_what_is_no_longer_alike(pair, twice):
    duplicates.look_through(size=100)
    assert DuplicatePair.objects.get() == pair and pair.history.count() == 1
    twice.given_name, twice.birth_date = "Otto", date(1950, 1, 1)
    twice.save()
    duplicates.look_through(size=100)
    assert not DuplicatePair.objects.exists()


def test_what_was_called_different_is_not_asked_again(pair, desk):
    desk.post(f"{HERE}{pair.pk}/difference/")
    duplicates.look_through(size=100)
    assert DuplicatePair.objects.get().decision == "different"
    assert desk.get(HERE).context["pairs"] == []


def test_the_night_goes_batch_by_batch_through_everybody(scope, maria, twice):
    first = duplicates.look_through(size=1)
    assert first == min(maria.pk, twice.pk) and DuplicatePair.objects.count() == 1
    last = duplicates.look_through(after=first, size=1)
    assert duplicates.look_through(after=last, size=1) is None


def test_the_task_looks_in_every_organization_and_never_merges(lakeside, prairie, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.learn, "delay", lambda organization: asked.append(organization))
    monkeypatch.setattr(tasks.find_among, "delay", lambda *where: asked.append(where))
    tasks.find_duplicates()
    assert set(asked) == {str(lakeside.pk), str(prairie.pk)}
    tasks.learn(str(lakeside.pk))
    assert asked[-1] == (str(lakeside.pk),)
    tasks.find_among(str(lakeside.pk))
    assert len(asked) == 3


def test_a_small_organization_keeps_the_first_beliefs_and_a_larger_one_learns(lakeside, monkeypatch):
    monkeypatch.setattr(tasks.find_among, "delay", lambda organization: None)
    with inside(lakeside):
        for number in range(12):
            person(given_name="Ann", family_name=f"Kowalski{number}", birth_date=date(1950 + number, 1, 1))
    tasks.learn(str(lakeside.pk))
    assert beliefs_of(lakeside).learned_at is None
    monkeypatch.setattr(duplicates, "ENOUGH", 10)
    tasks.learn(str(lakeside.pk))
    kept = beliefs_of(lakeside)
    assert kept.learned_from == 12 and recognizing.beliefs(kept).same_at == kept.same_from
    tasks.learn(str(lakeside.pk))
    assert beliefs_of(lakeside).learned_at == kept.learned_at


def beliefs_of(organization):
    with inside(organization):
        return recognizing.rules()


def test_the_page_shows_both_side_by_side(pair, desk):
    page = desk.get(f"{HERE}{pair.pk}/").content.decode()
    for words in ("Delgado", "Delgato", "12 Oak St", "one letter apart", "Merge into the left"):
        assert words in page


def test_a_merge_is_shown_first_and_done_when_confirmed(pair, maria, twice, desk):
    left = f"{HERE}{pair.pk}/merger/left/"
    preview = desk.get(left)
    assert preview.context["effect"].moves["referrals"] == 1
    assert MergeRecord.objects.count() == 0
    answer = desk.post(left, {"family_name": "take"})
    survivor = Patient.objects.get(pk=pair.one_id)
    assert survivor.family_name == Patient.objects.get(pk=pair.other_id).family_name
    assert Referral.objects.filter(patient=survivor).count() == 2
    assert answer.url == f"{HERE}?merged={MergeRecord.objects.get().pk}"
    assert "now stands for both" in desk.get(answer.url).content.decode()


def test_right_keeps_the_right_one_with_its_own_values(pair, desk):
    desk.post(f"{HERE}{pair.pk}/merger/right/")
    assert Patient.objects.get(pk=pair.one_id).merged_into_id == pair.other_id


def test_undone_the_pair_is_asked_about_again(pair, desk):
    desk.post(f"{HERE}{pair.pk}/merger/left/")
    desk.post(f"/o/lakeside/patients/mergers/{MergeRecord.objects.get().pk}/undoing/")
    assert desk.get(HERE).context["pairs"] == [pair]


def test_a_second_click_on_merge_gets_a_sentence(pair, desk):
    left = f"{HERE}{pair.pk}/merger/left/"
    desk.post(left)
    assert "merged already" in desk.post(left, follow=True).content.decode()


def test_after_a_decision_the_next_likeliest_comes(pair, desk):
    person(given_name="Grace", family_name="Nakamura", birth_date=date(1974, 5, 19), mobile="+12175550111")
    person(given_name="Grace", family_name="Nakamura", birth_date=date(1974, 5, 9), mobile="+12175550111")
    duplicates.look_through(size=100)
    other = DuplicatePair.objects.exclude(pk=pair.pk).get()
    assert desk.post(f"{HERE}{pair.pk}/difference/").url == f"{HERE}{other.pk}/?apart={pair.pk}"


def test_different_can_be_taken_back(pair, desk):
    desk.post(f"{HERE}{pair.pk}/difference/")
    desk.post(f"{HERE}{pair.pk}/reopening/")
    assert pair.refresh().decision == ""


def test_a_person_may_say_that_two_records_are_one(maria, desk):
    other = person(given_name="Otto", family_name="Kranz", birth_date=date(1950, 1, 1))
    answer = desk.post(f"/o/lakeside/patients/{maria.pk}/other-record/", {"mrn": other.mrn.lstrip("0")})
    assert answer.url == f"{HERE}{DuplicatePair.objects.get().pk}/"
    missing = desk.post(f"/o/lakeside/patients/{maria.pk}/other-record/", {"mrn": "999999"})
    assert "No other record has this number" in missing.content.decode()


def test_who_may_only_look_merges_nothing(pair, member, enter):
    auditor = enter(member("auditor"))
    assert auditor.get(f"{HERE}{pair.pk}/").status_code == 200
    assert auditor.post(f"{HERE}{pair.pk}/merger/left/").status_code == 403


def test_the_thresholds_are_the_organizations_own(scope, member, enter):
    manager = enter(member("admin"))
    manager.post("/o/lakeside/settings/matching/", {"same_from": "99.5", "ask_from": "60"})
    kept = MatchingRules.objects.get()
    assert (kept.same_from, kept.ask_from) == (0.995, 0.6)
    answer = manager.post("/o/lakeside/settings/matching/", {"same_from": "60", "ask_from": "90"})
    assert answer.status_code == 422 and kept.refresh().ask_from == 0.6
