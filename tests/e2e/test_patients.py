"""Patients under a person's fingers: registering by keyboard, a warning, a merge and the way back."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from patients.actions import duplicates
from patients.models import Identifier, MergeRecord, Patient, RelatedPerson
from tests import factories
from tests.e2e.test_fax_review import desk, inside, lakeside  # noqa: F401 (fixtures)

HERE = "/o/lakeside/patients/"
SECONDS_A_KEY, SECONDS_A_FIELD = 0.28, 1.2  # Card, Moran & Newell 1983: an average typist; M, to think


@pytest.fixture
def maria(inside):  # noqa: F811
    """Here already, with a referral."""
    with inside():
        patient = factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz", line1="12 Oak St")
        factories.make_referral(patient=patient)
        Identifier.objects.create(patient=patient, authority="St. Brigid", value="SB-7710")
        RelatedPerson.objects.create(patient=patient, name="Elena Ruiz", relation="proxy", decides=True)
    return patient


@pytest.fixture
def twice(maria, inside):  # noqa: F811
    """Maria again, with a slip; the night has seen it."""
    with inside():
        patient = factories.make_patient(
            given_name="Maria", family_name="Delgado Ruis", line1="12 Oak Street"
        )
        factories.make_referral(patient=patient)
        duplicates.look_through(size=10)
    return patient


def keys(page, *pressed):
    """Type words and press keys; how many strokes it took."""
    for one in pressed:
        is_key = one in {"Tab", "Enter"} or len(one) == 1
        page.keyboard.press(one) if is_key else page.keyboard.type(one)
    return sum(1 if one in {"Tab", "Enter"} else len(one) for one in pressed)


def test_a_patient_is_registered_by_keyboard_in_less_than_twenty_seconds(maria, desk, inside):  # noqa: F811
    alicia = desk("Alicia Warren")
    alicia.open(HERE)
    alicia.page.locator("#q").blur()
    strokes = keys(alicia.page, "n")
    expect(alicia.page.get_by_label("First name")).to_be_focused()
    strokes += keys(
        alicia.page, "Grace", "Tab", "Nakamura", "Tab", "51974", "Tab", "F", "Tab", "2175550111", "Enter"
    )
    alicia.sees("Type the date as month, day, year")  # what is wrong is said, and all else is kept
    alicia.page.locator("#id_birth_date").fill("5/19/74")
    keys(alicia.page, "Enter")
    alicia.page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    alicia.sees("Grace Nakamura is registered")
    alicia.looks()
    assert strokes * SECONDS_A_KEY + 5 * SECONDS_A_FIELD < 20
    with inside():
        grace = Patient.objects.get(family_name="Nakamura")
        assert (grace.birth_date, grace.sex) == (date(1974, 5, 19), "F")


def test_who_looks_like_somebody_here_is_shown_while_typing_and_asked_about(maria, desk, inside):  # noqa: F811
    alicia = desk("Alicia Warren")
    alicia.open(f"{HERE}new/")
    keys(alicia.page, "Maria", "Tab", "Delgado Ruiz", "Tab", "3/14/67", "Tab")
    alicia.sees("Looks like Delgado-Ruiz, Maria is already here")
    alicia.looks()
    alicia.page.get_by_label("Mobile phone").focus()
    keys(alicia.page, "2175550188", "Enter")
    expect(alicia.page.locator(".dupbox")).to_be_focused()
    alicia.looks()
    keys(alicia.page, "o")
    alicia.page.wait_for_url(f"**{HERE}{maria.pk}/")
    with inside():
        assert Patient.objects.count() == 1


def test_without_scripts_the_question_is_a_page_and_different_registers(maria, desk, inside):  # noqa: F811
    alicia = desk("Alicia Warren", java_script_enabled=False)
    alicia.open(f"{HERE}new/")
    for name, typed in (("given_name", "Maria"), ("family_name", "Delgado Ruiz"), ("birth_date", "3/14/67")):
        alicia.page.locator(f"#id_{name}").fill(typed)
    alicia.page.get_by_role("button", name="Register", exact=True).click()
    alicia.sees("is already here")
    alicia.page.get_by_role("button", name="Different: register anyway").click()
    alicia.sees("Maria Delgado Ruiz is registered")
    with inside():
        assert Patient.objects.count() == 2


def test_two_records_are_merged_and_parted_by_keyboard(twice, desk, inside):  # noqa: F811
    alicia = desk("Alicia Warren")
    alicia.open(f"{HERE}duplicates/")
    alicia.looks()
    keys(alicia.page, "n")
    alicia.sees("Merge into the left")
    alicia.looks()
    keys(alicia.page, "1")
    alicia.sees("Nothing changes until you confirm")
    alicia.page.get_by_role("radio", name="Delgado Ruis").check()
    alicia.looks()
    alicia.page.get_by_role("button", name=re.compile("Merge into")).press("Enter")
    alicia.sees("now stands for both")
    with inside():
        assert MergeRecord.objects.get().survivor.family_name == "Delgado Ruis"
    keys(alicia.page, "z")
    alicia.sees("The merge is undone")
    alicia.looks()
    with inside():
        assert not Patient.objects.exclude(merged_into=None).exists()


def test_every_page_fits_a_phone_and_is_readable_by_everybody(twice, maria, desk, inside):  # noqa: F811
    manager = desk("Dana Ortiz", "admin", width=390)
    with inside():
        pair = duplicates.waiting().get()
    for rest in (
        "", "?q=delgado", "new/", f"{maria.pk}/", f"{maria.pk}/facts/", f"{maria.pk}/contacts/", "duplicates/",
        f"duplicates/{pair.pk}/", f"duplicates/{pair.pk}/merger/right/",
    ):  # fmt: skip
        manager.open(f"{HERE}{rest}")
        manager.looks()
    manager.open("/o/lakeside/settings/matching/")
    manager.looks()


def test_a_telephone_is_changed_on_the_record_itself(maria, desk):  # noqa: F811
    alicia = desk("Alicia Warren")
    alicia.open(f"{HERE}{maria.pk}/")
    alicia.looks()
    contact = alicia.page.locator("section", has=alicia.page.get_by_role("heading", name="Contact"))
    contact.get_by_text("Change").first.click()
    contact.get_by_label("Texts and e-mails").first.select_option("refused")
    alicia.looks()
    contact.get_by_role("button", name="Save").first.click()
    alicia.sees("Calls only")
    alicia.sees("changed consent from May be texted or e-mailed to Do not text or e-mail")
