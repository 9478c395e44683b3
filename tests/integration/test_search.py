"""Search: one box, and the answer to "what is the status of X?" in the row itself."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import AccessEvent
from patients import queries
from patients.models import Patient, SearchKey
from tests import factories
from tests.conftest import inside
from tests.integration import referral_scenes as scenes

PALETTE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "palette-hits"}


def search(browser, typed, **headers):
    return browser.get("/o/lakeside/search/", {"q": typed}, **headers)


def names(answer):
    return [hit.patient.full_name for hit, _ in answer.context["hits"]]


@pytest.fixture
def maria(scope):
    """Maria Delgado-Ruiz, born 3/14/1967, with a referral that is ready."""
    patient = factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz", mobile="+12175550188")
    return scenes.ready(patient=patient)


@pytest.fixture
def others(scope):
    """People who must not be found by Maria's facts."""
    for name, born in (("Okonkwo", date(1951, 8, 2)), ("Nakamura", date(1974, 5, 19))):
        factories.make_patient(given_name="Grace", family_name=name, birth_date=born, mobile="+12175550111")


@pytest.mark.parametrize(
    "typed",
    [
        "delgado", "DELGADO-RUIZ", "Delgado Ruiz, Maria", "Maria Delgado", "delgádo", "3/14/1967", "03/14/67",
        "delgado 3/14/67", "(217) 555-0188", "2175550188", "555-0188", "0188", "Ruiz Maria", "mar del", "Delgdo",
        "Zelgado", "Maria Degaldo", "Rueez", "ma ru de", "r de", "March 14, 1967", "maria 3-14-1967",
    ],
)  # fmt: skip
def test_a_patient_is_found_by_what_one_remembers(maria, others, alicia, enter, typed):
    assert names(search(enter(alicia), typed)) == ["Delgado-Ruiz, Maria"]


def test_a_slip_among_three_common_names_is_found(scope, alicia, enter, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED", 1)  # every name is common among a million
    factories.make_patient(given_name="Mary", middle_name="Jo", family_name="Smith")
    factories.make_patient(given_name="Mary", middle_name="Ann", family_name="Smith")
    browser = enter(alicia)
    for typed in ("mary jo smtih", "mray jo smith"):
        assert names(search(browser, typed)) == ["Smith, Mary J."]
    assert names(search(browser, "m j smiht")) == ["Smith, Mary J."]


@given(st.lists(st.sampled_from(["mary", "jo", "smith", "smtih", "m", "s", "zz"]), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_no_words_break_the_search_however_common(scope, words):
    for common in (1, 400):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(queries, "COUNTED", common)
            assert queries.named(" ".join(words), most=5) == []


def test_initials_alone_are_asked_to_be_more(maria, alicia, enter):
    assert "type more of one name" in search(enter(alicia), "m d").content.decode()


def test_patients_keyed_by_older_rules_are_findable_after_the_upgrade(maria, alicia, enter):
    SearchKey.objects.filter(patient=maria.patient).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patients_patient SET name_key = '?'")
    call_command("renew_search_keys", stdout=StringIO())
    assert names(search(enter(alicia), "mar del")) == ["Delgado-Ruiz, Maria"]
    assert Patient.objects.get(pk=maria.patient.pk).name_key == "delgado ruiz maria"


def test_a_patient_is_found_by_chart_and_referral_number(maria, others, alicia, enter):
    browser = enter(alicia)
    for typed in (maria.patient.mrn, maria.patient.mrn.lstrip("0"), maria.number, maria.number.lower()):
        assert names(search(browser, typed)) == ["Delgado-Ruiz, Maria"]


@pytest.mark.parametrize("typed", ["delgado 3/15/67", "Ruizenga", "R-99999", "%", "_", "' or 1=1"])
def test_what_does_not_fit_is_not_found(maria, alicia, enter, typed):
    assert names(search(enter(alicia), typed)) == []


def test_the_row_itself_tells_where_the_referral_stands(maria, alicia, enter):
    html = search(enter(alicia), "delgado").content.decode()
    assert (
        "Scheduling" in html
        and "Cardiology" in html
        and maria.number in html
        and "Text a booking link" in html
    )


def test_the_open_referral_is_shown_before_the_ended_one(maria, alicia, enter):
    scenes.cancelled(patient=maria.patient)
    ((hit, _),) = search(enter(alicia), "delgado").context["hits"]
    assert hit.referral.number == maria.number


def test_a_patient_without_referral_is_found_and_says_so(alicia, enter, others):
    assert "No referral" in search(enter(alicia), "okonkwo").content.decode()


def test_more_hits_than_fit_say_how_to_narrow(scope, alicia, enter):
    for _ in range(21):
        factories.make_patient()
    answer = search(enter(alicia), "delgado")
    assert len(answer.context["hits"]) == 20
    assert "There are more." in answer.content.decode()


def test_nothing_found_explains_what_was_not_understood(scope, alicia, enter):
    html = search(enter(alicia), "Delgada 3/41/67").content.decode()
    assert "No one matches “Delgada 3/41/67”" in html and "“3/41/67” is not a date" in html


def test_the_palette_gets_its_hits_alone(maria, alicia, enter):
    part = search(enter(alicia), "delgado", **PALETTE).content.decode()
    assert "Delgado-Ruiz" in part and "<html" not in part


def test_a_search_is_logged_with_whom_it_showed_and_without_the_words(maria, alicia, enter):
    search(enter(alicia), "delgado")
    event = AccessEvent.objects.get(action="search", object_type="patient")
    assert event.patient_ids == [maria.patient_id]
    assert "delgado" not in f"{event.detail} {event.object_label}".lower()


def test_an_empty_box_explains_itself(scope, alicia, enter):
    assert "Every look-up is logged." in search(enter(alicia), "").content.decode()


def test_what_was_typed_cannot_become_markup(scope, alicia, enter):
    assert "<script>x" not in search(enter(alicia), "<script>x").content.decode()


@pytest.mark.parametrize("typed", ["\x00", "a\x00b", "٣/١٤/١٩٦٧", "9" * 200])
def test_odd_characters_find_nothing_and_break_nothing(scope, alicia, enter, typed):
    assert search(enter(alicia), typed).status_code == 200


def test_another_organizations_patients_are_not_found(lakeside, prairie, enter):
    with inside(lakeside):
        factories.make_patient(family_name="Foreign")
    stranger = enter(factories.make_membership(prairie, "front_desk"))
    assert names(stranger.get("/o/prairie/search/?q=foreign")) == []
