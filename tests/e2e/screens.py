"""Pictures of each page, at desk and phone widths, into docs/screens/. Run with `./dev screens [name …]`."""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.people import Person
from tests.e2e.site import Site
from tests.faults.stage import ROOT, wait_until

OUT = ROOT / "docs" / "screens"
WIDTHS = (1440, 390)
COLORS = 128  # a palette keeps a page's picture near 40 kB
DESK = "frontdesk@lakeside.example"
MANAGER = "manager@lakeside.example"
ADMIN = "admin@lakeside.example"
PAGES = {
    "signin": ("", "/accounts/login/"),
    "worklist": (DESK, "/o/lakeside/"),
    "worklist-peek": (DESK, "/o/lakeside/?peek={accepted}"),
    "referrals": (DESK, "/o/lakeside/referrals/"),
    "search": (DESK, "/o/lakeside/search/?q=del"),
    "referral-received": (DESK, "/o/lakeside/referrals/{received}/"),
    "referral-accepted": (DESK, "/o/lakeside/referrals/{accepted}/"),
    "referral-scheduled": (DESK, "/o/lakeside/referrals/{scheduled}/"),
    "referral-closed": (DESK, "/o/lakeside/referrals/{closed}/"),
    "faxes": (DESK, "/o/lakeside/faxes/"),
    "fax-review": (DESK, "/o/lakeside/faxes/{fax}/"),
    "fax-ledger": (MANAGER, "/o/lakeside/faxes/ledger/"),
    "patients": (DESK, "/o/lakeside/patients/"),
    "patient-record": (DESK, "/o/lakeside/patients/{patient}/"),
    "registration": (DESK, "/o/lakeside/patients/new/"),
    "duplicate": (DESK, "/o/lakeside/patients/duplicates/{pair}/"),
    "patient-import": (DESK, "/o/lakeside/patients/imports/"),
    "directory": (DESK, "/o/lakeside/directory/"),
    "office": ("manager@prairie.example", "/o/prairie/directory/{office}/"),
    "destination": ("frontdesk@prairie.example", "/o/prairie/referrals/{sent}/destination/"),
    "dashboard": (MANAGER, "/o/lakeside/insights/?days=365"),
    "attention": (MANAGER, "/o/lakeside/attention/"),
    "access-log": (MANAGER, "/o/lakeside/audit/"),
    "people": (MANAGER, "/o/lakeside/settings/people/"),
    "roles": (MANAGER, "/o/lakeside/settings/roles/"),
    "settings": (ADMIN, "/o/lakeside/settings/"),
    "fax-lines": (ADMIN, "/o/lakeside/settings/fax-lines/"),
    "fax-rules": (ADMIN, "/o/lakeside/settings/faxes/"),
    "reliability": (ADMIN, "/o/lakeside/settings/faxes/reliability/"),
    "security": (DESK, "/accounts/2fa/"),
    "not-found": (DESK, "/o/lakeside/referrals/R-1/"),
    "status-check": ("", "/s/"),
    "sandbox": ("", "/sandbox/"),
}
FIND = """
from intake.models import Arrival
from organizations.models import Organization
from organizations.scope import organization_scope
from patients.models import DuplicatePair
from referrals.models import Referral
with organization_scope(Organization.objects.get(slug="lakeside").pk, actor="command:screens"):
    answer = {s: Referral.objects.filter(stage=s, direction="inbound").exclude(coverage=None).order_by("-index_at").first().number
              for s in ("received", "accepted", "scheduled", "closed")}
    pair = DuplicatePair.objects.order_by("-probability").first()
    answer["pair"] = str(pair.pk)
    answer["patient"] = str(Referral.objects.get(number=answer["scheduled"]).patient_id)
    answer["fax"] = str(Arrival.objects.filter(state="ready", file_name__startswith="sample-01").first().pk)
"""
SENT = """
from organizations.models import Organization
from organizations.scope import organization_scope
from referrals.models import Referral
with organization_scope(Organization.objects.get(slug="prairie").pk, actor="command:screens"):
    sent = Referral.objects.filter(direction="outbound")
    drafts = sent.filter(stage="draft").exclude(coverage__plan__network=None)
    answer = {"sent": (drafts.first() or sent.order_by("-index_at").first()).number,
              "office": str(sent.exclude(receiving_practice=None).first().receiving_practice_id)}
"""
READ = FIND.split("answer =")[0] + "answer = Arrival.objects.being_read().count()\n"


def main(wanted: list[str]) -> None:
    """Start the application, visit, save."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        site = Site(Path(folder))
        try:
            site.open()
            wait_until(lambda: site.ask(READ) == 0, seconds=240, what="Reading the demo faxes")
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            visit_all(site, browser, wanted)
            patient_pages(site, browser, wanted)
            browser.close()
        finally:
            site.close()


def visit_all(site: Site, browser: Browser, wanted: list[str]) -> None:
    ids = site.ask(FIND) | site.ask(SENT)
    people: dict[tuple[str, int], Person] = {}
    for name, (email, address) in PAGES.items():
        if wanted and name not in wanted:
            continue
        for width in WIDTHS:
            if (email, width) not in people:
                people[email, width] = Person(site, browser, width=width)
                if email:
                    people[email, width].sign_in(email)
            page = people[email, width].page
            page.goto(address.format(**ids))
            save(page, f"{name}-{width}")
    dark = Person(site, browser, color_scheme="dark")
    dark.sign_in(DESK)
    for name in ("worklist", "referral-accepted", "fax-review", "patient-record", "duplicate", "directory"):
        dark.page.goto(PAGES[name][1].format(**ids))
        save(dark.page, f"{name}-1440-dark")


def patient_pages(site: Site, browser: Browser, wanted: list[str]) -> None:
    """The patient's way, on a link made for a referral that can be booked."""
    if wanted and not any(name.startswith("patient") for name in wanted):
        return
    link, born = site.ask(LINK)
    person = Person(site, browser, width=390)
    person.page.goto(re.sub(r"http://[^/]+", "", link))
    save(person.page, "patient-birth-date-390")
    for label, value in zip(("Month", "Day", "Year"), born.split("/"), strict=True):
        person.page.get_by_label(label).fill(value)
    person.page.get_by_role("button", name="Continue").click()
    save(person.page, "patient-times-390")
    person.page.goto(f"{person.page.url.split('?')[0]}?lang=es")
    save(person.page, "patient-times-es-390")
    person.page.locator("#slot input[type=radio]").first.check()
    person.page.locator(".pfoot button").click()
    save(person.page, "patient-booked-390")


LINK = (
    FIND.split("    answer =")[0]
    + """
    from datetime import timedelta
    from django.utils import timezone
    from organizations import links
    from referrals.actions.outreach import BOOKING
    r = Referral.objects.filter(next_code__in=("text_patient", "await_patient"), direction="inbound").first()
    token = links.issue(purpose=BOOKING, subject_id=r.pk, expires_at=timezone.now() + timedelta(days=1))
    answer = [links.address(f"/p/{token}/"), f"{r.patient.birth_date:%m/%d/%Y}"]
"""
)


def save(page: Page, name: str) -> None:
    """The visible part of the page, with a palette."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLORS).save(OUT / f"{name}.png", optimize=True)
    print(f"docs/screens/{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
