"""One faxed referral travels the whole way, on real parts; only the partners are sandboxes."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.conftest import SHARED
from tests.faults.stage import ROOT, wait_until

OWN_SAMPLES = ["sample-01.pdf", "sample-03.pdf"]
PRINTED_FAXES = ["dev-0050.pdf", "dev-0052.pdf"]
ADDRESS = re.compile(r"http://[^\s]+")


def a_fax(number: int, folder: Path) -> Path:
    """A fax by another hand when there is one, else our own sample; never the same bytes as a demo fax."""
    outside = SHARED / "data" / "faxes" / "dev" / PRINTED_FAXES[number]
    own = ROOT / "referralhub" / "demo" / "faxes" / OWN_SAMPLES[number]
    fax = folder / "fax.pdf"
    fax.write_bytes((outside if outside.exists() else own).read_bytes() + b"\n% sent for the first time\n")
    return fax


def a_report(folder: Path) -> Path:
    """A one-page PDF."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    pdf.save(folder / "report.pdf")
    return folder / "report.pdf"


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


class Loop:
    """The story, step by step, as each person tells it."""

    def __init__(self, site, person, width: int) -> None:
        self.site, self.person, self.width = site, person, width
        self.desk = person("frontdesk@lakeside.example", width=width)

    def fax_arrives_and_is_read(self, file: Path) -> None:
        self.arrival = self.site.receive_fax(file)
        wait_until(lambda: self._arrival_state() == "ready", seconds=90, what="Reading the fax")
        self.desk.open("/o/lakeside/faxes/")
        expect(self.desk.page.locator(f"#fax-{self.arrival}")).to_be_visible()
        self.desk.looks()

    def _arrival_state(self) -> str:
        return self.site.ask(f"""
            from intake.models import Arrival
            from organizations.models import Organization
            from organizations.scope import organization_scope
            with organization_scope(Organization.objects.get(slug="lakeside").pk, actor="command:test"):
                answer = Arrival.objects.get(pk="{self.arrival}").state
        """)

    def desk_checks_and_accepts(self, **typed: str) -> None:
        page = self.desk.page
        page.locator(f"#fax-{self.arrival} a.a").click()
        expect(page.locator("svg.fax__page image").first).to_be_visible()
        self.desk.looks()
        for key, value in typed.items():
            field = page.locator(f"#f-{key}")
            if not field.is_visible():
                page.get_by_text("Not on the page").click()
            field.fill(value)
        self.family, self.given = (
            page.locator("#f-patient_last").input_value(),
            page.locator("#f-patient_first").input_value(),
        )
        self.born = page.locator("#f-patient_dob").input_value()
        self._choose_new_patient_if_asked()
        self._accept()
        if "/faxes/" in page.url:  # asked once about unchecked fields
            self._accept()
        page.wait_for_url(re.compile(r"/referrals/R-\d+"))
        self.number = page.url.rstrip("/").split("/")[-1].split("?")[0]
        expect(page.get_by_role("heading", level=1)).to_contain_text(self.family)
        self.desk.looks()

    def _accept(self) -> None:
        with self.desk.page.expect_navigation():
            self.desk.page.get_by_role("button", name="Accept").click()

    def _choose_new_patient_if_asked(self) -> None:
        new = self.desk.page.get_by_role("radio", name=re.compile("new patient", re.I))
        if new.count() and not self.desk.page.locator("input[name=match]:checked").count():
            new.first.check()

    def nurse_accepts(self) -> None:
        nurse = self.person("nurse@lakeside.example", width=self.width)
        nurse.open(f"/o/lakeside/referrals/{self.number}/")
        nurse.looks()
        nurse.page.locator("#next").get_by_role("button", name="Accept").click()
        nurse.sees("Asked the payer about coverage")

    def payer_answers(self) -> None:
        self.desk.open(f"/o/lakeside/referrals/{self.number}/")
        expect(self.desk.page.locator("#steps")).to_contain_text("Coverage active", timeout=30_000)
        question = next(q for q in self.site.kept("clearinghouse") if self.family.upper() in q["question"])
        assert question["question"].startswith("ISA") and "*270*" in question["question"]
        assert "*271*" in question["answer"]

    def desk_texts_the_patient(self) -> None:
        page = self.desk.page
        page.reload()
        page.locator("#next").get_by_role("button", name=re.compile("Text")).first.click()
        expect(page.locator("#next")).to_contain_text("Patient choosing a time")
        self.desk.looks()
        wait_until(lambda: self._texts(), seconds=30, what="The text")

    def _texts(self) -> list[str]:
        mobile = self.site.ask(f"""
            from referrals.models import Referral
            from organizations.models import Organization
            from organizations.scope import organization_scope
            with organization_scope(Organization.objects.get(slug="lakeside").pk, actor="command:test"):
                patient = Referral.objects.get(number="{self.number}").patient
                answer = patient.contact_points.filter(kind="mobile").first().value
        """)
        return [t["body"] for t in self.site.kept("sms") if t["to"] == mobile and "/p/" in t["body"]]

    def patient_books_on_the_phone(self) -> None:
        text = self._texts()[0]
        assert self.family not in text and self.given not in text
        patient = self.person(width=390)
        patient.open(ADDRESS.search(text).group())
        expect(patient.page.get_by_text(self.family)).to_have_count(0)
        patient.looks()
        month, day, year = self.born.split("/")
        patient.page.get_by_label("Month").fill(month)
        patient.page.get_by_label("Day").fill(day)
        patient.page.get_by_label("Year").fill(year)
        patient.page.get_by_role("button", name="Continue").click()
        patient.sees("pick a time")
        patient.looks()
        patient.page.locator("#slot input[type=radio]").first.check()
        patient.page.get_by_role("button", name="Book this time").click()
        patient.sees("You are booked.")
        patient.looks()

    def desk_records_the_visit(self) -> None:
        page = self.desk.page
        self.desk.open(f"/o/lakeside/referrals/{self.number}/")
        expect(page.locator("#next")).to_contain_text("Record the visit")
        self.desk.looks()
        page.locator("#next").get_by_role("button", name="Record the visit").click()
        expect(page.locator("#next")).to_contain_text("Send the consult report")

    def desk_sends_the_report(self, folder: Path) -> None:
        page = self.desk.page
        page.locator("#next input[type=file]").set_input_files(a_report(folder))
        page.locator("#next").get_by_role("button", name=re.compile("Send")).first.click()
        self.desk.sees("Sending the report")
        wait_until(lambda: self._faxes(), seconds=30, what="The fax to the referrer")
        wait_until(lambda: self._stage() == "reported", seconds=30, what="The stage after the fax")

    def _stage(self) -> str:
        return self.site.ask(f"""
            from referrals.models import Referral
            from organizations.models import Organization
            from organizations.scope import organization_scope
            with organization_scope(Organization.objects.get(slug="lakeside").pk, actor="command:test"):
                answer = Referral.objects.get(number="{self.number}").stage
        """)

    def _faxes(self) -> list[bytes]:
        code = self.site.ask(f"""
            from referrals.models import Referral
            from organizations.models import Organization
            from organizations.scope import organization_scope
            with organization_scope(Organization.objects.get(slug="lakeside").pk, actor="command:test"):
                answer = Referral.objects.get(number="{self.number}").status_code
        """)
        folder = Path(self.site.environment["SANDBOX_DIR"]) / "files"
        return [
            (folder / f["file"]).read_bytes() for f in self.site.kept("fax") if f["cover_reference"] == code
        ]

    def referrer_acknowledges(self) -> None:
        cover = words_of(self._faxes()[0])
        assert self.family not in cover
        office = self.person(width=self.width)
        office.open(ADDRESS.search(cover.replace("\r\n", "\n")).group())
        office.looks()
        month, day, year = self.born.split("/")
        office.page.get_by_label("Month").fill(month)
        office.page.get_by_label("Day").fill(day)
        office.page.get_by_label("Year").fill(year)
        office.page.get_by_role("button", name="Continue").click()
        office.sees("The consult report")
        office.looks()
        office.page.get_by_label("Who read it?").fill("Hannah Lindqvist")
        office.page.get_by_role("button", name="We have read the report").click()
        office.sees("Loop closed. Thank you.")
        office.looks()

    def loop_is_closed(self) -> None:
        self.desk.open(f"/o/lakeside/referrals/{self.number}/")
        expect(self.desk.page.get_by_text("Report acknowledged, loop closed")).to_be_visible()
        self.desk.looks()


