"""The review page under a person's fingers: a real browser, the keyboard only."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from intake.actions import reading
from intake.models import Arrival, FieldReading
from organizations.scope import organization_scope
from referrals.models import Referral
from tests import factories
from tests.e2e.people import Person
from tests.faults.stage import wait_until
from tests.integration.intake_scenes import (
    MARIAS_FORM,
    THEO,
    THEOS_FORM,
    Sheet,
    form_page,
    make_arrival,
    make_read,
    make_ready,
    paper,
)  # fmt: skip

FAXES = "/o/lakeside/faxes/"


@pytest.fixture
def lakeside(committed):
    """A practice whose rows every process sees."""
    return factories.make_organization(slug="lakeside", name="Lakeside Specialty", short_name="Lakeside")


@pytest.fixture
def inside(lakeside):
    """For a few lines inside Lakeside, committed at their end."""
    return lambda: organization_scope(lakeside.pk, actor="command:test")


@pytest.fixture
def desk(lakeside, inside, browser, tmp_path):
    """Make a colleague, signed in at a screen of their own."""
    server, people = LiveServer("127.0.0.1"), []
    server.thread.httpd.daemon_threads = False  # the last word of a page that is closed is waited for

    def come(name, role="front_desk", **options):
        with inside():
            membership = factories.make_membership(lakeside, role, full_name=name)
        entered = Client()
        entered.force_login(membership.user)
        person = Person(SimpleNamespace(url=server.url), browser, **options)
        session = entered.cookies[settings.SESSION_COOKIE_NAME].value
        person.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}]
        )
        people.append(person)
        return person

    yield come
    for number, person in enumerate(people):
        person.page.screenshot(path=tmp_path / f"last-seen-{number}.png")
        person.leave()
    server.stop()


def press(person, *keys):
    for key in keys:
        person.page.keyboard.press(key)


def value(person, key):
    return person.page.locator(f"#f-{key}").input_value()


def test_a_clean_fax_is_accepted_with_two_keys_and_the_next_one_opens(desk, inside):
    with inside():
        factories.make_patient(family_name="Delgado-Ruiz")
        make_ready()
        following = make_ready(paper(THEO))
    alicia = desk("Alicia Warren")
    alicia.open(FAXES)
    press(alicia, "n")
    expect(alicia.page.get_by_text("Strong match")).to_be_visible()
    alicia.looks()
    press(alicia, "Control+Enter")
    alicia.page.wait_for_url(f"**{FAXES}{following.pk}/")
    alicia.sees("Accepted as R-20001.")
    with inside():
        assert Referral.objects.get().patient.family_name == "Delgado-Ruiz"


def test_three_doubtful_fields_are_corrected_from_key_to_key(desk, inside):
    with inside():
        arrival = make_ready(paper(doubtful=["member_id", "icd10", "patient_dob"], last=2), pages=2)
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    press(alicia, "Tab")
    for typed in ("03/14/1968", "R07.9", "HPC 1"):
        box = alicia.page.evaluate("document.querySelector('.hl.on')?.dataset.for")
        assert box == alicia.page.evaluate("document.activeElement.id")
        press(alicia, "Control+a")
        alicia.page.keyboard.type(typed)
        press(alicia, "Enter")
    expect(alicia.page.get_by_text("All fields checked")).to_be_visible()
    wait_until(lambda: kept(inside, "member_id") == "HPC 1", seconds=5, what="Saving by the way")
    alicia.page.reload()
    assert [value(alicia, key) for key in ("patient_dob", "icd10", "member_id")] == [
        "03/14/1968", "R07.9", "HPC 1",
    ]  # fmt: skip
    press(alicia, "Control+Enter")
    alicia.page.wait_for_url(f"**{FAXES}")
    with inside():
        assert str(Referral.objects.get().patient.birth_date) == "1968-03-14"


def kept(inside, key):
    with inside():
        return FieldReading.objects.get(key=key).final_value


def test_what_was_typed_a_moment_before_the_page_is_left_is_kept(desk, inside):
    with inside():
        arrival = make_ready()
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.locator("#f-reason").focus()
    press(alicia, "Control+a")
    alicia.page.keyboard.type("Chest pain")
    alicia.open(FAXES)
    wait_until(lambda: kept(inside, "reason") == "Chest pain", seconds=5, what="The last word")
    assert not is_claimed(inside)


def test_two_patients_on_one_fax_are_split_and_both_accepted(desk, inside):
    with inside():
        arrival = make_read(form_page(1, **MARIAS_FORM), form_page(2, **THEOS_FORM), cut=False)
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    press(alicia, "]")
    expect(alicia.page.locator("#cut")).to_contain_text("Split before page 2")
    press(alicia, "s")
    alicia.sees("2 of 2 patients")
    assert value(alicia, "patient_last") == "Beaumont"
    alicia.looks()
    press(alicia, "z")
    expect(alicia.page.get_by_text("2 of 2 patients")).to_have_count(0)
    press(alicia, "]")
    expect(alicia.page.locator("#cut")).to_contain_text("Split before page 2")
    press(alicia, "s")
    for name in ("Beaumont", "Delgado"):
        expect(alicia.page.locator("#f-patient_last")).to_have_value(name)
        accept(alicia)
    alicia.page.wait_for_url(f"**{FAXES}")
    with inside():
        accepted = Referral.objects.select_related("patient").order_by("patient__family_name")
        assert [r.patient.family_name for r in accepted] == ["Beaumont", "Delgado"]


def accept(person):
    """Ctrl+Enter; once more when it asks about what nobody has checked."""
    with person.page.expect_navigation():
        press(person, "Control+Enter")
    if person.page.get_by_text("Not checked yet").count():
        with person.page.expect_navigation():
            press(person, "Control+Enter")


def test_two_who_open_the_same_fax_lose_nothing(desk, inside):
    with inside():
        arrival = make_ready()
    alicia, priya = desk("Alicia Warren"), desk("Priya Nair", "nurse")
    for person in (alicia, priya):
        person.open(f"{FAXES}{arrival.pk}/")
    priya.sees("Alicia Warren has this open.")
    priya.looks()
    type_into(alicia, "reason", "Chest pain on stairs")
    expect(alicia.page.locator("#saved")).to_contain_text("Saved")

    alicia.page.wait_for_timeout(1500)  # the first heartbeat of her page is past
    with inside():  # ten minutes without a key
        held = Arrival.objects.get()
        held.claimed_at = timezone.now() - timedelta(minutes=11)
        held.save()
    expect(priya.page.get_by_text("Nobody has this open now.")).to_be_visible(timeout=40_000)
    priya.page.get_by_role("button", name="Take over").press("Enter")
    expect(priya.page.locator("#f-reason")).to_have_value("Chest pain on stairs")
    type_into(priya, "group_no", "70214")
    expect(priya.page.locator("#saved")).to_contain_text("Saved")

    type_into(alicia, "icd10", "R07.9")
    alicia.sees("Priya Nair has this open until")
    with alicia.page.expect_navigation():
        press(alicia, "Control+Enter")
    alicia.sees("What you typed is still below and was not saved.")
    assert (value(alicia, "icd10"), value(alicia, "reason")) == ("R07.9", "Chest pain on stairs")
    accept(priya)
    with inside():
        referral = Referral.objects.select_related("coverage").get()
        assert (referral.reason, referral.coverage.group_number) == ("Chest pain on stairs", "70214")


def type_into(person, key, text):
    field = person.page.locator(f"#f-{key}")
    if not field.is_visible():
        person.page.get_by_text("Not on the page").press("Enter")
    field.focus()
    press(person, "Control+a")
    person.page.keyboard.type(text)
    press(person, "Shift+Tab")


def test_whoever_leaves_gives_it_back(desk, inside):
    with inside():
        arrival = make_ready()
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.reload()
    alicia.page.wait_for_timeout(2500)  # a page that is drawn again is theirs again
    assert is_claimed(inside)
    alicia.open(FAXES)
    wait_until(lambda: not is_claimed(inside), seconds=5, what="Giving it back")


def test_a_page_nobody_works_on_locks_itself_with_all_that_was_typed(desk, inside):
    with inside():
        arrival = make_ready()
    alicia = desk("Alicia Warren")
    alicia.page.clock.install()
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.locator("#f-reason").focus()
    press(alicia, "Control+a")
    alicia.page.keyboard.type("Chest pain")  # and the field is never left
    alicia.page.clock.fast_forward("11:00")
    expect(alicia.page.get_by_role("dialog", name="This fax is locked")).to_be_visible()
    with alicia.page.expect_navigation():
        press(alicia, "Enter")
    assert value(alicia, "reason") == "Chest pain"


def is_claimed(inside):
    with inside():
        return Arrival.objects.get().claimed_by_id is not None


def test_single_keys_do_nothing_while_somebody_types(desk, inside):
    with inside():
        arrival = make_ready(paper(last=2), pages=2)
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.locator("#f-reason").focus()
    press(alicia, "Control+a")
    alicia.page.keyboard.type("st2rm]")
    assert value(alicia, "reason") == "st2rm]"
    expect(alicia.page.locator(":popover-open")).to_have_count(0)


def test_each_dialog_opens_by_its_key_and_closes_by_escape(desk, inside):
    with inside():
        arrival = make_ready()
    alicia = desk("Alicia Warren", width=390)
    alicia.open(f"{FAXES}{arrival.pk}/")
    for key, heading in (("r", "Not a referral"), ("t", "Attach"), ("m", "Ask the sender")):
        press(alicia, key)
        expect(alicia.page.locator(":popover-open h2")).to_contain_text(heading)
        press(alicia, "Escape")
        expect(alicia.page.locator(":popover-open")).to_have_count(0)
    press(alicia, "m")
    alicia.looks()


def test_a_field_shows_its_page_and_a_box_leads_to_its_field(desk, inside):
    with inside():
        arrival = make_ready(paper(last=2), pages=2)
        row = FieldReading.objects.get(key="icd10")
        row.page = 2
        row.save()
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.locator("#f-icd10").focus()
    expect(alicia.page.locator(".fax__view")).to_have_attribute("aria-label", "Page 2 of 2")
    expect(alicia.page.locator(".hl.on")).to_have_attribute("data-for", "f-icd10")
    assert alicia.page.evaluate("document.activeElement.id") == "f-icd10"


def test_it_works_without_scripts(desk, inside):
    with inside():
        arrival = make_read(form_page(1, **MARIAS_FORM), form_page(2, **THEOS_FORM), cut=False)
    alicia = desk("Alicia Warren", java_script_enabled=False)
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.page.locator("#f-reason").fill("Typed before the split")
    alicia.page.get_by_role("button", name="Split before page 2").first.click()
    alicia.sees("2 of 2 patients")
    alicia.open(f"{FAXES}{arrival.pk}/?page=1")
    assert value(alicia, "reason") == "Typed before the split"
    alicia.page.get_by_role("button", name="Undo").click()
    assert value(alicia, "reason") == "Typed before the split"


def test_pages_can_be_looked_at_while_the_rest_is_read(desk, inside):
    with inside():
        arrival = make_arrival()
        reading.begin(arrival.pk, read_key=arrival.read_key)
        reading.expect_pages(arrival.pk, 12)
        reading.record_page(arrival.pk, Sheet(1))
    alicia = desk("Alicia Warren")
    alicia.open(f"{FAXES}{arrival.pk}/")
    alicia.sees("Reading page 2 of 12.")
    with inside():
        reading.record_page(arrival.pk, Sheet(2))
    expect(alicia.page.get_by_text("Reading page 3 of 12.")).to_be_visible(timeout=6_000)
    alicia.page.locator(".fax__pages a", has_text="Page 2").press("Enter")
    expect(alicia.page.locator(".fax__view")).to_have_attribute("aria-label", "Page 2 of 12")
