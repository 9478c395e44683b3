"""What is on file confirms, repairs or doubts what was read, before a person sees the paper."""

from datetime import date

import pytest

from tests import factories
from tests.integration.intake_scenes import MARIA, make_ready, paper

FAXES = "/o/lakeside/faxes/"


@pytest.fixture
def maria(scope):
    """Maria, with the member number of her card, sealed."""
    patient = factories.make_patient(family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14))
    factories.make_coverage(patient, member_id="HPC 8841 6027")
    return patient


def field(arrival, key):
    return arrival.readings.get().fields.get(key=key)


def test_a_misread_member_number_is_repaired_from_the_sealed_record(maria):
    read = field(make_ready(paper({**MARIA, "member_id": "HPC 884I 6O27"})), "member_id")
    assert (read.value, read.why) == (
        "HPC 8841 6027",
        "Read HPC 884I 6O27; the patient's record says HPC 8841 6027",
    )


def test_a_doubtful_value_that_the_record_confirms_needs_nobody(maria):
    read = field(make_ready(paper(doubtful=["member_id", "patient_dob"])), "member_id")
    assert (read.why, read.confidence) == ("", 0.995)


def test_a_repaired_value_is_shown_to_be_checked(maria, enter, alicia):
    arrival = make_ready(paper({**MARIA, "member_id": "HPC 884I 6O27"}))
    shown = enter(alicia).get(f"{FAXES}{arrival.pk}/").content.decode()
    assert "the patient&#x27;s record says HPC 8841 6027" in shown


def test_two_patients_alike_repair_nothing(maria):
    twin = factories.make_patient(family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14))
    factories.make_coverage(twin, member_id="HPC 8841 6028")
    assert field(make_ready(paper({**MARIA, "member_id": "HPC 884I 6O27"})), "member_id").why == ""


def test_an_office_found_by_its_fax_number_confirms_the_npi_of_who_is_named(scope):
    office = factories.make_practice(fax="+12175550142", phone="+12175550140")
    factories.make_provider(practice=office, npi="1999000122")
    arrival = make_ready(paper({**MARIA, "ref_phone": "2175550140"}, doubtful=["ref_npi", "ref_phone"]))
    assert [field(arrival, key).why for key in ("ref_npi", "ref_phone", "ref_fax")] == ["", "", ""]


def test_another_npi_than_the_directory_has_is_a_doubt(scope):
    office = factories.make_practice(fax="+12175550142")
    factories.make_provider(practice=office, npi="1234567893")
    assert field(make_ready(), "ref_npi").why == "Our directory says 1234567893"


def test_the_sender_of_a_report_is_not_held_for_the_referrer(scope):
    office = factories.make_practice(fax="+12175550142")
    factories.make_provider(practice=office, npi="1234567893")
    assert field(make_ready(paper(doc_class="consult_report")), "ref_npi").why == ""