def closed_count(manager) -> int:
    """What the dashboard says: loops closed of the cohort."""
    manager.open("/o/lakeside/insights/?days=30")
    row = manager.page.locator("ol.bars li", has_text="Loop closed")
    return int(row.locator("b").inner_text().replace(",", ""))


@pytest.mark.parametrize(("width", "number"), [(1440, 0), (390, 1)])
def test_one_fax_travels_the_whole_loop(site, person, tmp_path, width, number):
    manager = person("manager@lakeside.example", width=width)
    before = closed_count(manager)

    loop = Loop(site, person, width)
    loop.fax_arrives_and_is_read(a_fax(number, tmp_path))
    loop.desk_checks_and_accepts(
        to_specialty="Cardiology", payer_name="Heritage PPO", member_id=f"HPC88416027{number}1",
        patient_phone=f"(217) 555-019{number + 1}", ref_fax="(217) 555-0142",
    )  # fmt: skip
    loop.nurse_accepts()
    loop.payer_answers()
    loop.desk_texts_the_patient()
    loop.patient_books_on_the_phone()
    loop.desk_records_the_visit()
    loop.desk_sends_the_report(tmp_path)
    loop.referrer_acknowledges()
    loop.loop_is_closed()

    assert closed_count(manager) == before + 1
    manager.looks()
