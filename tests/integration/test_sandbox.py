"""The sandbox page: the patient's phone, the mailbox, the fax tray, the payer's desk, and faxes sent in."""

import os
import re
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings as project
from django.core.files.base import ContentFile

from gateways import gateway, sandbox
from gateways.clearinghouse.x12.eligibility import EligibilityQuestion, build_270
from intake.actions import connecting
from intake.models import Arrival, Delivery
from jobs.models import Job
from notifications import tasks  # noqa: F401 (registers the work)
from notifications.actions import NoAddress, write
from notifications.models import Message
from referralhub.sandbox.samples import samples, transmission
from tests.conftest import inside
from tests.factories import make_patient

PHONE = "+12175550188"
LINK = "http://127.0.0.1/p/a/"


@pytest.fixture
def read(client, db):
    """The page as it is now."""

    def html() -> str:
        answer = client.get("/sandbox/")
        assert answer.status_code == 200
        return answer.content.decode()

    return html


def text_patient(patient) -> Message:
    return write(patient=patient, template="booking_link", about_id=uuid.uuid4(), link=LINK)


@pytest.fixture
def texted(lakeside, run_jobs):
    """A patient who has just been texted."""
    with inside(lakeside):
        patient = make_patient(mobile=PHONE)
        text_patient(patient)
    run_jobs(lakeside)
    return patient


def reply(client, body, slug="lakeside", number=PHONE):
    return client.post("/sandbox/replies/", {"organization": slug, "number": number, "body": body})


# ---------------------------------------------------------------- the page
def test_an_empty_world_has_a_page(read):
    page = read()
    assert all(words in page for words in ("No texts yet", "Empty.", "Nothing was faxed."))


def test_it_can_be_emptied(texted, client, read):
    client.post("/sandbox/reset/")
    assert "No texts yet" in read()


# ---------------------------------------------------------------- the phone
def test_a_text_is_on_the_phone_with_a_link_that_can_be_followed(texted, read):
    page = read()
    assert "(217) 555-0188" in page and f'href="{LINK}"' in page


def test_a_reply_reaches_the_organization_through_the_signed_door(texted, lakeside, client, read):
    reply(client, "Can I come later?")
    with inside(lakeside):
        message = Message.objects.select_related("patient").get(direction="in")
    assert (message.patient, message.body, message.to) == (texted, "Can I come later?", PHONE)
    assert '<li class="out"><p>Can I come later?</p>' in read()


def test_stop_is_confirmed_once_and_then_nothing_more_is_sent(texted, lakeside, client, run_jobs):
    reply(client, "STOP")
    run_jobs(lakeside)
    bodies = [text["body"] for text in sandbox.kept("sms")]
    with inside(lakeside), pytest.raises(NoAddress):
        text_patient(texted)
    run_jobs(lakeside)
    assert [text["body"] for text in sandbox.kept("sms")] == bodies
    assert len(bodies) == 3  # the link, the STOP, its confirmation


def test_the_reply_goes_to_the_practice_that_wrote_last(texted, prairie, read):
    assert read().count('name="organization" value="lakeside"') == 2  # the box and the buttons below


@pytest.mark.parametrize("number", ["", "5550188", "x"])
def test_a_reply_from_no_number_is_refused_with_a_sentence(lakeside, client, read, number):
    reply(client, "hello", number=number)
    assert "The reply was refused" in read() and sandbox.kept("sms") == []


def test_a_reply_to_nobody_is_not_found(client, db):
    assert reply(client, "hello", slug="nowhere").status_code == 404


