"""Two records of one person: merged, and parted again, without losing a row."""

from typing import Any

import pytest

from patients.actions.merging import CannotMerge, call_different, merge, pointing_here, preview, unmerge
from patients.models import ContactPoint, DuplicatePair, Identifier, Patient, RelatedPerson
from referrals.models import Referral
from tests import factories
from tests.integration import referral_scenes as scenes


@pytest.fixture
def maria(scope):
    """The record that stays, with a referral."""
    patient = factories.make_patient(given_name="Maria", family_name="Delgado", mobile="+12175550188")
    scenes.ready(patient=patient)
    return patient


@pytest.fixture
def twice(scope):
    """The same person registered again, with a referral, a number and a mother of her own."""
    patient = factories.make_patient(
        given_name="Maria", family_name="Delgado-Ruiz", line1="12 Oak St", mobile="+12175550189"
    )
    scenes.ready(patient=patient)
    Identifier.objects.create(patient=patient, authority="St. Brigid", value="SB-7710")
    RelatedPerson.objects.create(patient=patient, name="Rosa Ruiz", relation="parent")
    return patient


def everything() -> dict[str, list[Any]]:
    """Every row that has to do with patients, as it is."""
    models = [Patient, *dict.fromkeys(model for model, _ in pointing_here())]
    return {model.__name__: sorted(model.objects.values_list(), key=str) for model in models}


def test_the_survivor_has_the_referrals_numbers_and_telephones_of_both(maria, twice, alicia):
    merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert Referral.objects.filter(patient=maria).count() == 2
    assert maria.contact_points.count() == 2
    assert maria.identifiers.get().value == "SB-7710"
    assert twice.refresh().merged_into == maria


def test_merging_and_undoing_restores_every_row(maria, twice, alicia):
    before = everything()
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia, take={"family_name"})
    assert everything() != before
    unmerge(record_id=record.pk, by=alicia)
    assert everything() == before


def test_what_came_after_the_merge_stays_with_the_survivor(maria, twice, alicia):
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    later = scenes.ready(patient=maria.refresh())
    unmerge(record_id=record.pk, by=alicia)
    assert later.refresh().patient == maria
    assert Referral.objects.filter(patient=twice).count() == 1


def test_a_field_changed_after_the_merge_keeps_the_change(maria, twice, alicia):
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia, take={"family_name"})
    survivor = maria.refresh()
    survivor.family_name = "Delgado-Lopez"
    survivor.save()
    unmerge(record_id=record.pk, by=alicia)
    assert maria.refresh().family_name == "Delgado-Lopez"


def test_a_telephone_that_both_have_stays_with_each(maria, twice, alicia):
    ContactPoint.objects.create(patient=twice, kind="mobile", value="+12175550188")
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert maria.contact_points.filter(value="+12175550188").count() == 1
    unmerge(record_id=record.pk, by=alicia)
    assert twice.contact_points.count() == 2


def test_empty_fields_are_filled_and_others_only_when_asked_for(maria, twice, alicia):
    maria.line1 = ""
    maria.save()
    merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert (maria.refresh().line1, maria.family_name) == ("12 Oak St", "Delgado")


def test_the_preview_says_what_will_move(maria, twice):
    effect = preview(maria, twice)
    assert (effect.moves["referrals"], effect.moves["numbers elsewhere"]) == (1, 1)
    assert all(effect.moves.values())  # what does not move is not listed
    assert "family_name" in effect.differs


def test_a_merged_record_is_not_found_but_the_survivor_is_by_its_number(maria, twice, alicia, enter):
    merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    browser = enter(alicia)
    for typed in ("delgado", "0189", "SB-7710", twice.mrn):
        hits = browser.get("/o/lakeside/search/", {"q": typed}).context["hits"]
        assert [hit.patient for hit, _ in hits] == [maria], typed


def test_a_record_is_not_merged_with_itself_nor_twice(maria, twice, alicia):
    with pytest.raises(CannotMerge, match="same record"):
        merge(survivor_id=maria.pk, merged_id=maria.pk, by=alicia)
    merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    with pytest.raises(CannotMerge, match="merged already"):
        merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)


def test_a_merge_is_undone_once_and_the_later_one_first(maria, twice, alicia):
    third = factories.make_patient(given_name="Maria", family_name="Delgado")
    first = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    second = merge(survivor_id=third.pk, merged_id=maria.pk, by=alicia)
    with pytest.raises(CannotMerge, match="Undo that merge first"):
        unmerge(record_id=first.pk, by=alicia)
    unmerge(record_id=second.pk, by=alicia)
    unmerge(record_id=first.pk, by=alicia)
    with pytest.raises(CannotMerge, match="undone already"):
        unmerge(record_id=first.pk, by=alicia)


def test_a_merge_settles_the_pair_and_undoing_opens_it_again(maria, twice, alicia):
    one, other = sorted([maria, twice], key=lambda patient: patient.pk)
    pair = DuplicatePair.objects.create(one=one, other=other, probability=0.98)
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert pair.refresh().decision == "merged"
    unmerge(record_id=record.pk, by=alicia)
    assert pair.refresh().decision == ""
    assert call_different(pair_id=pair.pk, by=alicia).decision == "different"


def test_a_merge_says_who_made_it_in_the_history_of_each_record(maria, twice, alicia):
    record = merge(survivor_id=maria.pk, merged_id=twice.pk, by=alicia)
    assert record.made_by == alicia
    assert twice.history.count() == 2
