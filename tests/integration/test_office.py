"""The referring office: a code or a link, the birth date, where it stands, and "we have read it"."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEvent
from gateways import sandbox
from organizations import links
from organizations.models import AccessLink
from organizations.scope import organization_scope
from referrals import (
    storing,
    tasks,  # noqa: F401 (registers the work)
)
from referrals.actions import looking_up, receiving, reporting
from referrals.actions.moving import SYSTEM, By, lock, record
from referrals.models import InfoRequest, Referral, Step
from tests.factories import make_patient, make_practice, make_provider, make_referral

RIGHT = {"month": "03", "day": "14", "year": "1967"}
WRONG = {"month": "03", "day": "14", "year": "1966"}
PDF = b"%PDF-1.4\n% a consult report\n"


class Office:
    """A browser in the referring office, and the referral it asks about."""

    def __init__(self, client, organization, **fields):
        self.client, self.organization = client, organization
        with self.inside():
            practice = make_practice(name="Prairie Family Medicine", fax="+12175550142")
            patient = make_patient(
                given_name="Maria", family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14)
            )
            referrer = make_provider(practice=practice)
            self.referral = make_referral(
                **{"patient": patient, "referring_provider": referrer, "stage": "seen", **fields}
            )
            record(lock(self.referral.pk), "settled", "Settled", by=SYSTEM)
            self.code = looking_up.status_code(self.referral, organization)
            self.token = reporting.office_link(self.referral.pk).split("/s/")[1].strip("/")

    def inside(self):
        return organization_scope(self.organization.pk, actor="command:test")

    def get(self, path=""):
        return self.client.get(f"/s/{self.token}/{path}")

    def post(self, path, data=None, **extra):
        return self.client.post(f"/s/{self.token}/{path}", data or {}, **extra)

    def ask(self, code=None, birth_date="03/14/1967"):
        return self.client.post("/s/", {"code": code or self.code, "birth_date": birth_date})

    def prove(self):
        assert self.post("birth-date/", RIGHT).headers["Location"] == f"/s/{self.token}/"
        return self

    def send_report(self):
        with self.inside():
            self.report = storing.keep(
                PDF,
                kind="report",
                title="Consult report",
                media_type="application/pdf",
                referral=self.referral,
                patient=self.referral.patient,
                pages=2,
            )
            dispatch = reporting.send_report(
                referral_id=self.referral.pk, document_id=self.report.pk, by=SYSTEM
            )
            reporting.record_sent(dispatch.pk, reference="fax-1")
        return self

    def now(self):
        with self.inside():
            return Referral.objects.get(pk=self.referral.pk)


@pytest.fixture
def office(client, lakeside):
    return Office(client, lakeside)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# ---------------------------------------------------------------- the code


def test_the_code_and_the_birth_date_lead_to_the_page_without_asking_again(office):
    answer = office.ask()
    assert answer.status_code == 302
    assert "M. Delgado-Ruiz, cardiology" in text_of(office.client.get(answer.headers["Location"]))


@pytest.mark.parametrize("birth_date", ["3/14/1967", "03-14-1967", "03141967", "1967-03-14", " 03/14/67 "])
def test_codes_and_dates_are_read_as_people_write_them(office, birth_date):
    spoken = office.code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")
    assert office.ask(spoken, birth_date).status_code == 302


@pytest.mark.parametrize("code,birth_date", [(None, "03/15/1967"), ("0000 0000 0000", None), ("short", None)])
def test_whatever_is_wrong_the_answer_is_the_same(office, code, birth_date):
    page = office.ask(code, birth_date or "03/14/1967")
    assert page.status_code == 422
    assert "That code and birth date do not go together. Check both." in text_of(page)
    assert "Delgado" not in text_of(page)


def test_a_code_of_another_practice_does_not_open_ours(office, prairie):
    assert office.ask(prairie.link_key + office.code[4:]).status_code == 422


def test_five_wrong_birth_dates_let_a_code_rest_for_an_hour(office):
    for _ in range(5):
        assert office.ask(birth_date="01/01/2000").status_code == 422
    page = office.ask()
    assert page.status_code == 422 and "do not go together" in text_of(page)
    with office.inside():
        tries = AccessLink.objects.get(purpose="status")
        tries.expires_at = timezone.now() - timedelta(seconds=1)
        tries.save()
    assert office.ask().status_code == 302


def test_a_date_that_is_none_is_asked_for_again(office):
    page = office.ask(birth_date="3/41/67")
    assert page.status_code == 422 and "Check the day." in text_of(page)
    with office.inside():
        assert not AccessLink.objects.filter(purpose="status").exists()


# ---------------------------------------------------------------- the link


def test_the_first_page_names_only_our_practice(office):
    page = office.get().content.decode()
    assert (
        "First, the patient's birth date" in page.replace("&#x27;", "'") and "<title>Lakeside</title>" in page
    )
    for secret in ("Maria", "Delgado", "ardiology", "R-2", "Prairie", office.code):
        assert secret not in page


def test_three_wrong_birth_dates_lock_the_link(office):
    assert "2 tries left" in text_of(office.post("birth-date/", WRONG))
    office.post("birth-date/", WRONG)
    assert office.post("birth-date/", WRONG).status_code == 403
    assert office.post("birth-date/", RIGHT).status_code == 403
    assert "This page is locked" in text_of(office.get())


def test_without_the_birth_date_nothing_else_opens(office):
    office.send_report()
    assert (
        office.post("acknowledgement/", {"reader": "Hannah Lindqvist"}).headers["Location"]
        == f"/s/{office.token}/"
    )
    assert office.post("messages/", {"text": "hello"}).status_code == 302
    assert office.get(f"reports/{office.report.pk}/").status_code == 302
    assert office.now().stage == "reported"


def test_the_page_says_where_it_stands(office):
    page = text_of(office.prove().get())
    for words in (
        "R-2",
        office.code,
        "From Prairie Family Medicine",
        "Received Today",
        "Insurance",
        "We are writing the report",
    ):
        assert words in page


def test_the_patient_is_named_by_initial(office):
    assert "Maria" not in text_of(office.prove().get())


def test_each_look_is_recorded(office):
    office.prove().get()
    with office.inside():
        event = AccessEvent.objects.get(action="view")
        assert event.patient_ids == [office.referral.patient_id] and event.actor_label == "office link"


def test_what_we_need_from_them_comes_first(client, lakeside):
    office = Office(client, lakeside, stage="received")
    with office.inside():
        receiving.ask(referral_id=office.referral.pk, by=SYSTEM, wanted="ECG tracing from 11/20")
        assert InfoRequest.objects.exists()
    page = text_of(office.prove().get())
    assert "We need something from you ECG tracing from 11/20" in page and "(217) 555-0101" in page


def test_a_refusal_says_why(client, lakeside):
    office = Office(client, lakeside, stage="received")
    with office.inside():
        receiving.decline(referral_id=office.referral.pk, by=SYSTEM, reason="We do not see children.")
    assert "We cannot see this patient We do not see children." in text_of(office.prove().get())


@pytest.mark.parametrize(
    "stage,words", [("cancelled", "Cancelled"), ("lost", "Lost"), ("void", "Raised in error")]
)
def test_an_ended_referral_says_how_it_ended(client, lakeside, stage, words):
    office = Office(client, lakeside, stage=stage)
    assert words in text_of(office.prove().get())


# ---------------------------------------------------------------- the report


def test_reading_the_page_acknowledges_nothing(office):
    page = office.send_report().prove().get()
    assert "We have read the report" in text_of(page)
    assert office.now().stage == "reported"


def test_an_acknowledgement_closes_the_loop_and_names_the_reader(office):
    office.send_report().prove()
    page = office.post("acknowledgement/", {"reader": "Hannah Lindqvist, MD"}, follow=True)
    assert (
        "Loop closed. Thank you. Hannah Lindqvist, MD, Prairie Family Medicine has read the report"
        in text_of(page)
    )
    assert (office.now().stage, office.now().loop) == ("closed", "report_reviewed")
    with office.inside():
        step = Step.objects.get(name="acknowledge_report")
        assert step.actor_label == "Hannah Lindqvist, MD, Prairie Family Medicine"
        assert step.actor.startswith("link:")


def test_acknowledging_twice_closes_once(office):
    office.send_report().prove()
    for _ in range(2):
        assert office.post("acknowledgement/", {"reader": "Hannah"}).status_code == 302
    with office.inside():
        assert Step.objects.filter(name="acknowledge_report").count() == 1


@pytest.mark.parametrize("nobody", [{}, {"reader": "  "}, {"reader": "x" * 61}])
def test_nobody_cannot_have_read_it(office, nobody):
    page = office.send_report().prove().post("acknowledgement/", nobody)
    assert page.status_code == 422 and "Type the name of the person who read it." in text_of(page)
    assert office.now().stage == "reported"


def test_without_a_report_there_is_nothing_to_acknowledge(office):
    page = office.prove().post("acknowledgement/", {"reader": "Hannah"})
    assert page.status_code == 409 and "There is no report to acknowledge now." in text_of(page)
    assert office.now().stage == "seen"


def test_the_report_is_a_sealed_download_and_a_disclosure(office):
    office.send_report().prove()
    answer = office.get(f"reports/{office.report.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="report-{office.referral.number}.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with office.inside():
        event = AccessEvent.objects.get(action="disclose")
        assert (event.object_id, event.patient_ids) == (office.report.pk, [office.referral.patient_id])


def test_other_papers_are_not_given_out(office):
    office.send_report().prove()
    with office.inside():
        note = storing.keep(
            PDF, kind="record", title="Inner note", referral=office.referral, patient=office.referral.patient
        )
    assert office.get(f"reports/{note.pk}/").status_code == 404


def test_a_report_of_an_open_visit_is_not_given_out(office):
    office.send_report().prove()
    with office.inside():
        record(lock(office.referral.pk), "x", "x", by=SYSTEM, stage="seen")
    assert office.get(f"reports/{office.report.pk}/").status_code == 404


# ---------------------------------------------------------------- messages


def test_a_message_reaches_the_timeline(office):
    page = office.prove().post("messages/", {"text": "She prefers mornings."}, follow=True)
    assert "Your message is with us." in text_of(page) and "She prefers mornings." in text_of(page)
    with office.inside():
        step = Step.objects.get(name="office_message")
        assert (step.note, step.actor_label) == ("She prefers mornings.", "Prairie Family Medicine")


@pytest.mark.parametrize("empty", [{}, {"text": " "}, {"text": "x" * 1001}])
def test_an_empty_or_endless_message_is_asked_for_again(office, empty):
    page = office.prove().post("messages/", empty)
    assert page.status_code == 422 and "Type your message" in text_of(page)
    with office.inside():
        assert not Step.objects.filter(name="office_message").exists()


def test_what_they_write_cannot_become_markup(office):
    page = office.prove().post("messages/", {"text": "<script>alert(1)</script>"}, follow=True)
    assert b"<script>alert" not in page.content


# ---------------------------------------------------------------- the fax


def test_the_fax_carries_the_cover_with_a_link_that_opens(office, run_jobs):
    from tests.unit.test_covers import pdf_of, words_of

    with office.inside():
        report = storing.keep(
            pdf_of("The heart is well."), kind="report", title="Report", referral=office.referral
        )
        reporting.send_report(referral_id=office.referral.pk, document_id=report.pk, by=By(label="Priya"))
    run_jobs(office.organization, rounds=1)
    (fax,) = sandbox.kept("fax")
    words = words_of(sandbox.file_path(fax["file"]).read_bytes())
    assert len(words) == 2 and office.code in words[0] and "The heart is well." in words[1]
    office.token = re.search(r"/s/([\w-]+)/", words[0])[1]
    assert "M. Delgado-Ruiz" in text_of(office.prove().get())


def test_links_know_their_purpose(office):
    assert office.client.get(f"/p/{office.token}/").status_code == 410
    with office.inside():
        assert links.find(office.token, purpose="booking") is None
