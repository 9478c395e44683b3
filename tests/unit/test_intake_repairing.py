"""What our records do to values that were read."""

from datetime import date

import pytest

from intake.repairing import CONFIRMED, KnownPatient, KnownReferrer, with_known

MARIA = KnownPatient("Maria", "Delgado-Ruiz", date(1967, 3, 14), frozenset(["2175550142"]), ("W104 882 0",))
PRAIRIE = KnownReferrer(
    frozenset(["2175550140"]), frozenset(["2175550142"]), "Hannah Lindqvist, MD", "Lindqvist", "1999000122"
)
PAPER = {"patient_first": "MARIA", "patient_last": "Delgado Ruiz", "patient_dob": "1967-03-14"}


def patient_says(**values):
    read = {**PAPER, **values}
    return with_known(read, dict.fromkeys(read, 0.6), MARIA, None)


def office_says(known=PRAIRIE, **values):
    return with_known(values, dict.fromkeys(values, 0.6), None, known)


def test_a_name_and_birth_date_that_agree_confirm_each_other():
    told = patient_says()
    assert {told[key].confidence for key in PAPER} == {CONFIRMED}
    assert not any(change.why for change in told.values())


@pytest.mark.parametrize("read", ["W1O4 882 0", "W1048820"[:-1], "WI04 BB2 O", "W104982 0", "W1044 882 0"])
def test_a_slip_in_the_member_number_is_repaired_and_says_so(read):
    told = patient_says(member_id=read)["member_id"]
    assert (told.value, told.why) == ("W104 882 0", f"Read {read}; the patient's record says W104 882 0")


def test_the_suffix_of_a_relative_is_a_question_and_no_repair():
    told = patient_says(member_id="W104 882 7")["member_id"]
    assert (told.value, told.why[:16]) == ("W104 882 7", "Read W104 882 7;")


def test_another_insurance_is_left_alone():
    assert "member_id" not in patient_says(member_id="HPC 8841 6027")


def test_the_same_member_number_without_its_blanks_is_confirmed():
    assert patient_says(member_id="W1048820")["member_id"].confidence == CONFIRMED


def test_nothing_is_repaired_for_another_birth_date():
    assert patient_says(member_id="W1O4 882 0", patient_dob="1990-01-01") == {}


def test_another_phone_is_a_doubt_that_names_ours():
    told = patient_says(patient_phone="2175550199")["patient_phone"]
    assert (told.value, told.confidence, told.why) == ("2175550199", 0.6, "Record says (217) 555-0142")


def test_a_misread_birth_date_is_a_doubt_when_name_and_member_number_agree():
    told = patient_says(member_id="W104 882 0", patient_dob="1961-03-14")
    assert told["patient_dob"].why == "Record says 03/14/1967"


def test_a_misspelled_name_is_a_doubt_when_birth_date_and_member_number_agree():
    told = patient_says(member_id="W104 882 0", patient_last="Delgodo-Ruiz")
    assert told["patient_last"].why == "Record says Delgado-Ruiz"


def test_the_directory_confirms_an_office_by_its_numbers():
    told = office_says(ref_phone="2175550140", ref_fax="2175550142")
    assert {change.confidence for change in told.values()} == {CONFIRMED}


def test_another_telephone_of_the_office_is_a_doubt():
    assert office_says(ref_phone="2175550100")["ref_phone"].why == "Our directory says (217) 555-0140"


def test_another_fax_line_is_a_doubt_only_when_it_looks_misread():
    assert "ref_fax" not in office_says(ref_fax="3125550199")
    assert office_says(ref_fax="2175550147")["ref_fax"].why == "Our directory says (217) 555-0142"


def test_a_misread_npi_is_repaired_for_the_clinician_who_is_named():
    told = office_says(ref_npi="1999000127", ref_provider="Hannah Lindqvist MD")["ref_npi"]
    assert (told.value, told.why) == ("1999000122", "Read 1999000127; our directory says 1999000122")


def test_the_npi_of_somebody_else_is_said():
    told = office_says(ref_npi="1999000122", ref_provider="Raj Patel")["ref_provider"]
    assert told.why == "This NPI is Hannah Lindqvist, MD in our directory"
