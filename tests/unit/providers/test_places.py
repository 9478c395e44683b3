"""ZIP codes on the map, and taxonomy codes by our specialties."""

import pytest

from providers.npi import is_npi
from providers.places import centre_of, miles_between_zips
from providers.taxonomies import codes_of, name_of, specialty_of


def test_the_distance_of_two_towns_is_about_right():
    assert 170 < miles_between_zips("62701", "60601") < 190  # Springfield and Chicago


@pytest.mark.parametrize("code", ["", "00000", "6270", "abcde"])
def test_a_zip_code_that_does_not_exist_is_nowhere(code):
    assert centre_of(code) is None


def test_the_longer_form_of_a_zip_code_is_in_the_same_place():
    assert centre_of("62701-1234") == centre_of("62701")


def test_a_common_taxonomy_code_has_a_specialty_and_a_rare_one_none():
    assert (specialty_of("207RC0000X"), specialty_of("999999999X")) == ("cardiology", "")


def test_every_code_is_well_formed_and_belongs_to_one_specialty():
    from providers.taxonomies import _table

    codes = [code for specialty in _table() for code in codes_of(specialty)]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 10 and code.endswith("X") for code in codes)
    assert name_of("ent") == "Ear, nose and throat"


def test_the_sample_npi_of_the_rule_checks():
    assert is_npi("1234567893")
