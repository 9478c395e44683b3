"""The directory and routing, as the desk and a manager use them."""

import re

from playwright.sync_api import expect

from benchmarks import npi_files

DESK, MANAGER, ADMIN = "frontdesk@lakeside.example", "manager@lakeside.example", "admin@lakeside.example"
SENDER = "frontdesk@prairie.example"
HERE = "/o/lakeside/directory/"
DRAFT = """
from organizations.models import Organization
from organizations.scope import organization_scope
from referrals.models import Referral
with organization_scope(Organization.objects.get(slug="prairie").pk, actor="command:test"):
    answer = Referral.objects.filter(stage="draft", direction="outbound", specialty__code="cardiology").first()
    answer = answer or Referral.objects.filter(stage="draft", direction="outbound").first()
    answer = answer.number
"""


def test_a_wrong_fax_is_reported_on_a_telephone_and_settled(person):
    desk = person(DESK, width=390)
    desk.open(HERE)
    desk.looks()
    desk.page.get_by_label("Name, specialty").fill("sangamon")
    desk.page.get_by_role("button", name="Search", exact=True).click()
    desk.page.get_by_role("link", name="Sangamon Internal Medicine").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Sangamon Internal Medicine")
    desk.sees("failed, answered")
    desk.looks()
    desk.page.get_by_role("button", name=re.compile(r"This is wrong.*0111")).click()
    desk.sees("Reported.")
    manager = person(MANAGER, width=390)
    manager.open(f"{HERE}reports/")
    manager.looks()
    manager.page.get_by_label("What you found").fill("Called: it is right")
    manager.page.get_by_role("button", name=re.compile("Settle")).click()
    manager.sees("Nothing is reported wrong")


def test_an_office_is_added_from_the_register(site, person, tmp_path):
    path = tmp_path / "npidata.csv"
    npi_files.write(path, rows=8)
    site.manage("import_npi_registry", str(path))
    manager = person(MANAGER)
    manager.open(f"{HERE}?zip=62526&miles=50")
    manager.looks()
    manager.open(f"{HERE}add/?q={npi_files.npi(3)}")
    manager.looks()
    manager.page.get_by_role("link", name=re.compile("^Add ")).click()
    manager.looks()
    name = manager.page.get_by_label("Name", exact=True).input_value()
    manager.page.get_by_role("button", name="Save").click()
    expect(manager.page.get_by_role("heading", level=1)).to_have_text(name)
    manager.page.get_by_role("button", name="This is right").click()
    manager.sees("Confirmed")
    manager.looks()


def test_a_draft_is_given_its_office_with_reasons(site, person):
    desk = person(SENDER)
    number = site.ask(DRAFT)
    desk.open(f"/o/prairie/referrals/{number}/")
    desk.page.get_by_role("link", name="Where to send").click()
    expect(desk.page.get_by_role("list", name="Offices, best first")).to_contain_text("away")
    desk.looks()
    desk.page.get_by_role("button", name=re.compile("^Choose")).first.click()
    desk.sees("goes to")
    desk.looks()


def test_weights_are_tried_before_they_are_saved(person):
    admin = person(ADMIN, color_scheme="dark")
    admin.open("/o/lakeside/settings/routing/")
    admin.looks()
    admin.page.get_by_label("Specialty").select_option(label="Cardiology")
    expect(admin.page.locator("#preview")).to_contain_text("Capital Heart Group")
    admin.looks()
    admin.page.get_by_role("button", name="Save", exact=True).click()
    admin.sees("Saved.")