# ---------------------------------------------------------------- texts that wait for the morning
@pytest.fixture
def night(settings):
    """Eleven in the evening in Springfield, and nobody's phone may ring."""
    settings.QUIET_HOURS = True
    with time_machine.travel(datetime(2026, 11, 26, 5, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def waiting(night, lakeside, run_jobs):
    with inside(lakeside):
        text_patient(make_patient(mobile=PHONE))
    run_jobs(lakeside)
    assert sandbox.kept("sms") == []
    return lakeside


def test_the_page_says_how_many_wait_and_why(waiting, read):
    page = read()
    assert "1 text waits for the morning." in page and "47 CFR 64.1200" in page


def test_waiting_texts_can_be_delivered_now(waiting, client, read, run_jobs):
    client.post("/sandbox/waiting-texts/")
    run_jobs(waiting)
    assert [text["to"] for text in sandbox.kept("sms")] == [PHONE]
    assert "for the morning" not in read()


def test_asking_twice_delivers_once_and_so_does_the_morning(waiting, client, run_jobs):
    client.post("/sandbox/waiting-texts/")
    client.post("/sandbox/waiting-texts/")
    run_jobs(waiting)
    with time_machine.travel(datetime(2026, 11, 26, 15, 0, tzinfo=UTC), tick=False):
        run_jobs(waiting)
    assert len(sandbox.kept("sms")) == 1
    with inside(waiting):
        assert not Job.objects.waiting().exists()


def test_by_day_nothing_waits(texted, read):
    assert "for the morning" not in read()


# ---------------------------------------------------------------- the mailbox and the fax tray
def test_a_mail_can_be_read_and_its_link_followed(client, db, read):
    gateway("email").send(
        to="a@b.example", subject="Your visit", text=f"Here: {LINK}", html="", idempotency_key="1"
    )
    address = re.search(r'href="(/sandbox/mail/\w+/)"', read())[1]
    assert f'href="{LINK}"' in client.get(address).content.decode()


def test_a_fax_opens_as_it_would_leave_the_machine(client, db, read):
    gateway("fax").send(to="+12175550142", pdf=b"%PDF-1.4 x", cover_reference="QX4K2M7P", idempotency_key="1")
    answer = client.get(re.search(r'href="(/sandbox/faxes/[^"]+)"', read())[1])
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 x", "application/pdf")


@pytest.mark.parametrize("address", ["mail/none/", "faxes/none.pdf", "faxes/..%2fsms.jsonl"])
def test_what_was_not_kept_is_not_found(client, db, address):
    assert client.get(f"/sandbox/{address}").status_code == 404


# ---------------------------------------------------------------- the payer's desk
def ask(member_id: str, trace: str = "T1"):
    question = build_270(
        EligibilityQuestion(
            payer_name="Heritage PPO", payer_id="60054", provider_name="Lakeside", provider_npi="1000000004",
            member_id=member_id, given_name="Maria", family_name="R", birth_date=date(1967, 3, 14), sex="F",
            service_on=date(2026, 11, 25), service_types=("30",), trace=trace, control_number=1,
            sender_id="A", receiver_id="B", production=False,
        )
    )  # fmt: skip
    return gateway("clearinghouse").exchange(transaction="270", payload=question, trace=trace)


def test_a_question_waits_at_the_desk_until_somebody_decides(client, db, read):
    assert ask("HPC9").kind == "pending"
    address = re.search(r'action="(/sandbox/desk/\w+/decision/)"', read())[1]
    client.post(address, {"outcome": "active"})
    assert "EB*1*" in ask("HPC9").text
    assert "decision/" not in read()


def test_the_desk_decides_how_payers_answer_from_now_on(client, db, read):
    client.post("/sandbox/desk/", {"answer": "not-found"})
    assert "AAA*" in ask("HPC1").text
    assert 'value="not-found" checked' in read()


def test_nonsense_at_the_desk_changes_nothing(client, db, read):
    client.post("/sandbox/desk/", {"answer": "maybe"})
    client.post("/sandbox/desk/none/decision/", {"outcome": "active"})
    assert 'value="follow-the-magic" checked' in read()


# ---------------------------------------------------------------- faxes sent in
def send(client, sample="sample-11.pdf", slug="lakeside", **more):
    return client.post("/sandbox/arrivals/", {"organization": slug, "sample": sample, **more})


def arrivals(organization) -> list[tuple[str, str]]:
    with inside(organization):
        return list(Arrival.objects.order_by("id").values_list("file_name", "state"))


def test_a_sample_arrives_as_a_vendor_would_deliver_it(lakeside, client, read):
    send(client)
    assert arrivals(lakeside) == [("sample-11.pdf", "received")]
    assert "Sent to Lakeside Specialty. It is being read." in read()


def test_where_there_is_a_signed_line_a_fax_comes_through_its_door(lakeside, client, read):
    with inside(lakeside):
        connecting.connect(vendor="signed", number="+12175550101", account={})
    client.post(
        "/sandbox/arrivals/", {"organization": "lakeside", "file": ContentFile(b"%PDF-1.4", "own.pdf")}
    )
    with inside(lakeside):
        assert Delivery.objects.get().arrival.to_number == "+12175550101"
    assert "It is being read." in read()


def test_each_call_is_a_new_fax_unless_the_same_file_is_asked_for(lakeside, client, read):
    for more in ({}, {}, {"again": "on"}, {"again": "on"}):
        send(client, **more)
    assert [state for _, state in arrivals(lakeside)] == ["received", "received", "received", "duplicate"]
    assert "The same file came" in read()


@pytest.mark.parametrize("sample", ["", "nothing.pdf", "README.md", "../faxes/sample-11.pdf", "/etc/passwd"])
def test_only_samples_can_be_sent(lakeside, client, sample):
    assert send(client, sample).status_code == 404
    assert arrivals(lakeside) == []


def test_every_sample_has_words_and_still_opens_with_the_call_behind_it():
    assert len(samples()) == 12
    for name in samples():
        original, called = (transmission(name, again=again).read() for again in (True, False))
        assert called.startswith(original) and called != original


# ---------------------------------------------------------------- nowhere else
def test_there_is_no_sandbox_where_it_was_not_asked_for():
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "for path in ('/sandbox/', '/sandbox/replies/', '/sandbox/waiting-texts/'):\n"
        "    print(Client().get(path, secure=True, headers={'host': 'localhost'}).status_code)\n"
    )
    vendors = {f"GATEWAY_{kind.upper()}": path for kind, path in project.GATEWAYS.items()}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project.BASE_DIR, capture_output=True, text=True, check=False,
        env={**os.environ, **vendors, "SANDBOX": "false", "HTTPS": "true"},
    )  # fmt: skip
    assert done.stdout.split() == ["404", "404", "404"], done.stderr[-800:]


def test_the_menu_leads_there_only_where_it_exists(alicia, enter, settings):
    browser = enter(alicia)
    assert 'href="/sandbox/"' in browser.get("/o/lakeside/attention/").content.decode()
    settings.SANDBOX = False
    assert 'href="/sandbox/"' not in browser.get("/o/lakeside/attention/").content.decode()
