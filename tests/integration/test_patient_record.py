"""The record of one patient: read, changed, and its past told in sentences."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEvent
from notifications.actions import claim, write
from notifications.models import Message
from patients.actions.keeping import end_says
from patients.actions.merging import merge
from patients.models import ContactPoint, Identifier, RelatedPerson
from tests import factories
from tests.integration import referral_scenes as scenes

FACTS = {
    "given_name": "Maria", "family_name": "Delgado", "birth_date": "3/14/67", "sex": "F", "language": "es",
    "interpreter_needed": "on", "transport": "No car on Thursdays", "line1": "1826 N Monroe", "city": "Decatur",
    "state": "il", "postal_code": "62526",
}  # fmt: skip


@pytest.fixture
def maria(scope):
    """A patient with a telephone that may be texted."""
    return factories.make_patient(given_name="Maria", family_name="Delgado")


@pytest.fixture
def kim(scope):
    """A girl who comes of age next year."""
    born = timezone.now().date().replace(day=1) - timedelta(days=17 * 365)
    return factories.make_patient(given_name="Kim", family_name="Park", birth_date=born)


@pytest.fixture
def desk(alicia, enter):
    """Alicia at her screen."""
    return enter(alicia)


def at(patient, rest=""):
    return f"/o/lakeside/patients/{patient.pk}/{rest}"


def page(desk, patient, query=""):
    answer = desk.get(at(patient) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sentences(desk, patient):
    return [f"{c.who} {'; '.join(c.words)}" for c in desk.get(at(patient)).context["changes"]]


def change(desk, patient, **typed):
    seen = desk.get(at(patient, "facts/")).context["form"].initial["seen"]
    return desk.post(at(patient, "facts/"), {**FACTS, "seen": seen, **typed})


def test_the_record_shows_who_how_and_where_each_referral_stands(maria, desk):
    referral = scenes.scheduled(patient=maria)
    Identifier.objects.create(patient=maria, authority="St. Brigid", value="SB-7710")
    shown = page(desk, maria)
    for words in (referral.number, "Scheduled", "(217) 555-0188", "Texts OK", "SB-7710", "HPC884160271"):
        assert words in shown
    look = AccessEvent.objects.latest("at")
    assert (look.object_type, look.patient_ids) == ("patient", [maria.pk])


def test_who_may_only_look_is_offered_no_change(maria, member, enter):
    shown = page(enter(member("auditor")), maria)
    assert "Change" not in shown and "facts/" not in shown


def test_what_is_changed_is_kept_and_told_by_whom_and_from_what(maria, desk):
    assert change(desk, maria).status_code == 302
    kept = maria.refresh()
    assert (kept.language, kept.interpreter_needed, kept.state) == ("es", True, "IL")
    said = sentences(desk, maria)[0]
    assert said.startswith(
        "Alicia Warren changed language from English to Spanish; changed interpreter from no to yes"
    )
    assert "set city to Decatur" in said
    assert "Spanish, interpreter" in page(desk, maria)
    assert "<dt>Language</dt><dd>Spanish</dd>" in page(desk, maria)


def test_a_form_opened_before_somebody_elses_change_loses_nothing_of_theirs(maria, desk):
    seen = desk.get(at(maria, "facts/")).context["form"].initial["seen"]
    change(desk, maria, city="Lincoln")
    answer = desk.post(at(maria, "facts/"), {**FACTS, "seen": seen})
    assert answer.status_code == 409 and "while you were typing" in answer.content.decode()
    assert maria.refresh().city == "Lincoln"


def test_who_has_died_gets_no_message_not_even_a_waiting_one(maria, desk):
    message = write(patient=maria, template="booked", about_id=maria.pk, when=timezone.now())
    today = timezone.now().astimezone(maria.organization.zone).date()
    change(desk, maria, deceased_on=today.isoformat())
    assert claim(message.pk, first_try=True) is None
    kept = Message.objects.get()
    assert (kept.state, kept.trouble) == ("failed", "The patient has died. Nothing was sent.")
    assert "The patient has died" in page(desk, maria)


@pytest.mark.parametrize("day", ["1960-01-01", "2999-01-01"])
def test_nobody_dies_before_birth_or_in_the_future(maria, desk, day):
    assert change(desk, maria, deceased_on=day).status_code == 422


def test_another_number_is_asked_and_proved_anew(maria, desk):
    point = maria.contact_points.get()
    point.verified_at = timezone.now()
    point.save()
    typed = {"kind": "mobile", "value": "217 555 0199", "consent": "granted", "is_verified": "on"}
    desk.post(at(maria, f"contacts/{point.pk}/"), typed)
    kept = point.refresh()
    assert (kept.value, kept.consent, kept.verified_at) == ("+12175550199", "not_asked", None)
    assert (
        "mobile (217) 555-0188: changed number from (217) 555-0188 to (217) 555-0199"
        in sentences(desk, maria)[0]
    )


def test_consent_says_how_and_since_when(maria, desk):
    typed = {"kind": "email", "value": "m@mail.example", "consent": "granted", "consent_source": "By phone"}
    desk.post(at(maria, "contacts/"), typed)
    added = maria.contact_points.get(kind="email")
    assert added.consent_at is not None and added.verified_at is None
    desk.post(at(maria, f"contacts/{added.pk}/"), {**typed, "consent": "refused", "do_not_use": "on"})
    assert not added.refresh().may_be_written_to


def test_a_wrong_number_has_a_page_that_says_so(maria, desk):
    answer = desk.post(at(maria, "contacts/"), {"kind": "mobile", "value": "555", "consent": "not_asked"})
    assert answer.status_code == 422 and "area code" in answer.content.decode()
    twice = desk.post(
        at(maria, "contacts/"), {"kind": "mobile", "value": "2175550188", "consent": "not_asked"}
    )
    assert "has this one already" in twice.content.decode()


def test_another_offices_number_finds_the_patient_until_it_is_removed(maria, desk):
    desk.post(at(maria, "identifiers/"), {"authority": "St. Brigid", "value": "SB-7710"})
    found = "/o/lakeside/patients/?q=SB-7710"
    assert desk.get(found).context["hits"][0][0].patient == maria
    desk.post(at(maria, f"removals/{Identifier.objects.get().pk}/"))
    assert desk.get(found).context["hits"] == []
    assert "removed number SB-7710 of St. Brigid" in sentences(desk, maria)[0]


def test_a_number_that_another_patient_has_is_refused(maria, kim, desk):
    Identifier.objects.create(patient=kim, authority="St. Brigid", value="SB-7710")
    answer = desk.post(at(maria, "identifiers/"), {"authority": "St. Brigid", "value": "SB-7710"})
    assert answer.status_code == 422 and "Another patient has this number" in answer.content.decode()


def test_a_parents_say_ends_by_itself_when_the_child_comes_of_age(kim, desk):
    desk.post(
        at(kim, "people/"), {"name": "Ana Park", "relation": "parent", "decides": "on", "may_be_told": "on"}
    )
    mother = RelatedPerson.objects.get()
    assert mother.until == kim.birth_date.replace(year=kim.birth_date.year + 18)
    assert end_says(today=mother.until - timedelta(days=1), most=10) == 0
    assert end_says(today=mother.until, most=10) == 1
    assert (mother.refresh().decides, mother.may_be_told) == (False, False)
    assert "came of age" in page(desk, kim)


def test_a_say_that_has_ended_is_noticed_on_the_record(kim, desk):
    RelatedPerson.objects.create(patient=kim, name="Ana Park", relation="parent", until=date(2020, 1, 1))
    assert "no longer decides, since 01/01/2020" in page(desk, kim)


def test_a_parent_of_an_adult_decides_only_as_a_proxy(maria, desk):
    typed = {"name": "Rosa Ruiz", "relation": "parent", "decides": "on"}
    assert "is of age" in desk.post(at(maria, "people/"), typed).content.decode()
    assert desk.post(at(maria, "people/"), {**typed, "relation": "proxy"}).status_code == 302
    assert RelatedPerson.objects.get().until is None


def test_a_merged_records_address_leads_to_the_one_that_stands(maria, kim, alicia, desk):
    merge(survivor_id=maria.pk, merged_id=kim.pk, by=alicia)
    assert desk.get(at(kim)).url == at(maria)
    for rest in ("facts/", "contacts/", "people/"):
        assert desk.get(at(kim, rest)).status_code == 404


def test_a_merge_is_told_and_undone_from_the_record(maria, kim, alicia, desk):
    record = merge(survivor_id=maria.pk, merged_id=kim.pk, by=alicia)
    assert f"Alicia Warren merged MRN {kim.mrn}, Park, Kim into this record" in sentences(desk, maria)
    desk.post(f"/o/lakeside/patients/mergers/{record.pk}/undoing/")
    assert kim.refresh().merged_into is None
    assert f"Alicia Warren undid the merge of MRN {kim.mrn}, Park, Kim" in sentences(desk, maria)


def test_a_contact_of_another_patient_is_not_found(maria, kim, desk):
    point = ContactPoint.objects.get(patient=kim)
    assert desk.get(at(maria, f"contacts/{point.pk}/")).status_code == 404


def test_the_list_leads_back_to_whom_one_opened_last(maria, kim, desk):
    page(desk, maria)
    page(desk, kim)
    recent = desk.get("/o/lakeside/patients/").context["recent"]
    assert [hit.patient for hit, _ in recent] == [kim, maria]


def test_a_long_history_is_shown_when_asked_for(maria, desk):
    for number in range(20):
        maria.city = f"Town {number}"
        maria.save()
    assert "Town 3 " not in page(desk, maria) and "Show all changes" in page(desk, maria)
    assert "from Town 3 to Town 4" in page(desk, maria, "?all=1")
