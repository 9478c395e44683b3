"""A new patient in five fields, and the question whether they are here already."""

from datetime import date

import pytest

from audit.models import AccessEvent
from patients.actions.merging import merge
from patients.models import ContactPoint, DuplicatePair, MatchingRules, Patient
from tests import factories
from tests.conftest import inside

NEW = "/o/lakeside/patients/new/"
TYPED = {
    "given_name": "Maria",
    "family_name": "Delgado Ruiz",
    "birth_date": "3/14/67",
    "phone": "217 555 0188",
    "sex": "F",
}


@pytest.fixture
def maria(scope):
    """Here already."""
    return factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz", mobile="+12175550188")


@pytest.fixture
def desk(alicia, enter):
    """Alicia at her screen."""
    return enter(alicia)


def alike(answer):
    return [one.patient for one in answer.context["alike"]]


def test_five_fields_make_a_patient(scope, desk):
    answer = desk.post(NEW, TYPED)
    patient = Patient.objects.get()
    assert (patient.full_name, patient.birth_date) == ("Delgado Ruiz, Maria", date(1967, 3, 14))
    assert patient.contact_points.get().value == "+12175550188"
    assert answer.url == f"/o/lakeside/patients/{patient.pk}/"


def test_a_phone_and_a_sex_may_be_missing(scope, desk):
    desk.post(NEW, {**TYPED, "phone": "", "sex": "U"})
    assert not ContactPoint.objects.exists() and Patient.objects.get().sex == "U"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("birth_date", "2/30/67", "February 1967 has no day 30"),
        ("birth_date", "soon", "month, day, year"),
        ("phone", "555-018", "area code"),
        ("family_name", " ", "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(scope, desk, field, typed, sentence):
    answer = desk.post(NEW, {**TYPED, field: typed})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert 'value="Maria"' in answer.content.decode() and not Patient.objects.exists()


@pytest.mark.parametrize(
    "differently",
    [
        {},
        {"family_name": "Delgado-Ruis"},
        {"given_name": "Delgado Ruiz", "family_name": "Maria"},
        {"birth_date": "3/15/67"},
        {"phone": "217 555 0111"},
        {"family_name": "Sandoval"},
    ],
)
def test_somebody_who_is_here_already_is_recognized(maria, desk, differently):
    answer = desk.post(NEW, {**TYPED, **differently})
    assert answer.status_code == 409 and alike(answer) == [maria]
    assert Patient.objects.count() == 1


def test_another_person_of_the_household_is_not_the_same(maria, desk):
    answer = desk.post(NEW, {**TYPED, "given_name": "Elena", "birth_date": "8/2/95"})
    assert answer.status_code == 302


def test_each_field_that_agrees_is_shown_with_its_weight(maria, desk):
    page = desk.post(NEW, TYPED).content.decode()
    assert "Birth date: same" in page and "Phone: same" in page
    assert f"/o/lakeside/patients/{maria.pk}/" in page


def test_different_registers_anyway_and_is_remembered(maria, desk, alicia):
    desk.post(NEW, {**TYPED, "apart": str(maria.pk)})
    assert Patient.objects.count() == 2
    pair = DuplicatePair.objects.get()
    assert (pair.decision, pair.decided_by) == ("different", alicia)
    assert maria.pk in (pair.one_id, pair.other_id)


def test_called_different_from_somebody_else_asks_again(maria, desk):
    stranger = factories.make_patient(given_name="Otto", family_name="Kranz", birth_date=date(1950, 1, 1))
    assert desk.post(NEW, {**TYPED, "apart": str(stranger.pk)}).status_code == 409
    assert desk.post(NEW, {**TYPED, "apart": "nonsense"}).status_code == 409


def test_while_typing_the_likely_ones_are_shown_and_nothing_is_written(maria, desk):
    answer = desk.post(f"{NEW}likenesses/", {"family_name": "delgado", "birth_date": "3/14/67"})
    assert alike(answer) == [maria] and Patient.objects.count() == 1
    assert desk.post(f"{NEW}likenesses/", {"family_name": "delgado"}).context["alike"] == []
    assert desk.post(f"{NEW}likenesses/", {}).context["alike"] == []


def test_a_merged_record_is_nobody(maria, desk, alicia):
    twice = factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz")
    merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert alike(desk.post(NEW, TYPED)) == [maria]


def test_stricter_rules_ask_less(maria, desk):
    typed = {**TYPED, "family_name": "Sandoval", "phone": ""}
    assert alike(desk.post(NEW, typed)) == [maria]
    MatchingRules.objects.create(same_from=1.0, ask_from=0.9999999)
    assert desk.post(NEW, typed).status_code == 302


def test_a_look_for_likenesses_is_logged_with_whom_it_showed(maria, desk):
    desk.post(f"{NEW}likenesses/", TYPED)
    event = AccessEvent.objects.latest("at")
    assert (event.action, event.patient_ids, event.detail) == ("search", [maria.pk], "registration")


def test_nobody_of_another_organization_is_shown(lakeside, prairie, alicia, enter):
    with inside(prairie):
        factories.make_patient(given_name="Maria", family_name="Delgado Ruiz")
    assert enter(alicia).post(NEW, TYPED).status_code == 302
