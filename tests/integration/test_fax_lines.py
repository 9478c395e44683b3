"""Faxes from fax services: written down at the door, fetched by a job, never twice and never lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from django.conf import settings as project
from django.db import connections
from django.test import Client
from django.utils import timezone

from gateways import GatewayUnavailable, gateway
from gateways.fax_in.documo import DocumoLine
from gateways.fax_in.signed import SignedLine
from gateways.fax_in.srfax import SrfaxLine
from gateways.fax_in.telnyx import TelnyxLine
from intake import lines, tasks, webhooks
from intake.actions import connecting, delivering
from intake.models import Arrival, Delivery, FaxLine
from jobs import actions as jobs
from jobs.models import Job
from jobs.tasks import perform
from organizations import signing
from referrals import storing
from tests.conftest import inside
from tests.factories import make_organization
from tests.unit.gateways.fax_calls import (
    DOCUMO,
    OURS,
    PDF,
    SRFAX,
    TELNYX,
    THEIRS,
    documo_message,
    from_documo,
    from_sender,
    from_telnyx,
    public,
    signed_fax,
    srfax_row,
    srfax_says,
    telnyx_event,
)
from tests.unit.gateways.partners import Partner

SERVICES = {
    "fax_in_telnyx": TelnyxLine,
    "fax_in_documo": DocumoLine,
    "fax_in_srfax": SrfaxLine,
    "fax_in_signed": SignedLine,
}
ACCOUNTS = {"telnyx": TELNYX, "documo": DOCUMO, "srfax": SRFAX, "signed": {}}
FILE = httpx.Response(200, content=PDF)


def make_line(organization, vendor="telnyx", *, number=OURS, is_open=True):
    with inside(organization):
        line = connecting.connect(vendor=vendor, number=number, account=ACCOUNTS[vendor])
        return line if is_open else connecting.close(line_id=line.pk)


def post(organization, kind, call, *, token=None, content_type="application/json", **extra):
    """One call as it would come over the wire, whatever it is."""
    address = f"/hooks/{kind}/{token or signing.token_of(organization, kind)}/"
    extra = {"REMOTE_ADDR": call.address, **extra}
    return Client().post(address, call.body, content_type=content_type, headers=call.headers, **extra)


def stamp(seconds=0):
    return str(int(time.time()) + seconds)


def sign(line, body=None, *, secret=""):
    return from_sender(body, secret=secret or lines.secret_of(line), stamp=stamp())


@pytest.fixture
def partner(monkeypatch):
    """Decide what every fax service answers to us; the requests it got are remembered."""
    answers = Partner(FILE)

    def choose(kind):
        return SERVICES[kind](answers, public) if kind in SERVICES else gateway(kind)

    monkeypatch.setattr(tasks, "gateway", choose)
    return answers


def work(organization, name, *, attempts=None):
    """Try each due job of one kind once."""
    with inside(organization):
        due = list(Job.objects.due(timezone.now()).filter(name=name).values_list("pk", flat=True))
        if attempts is not None:
            Job.objects.filter(pk__in=due).update(attempts=attempts)
    for job_id in due:
        with inside(organization):
            job = jobs.claim(job_id)
        perform(job)
    return len(due)


def hurry(organization):
    """The wait is over."""
    with inside(organization):
        Job.objects.waiting().update(available_at=timezone.now())


def kept(organization):
    with inside(organization):
        return Delivery.objects.count(), Arrival.objects.count()


# ---------------------------------------------------------------- told, then fetched
def test_a_call_is_written_down_and_its_file_fetched_by_a_job(lakeside, partner):
    line = make_line(lakeside)
    answer = post(lakeside, "telnyx", from_telnyx(stamp=stamp()))
    assert (answer.status_code, answer.content) == (200, b"")
    assert kept(lakeside) == (1, 0) and partner.requests == []
    assert work(lakeside, delivering.FETCH) == 1
    with inside(lakeside):
        delivery = Delivery.objects.select_related("arrival__document").get(line=line)
        arrival = delivery.arrival
        assert (delivery.state, arrival.from_number, arrival.to_number) == ("taken", THEIRS, OURS)
        assert (arrival.received_at, delivery.pages) == (delivery.told_at, 2)
        assert storing.read(arrival.document) == PDF
        assert Job.objects.filter(name="intake.read").count() == 1


def test_documo_and_our_own_form_come_in_by_their_own_doors(lakeside, partner):
    make_line(lakeside, "documo")
    signed = make_line(lakeside, "signed")
    assert post(lakeside, "documo", from_documo()).status_code == 200
    assert post(lakeside, "fax", sign(signed)).status_code == 200
    work(lakeside, delivering.FETCH)
    assert kept(lakeside) == (2, 2)


@pytest.mark.parametrize("after_fetching", [False, True])
def test_a_call_that_comes_again_doubles_nothing(lakeside, partner, after_fetching):
    make_line(lakeside)
    call = from_telnyx(stamp=stamp())
    post(lakeside, "telnyx", call)
    if after_fetching:
        work(lakeside, delivering.FETCH)
    assert post(lakeside, "telnyx", call).status_code == 200
    work(lakeside, delivering.FETCH)
    assert kept(lakeside) == (1, 1)
    with inside(lakeside):
        assert Job.objects.filter(name=delivering.FETCH).count() == 1


def test_two_services_may_count_alike(lakeside):
    first, second = make_line(lakeside, "signed"), make_line(lakeside, "signed", number="+12175550177")
    post(lakeside, "fax", sign(first))
    post(lakeside, "fax", sign(second, signed_fax(to=second.number)))
    assert kept(lakeside) == (2, 2)


def test_other_news_is_answered_and_proves_that_the_line_works(lakeside):
    line = make_line(lakeside)
    body = telnyx_event("fax.delivered")
    assert post(lakeside, "telnyx", from_telnyx(body, stamp=stamp())).status_code == 200
    assert kept(lakeside) == (0, 0)
    with inside(lakeside):
        assert line.refresh().heard_at is not None and line.history.count() == 1


# ---------------------------------------------------------------- refused
def refusals():
    large = telnyx_event(media_url="x" * 300_000)
    yield "unsigned", lambda: from_telnyx(stamp=stamp(), tampered=b"{}"), {}
    yield "stale", lambda: from_telnyx(stamp=stamp(-301)), {}
    yield (
        "for a number that is not here",
        lambda: from_telnyx(telnyx_event(to="+12175550199"), stamp=stamp()),
        {},
    )
    yield "without a fax", lambda: from_telnyx(telnyx_event(fax_id=""), stamp=stamp()), {}
    yield "too large", lambda: from_telnyx(large, stamp=stamp()), {}
    yield "as a form", lambda: from_telnyx(stamp=stamp()), {"content_type": "text/plain"}


@pytest.mark.parametrize(("call", "extra"), [case[1:] for case in refusals()], ids=[c[0] for c in refusals()])
def test_a_call_that_is_refused_gets_no_word_and_leaves_nothing(lakeside, call, extra):
    make_line(lakeside)
    answer = post(lakeside, "telnyx", call(), **extra)
    assert (answer.status_code, answer.content) == (403, b"")
    assert kept(lakeside) == (0, 0)


def test_a_closed_line_takes_nothing_and_says_that_something_came(lakeside):
    line = make_line(lakeside, is_open=False)
    assert post(lakeside, "telnyx", from_telnyx(stamp=stamp())).status_code == 403
    assert kept(lakeside) == (0, 0)
    with inside(lakeside):
        assert "although the line is closed" in line.refresh().trouble


def test_a_fax_for_an_unknown_number_is_said_where_lines_are_kept(lakeside):
    line = make_line(lakeside)
    post(lakeside, "telnyx", from_telnyx(telnyx_event(to="+12175550199"), stamp=stamp()))
    with inside(lakeside):
        assert "Add its line" in line.refresh().trouble


@pytest.mark.parametrize("kind", ["telnyx", "documo", "fax"])
def test_an_address_that_we_never_gave_out_is_not_there(lakeside, kind):
    make_line(lakeside)
    other = make_organization()
    mixed = other.link_key + signing.token_of(lakeside, kind)[4:]
    for token in ("x", "ABCD" + "0" * 32, mixed, signing.token_of(lakeside, "sms")):
        assert post(lakeside, kind, from_telnyx(stamp=stamp()), token=token).status_code == 404


def test_one_practices_account_opens_no_others_door(lakeside, prairie):
    line, theirs = make_line(lakeside, "signed"), make_line(prairie, "signed")
    assert post(lakeside, "fax", sign(theirs)).status_code == 403
    assert post(prairie, "fax", sign(line)).status_code == 403
    assert kept(lakeside) == kept(prairie) == (0, 0)


def test_only_posts_are_taken(lakeside, client):
    assert client.get(f"/hooks/fax/{signing.token_of(lakeside, 'fax')}/").status_code == 405


@pytest.mark.parametrize(("seen", "status"), [("35.225.187.84", 200), ("35.225.187.84, 203.0.113.9", 403)])
def test_behind_a_proxy_the_address_that_it_saw_counts(lakeside, settings, seen, status):
    settings.BEHIND_PROXY = True
    make_line(lakeside, "documo")
    call = from_documo(documo_message(), address="10.0.0.2")
    assert post(lakeside, "documo", call, HTTP_X_FORWARDED_FOR=seen).status_code == status


# ---------------------------------------------------------------- the file does not come
def test_an_outage_is_waited_out_and_the_fax_comes_in(lakeside, partner):
    make_line(lakeside)
    post(lakeside, "telnyx", from_telnyx(stamp=stamp()))
    partner.answer = httpx.ConnectError("away")
    work(lakeside, delivering.FETCH)
    with inside(lakeside):
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.sentence) == ("told", "Telnyx could not be reached.")
    partner.answer = FILE
    hurry(lakeside)
    work(lakeside, delivering.FETCH)
    assert kept(lakeside) == (1, 1)
    with inside(lakeside):
        assert delivery.refresh().sentence == ""


def test_a_download_that_broke_off_is_begun_again(lakeside, partner):
    make_line(lakeside)
    post(lakeside, "telnyx", from_telnyx(stamp=stamp()))
    partner.answer = httpx.Response(200, content=PDF[:9], headers={"Content-Length": str(len(PDF))})
    work(lakeside, delivering.FETCH)
    assert kept(lakeside) == (1, 0)
    partner.answer = FILE
    hurry(lakeside)
    work(lakeside, delivering.FETCH)
    with inside(lakeside):
        assert storing.read(Arrival.objects.get().document) == PDF


@pytest.mark.parametrize(
    ("trouble", "attempts", "words"),
    [
        (httpx.Response(302, headers={"Location": "https://169.254.169.254/"}), 0, "not fetched from"),
        (httpx.ConnectError("away"), jobs.MAX_ATTEMPTS - 1, "could not be reached"),
    ],
    ids=["refused", "away for good"],
)
def test_a_fax_that_cannot_be_fetched_needs_attention_until_it_is_here(
    lakeside, partner, member, enter, trouble, attempts, words
):
    make_line(lakeside)
    post(lakeside, "telnyx", from_telnyx(stamp=stamp()))
    partner.answer = trouble
    work(lakeside, delivering.FETCH, attempts=attempts)
    page = enter(member()).get("/o/lakeside/attention/").content.decode()
    assert "A fax is still at the fax service" in page and "(217) 555-0142" in page and words in page
    with inside(lakeside):
        assert Delivery.objects.get().state == "failed"
        jobs.retry(Job.objects.get(name=delivering.FETCH).pk)
    partner.answer = FILE
    work(lakeside, delivering.FETCH)
    with inside(lakeside):
        assert Delivery.objects.get().state == "taken" and Job.objects.stuck().count() == 0


def test_a_file_that_cannot_be_stored_is_called_for_again(lakeside, monkeypatch):
    line = make_line(lakeside, "signed")

    def full(*args, **kwargs):
        raise GatewayUnavailable("The document store is full.")

    with monkeypatch.context() as patched:
        patched.setattr(storing, "keep", full)
        assert post(lakeside, "fax", sign(line)).status_code == 503
    assert kept(lakeside) == (0, 0)
    assert post(lakeside, "fax", sign(line)).status_code == 200
    assert kept(lakeside) == (1, 1)


# ---------------------------------------------------------------- a service that is asked
@pytest.fixture
def srfax(lakeside, partner):
    """An SRFax line with one fax waiting there."""
    partner.answer = srfax_says([srfax_row()])
    return make_line(lakeside, "srfax")


def ask(organization, line):
    tasks.ask_fax_line(str(organization.pk), str(line.pk))


def test_a_service_is_asked_again_and_again_and_each_fax_comes_once(lakeside, srfax, partner):
    for _ in range(2):
        ask(lakeside, srfax)
    partner.answer = srfax_says([srfax_row(), srfax_row(2)])
    ask(lakeside, srfax)
    with inside(lakeside):
        assert Delivery.objects.count() == Job.objects.filter(name=delivering.FETCH).count() == 2
        assert Delivery.objects.first().to_number == OURS
        assert timezone.now() - srfax.refresh().polled_to < timedelta(seconds=30)


def test_a_fax_is_marked_over_there_only_once_it_is_here(lakeside, srfax, partner):
    ask(lakeside, srfax)
    with inside(lakeside):
        assert not Job.objects.filter(name=delivering.MARK).exists()
    partner.answer = srfax_says("JVBERi0xLjQKJQ==")
    work(lakeside, delivering.FETCH)
    assert kept(lakeside) == (1, 1)
    assert work(lakeside, delivering.MARK) == 1
    assert b"Update_Viewed_Status" in partner.requests[-1].content


def test_silence_needs_attention_once_and_ends_by_itself(lakeside, srfax, partner):
    before = srfax.polled_to
    partner.answer = httpx.ConnectError("away")
    for _ in range(2):
        ask(lakeside, srfax)
    with inside(lakeside):
        line = srfax.refresh()
        assert (line.trouble, line.polled_to) == ("SRFax could not be reached.", before)
        assert Job.objects.filter(name=delivering.ASK).count() == 1
    partner.answer = srfax_says([srfax_row()])
    assert work(lakeside, delivering.ASK) == 1
    with inside(lakeside):
        assert srfax.refresh().trouble == "" and not Job.objects.filter(name=delivering.ASK, done_at=None)
    assert kept(lakeside) == (1, 0)


def test_only_open_lines_that_never_call_are_asked(lakeside, srfax, partner, monkeypatch):
    make_line(lakeside, "telnyx")
    make_line(lakeside, "srfax", number="+12175550177", is_open=False)
    sent = []
    monkeypatch.setattr(tasks.ask_fax_line, "apply_async", lambda args, expires: sent.append(args))
    tasks.ask_fax_lines()
    assert sent == [(str(lakeside.pk), str(srfax.pk))]


def test_a_line_that_was_closed_meanwhile_is_not_asked(lakeside, srfax, partner):
    with inside(lakeside):
        connecting.close(line_id=srfax.pk)
    ask(lakeside, srfax)
    assert partner.requests == []


# ---------------------------------------------------------------- at the same moment
@pytest.mark.parametrize("vendor", ["telnyx", "signed"])
def test_a_call_that_comes_twice_at_once_is_one(committed, vendor):
    practice = make_organization(slug="lakeside")
    line = make_line(practice, vendor)
    call = replace(from_telnyx(stamp=stamp()) if vendor == "telnyx" else sign(line), now=time.time())

    def deliver(_):
        try:
            return webhooks.receive(practice.pk, vendor, call)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as together:
        assert list(together.map(deliver, range(8))) == [200] * 8
    with inside(practice):
        assert (Delivery.objects.count(), Job.objects.count()) == (1, 1)


# ---------------------------------------------------------------- the settings page
@pytest.fixture
def admin(member, enter):
    return enter(member("admin"))


PAGE = "/o/lakeside/settings/fax-lines/"


def test_a_line_is_connected_with_its_account_sealed(lakeside, admin):
    form = {"number": "(217) 555-0101", "public_key": TELNYX["public_key"], "api_key": "KEY0123"}
    assert admin.post(f"{PAGE}?vendor=telnyx", form).status_code == 302
    with inside(lakeside), connections["default"].cursor() as cursor:
        assert lines.account_of(FaxLine.objects.get(number=OURS)) == TELNYX
        cursor.execute("SELECT account FROM intake_faxline")
        assert b"KEY0123" not in bytes(cursor.fetchone()[0])
    page = admin.get(PAGE).content.decode()
    assert f"{project.PUBLIC_URL}/hooks/telnyx/{signing.token_of(lakeside, 'telnyx')}/" in page
    assert "KEY0123" not in page and "not heard yet" in page


def test_the_page_says_how_a_signed_line_is_reached_and_it_works(lakeside, admin):
    admin.post(f"{PAGE}?vendor=signed", {"number": OURS})
    with inside(lakeside):
        line = FaxLine.objects.get()
        secret = lines.secret_of(line)
    assert secret in admin.get(PAGE).content.decode()
    assert post(lakeside, "fax", sign(line, secret=secret)).status_code == 200
    assert "last heard Today" in admin.get(PAGE).content.decode()


def test_the_same_number_again_gets_the_new_account_and_is_opened(lakeside, admin):
    line = make_line(lakeside, "srfax", is_open=False)
    admin.post(f"{PAGE}?vendor=srfax", {"number": OURS, "access_id": "999", "access_pwd": "ebb"})
    with inside(lakeside):
        assert lines.account_of(line.refresh())["access_id"] == "999" and line.refresh().is_open


def test_a_secret_that_leaked_is_replaced_by_connecting_again(lakeside):
    leaked = sign(make_line(lakeside, "signed"))
    make_line(lakeside, "signed")
    assert post(lakeside, "fax", leaked).status_code == 403


def test_a_line_is_closed_and_opened_again_on_record(lakeside, admin):
    line = make_line(lakeside)
    for step, is_open in (("closure", False), ("opening", True)):
        assert admin.post(f"{PAGE}{line.pk}/{step}/").status_code == 302
        with inside(lakeside):
            assert line.refresh().is_open is is_open
    with inside(lakeside):
        assert line.history.count() == 3 and line.history.first().history_user is not None


@pytest.mark.parametrize(
    ("vendor", "form", "words"),
    [
        ("telnyx", {"public_key": "AAAA"}, "Copy the whole public key"),
        ("telnyx", {"public_key": TELNYX["public_key"], "number": "5550101"}, "with its area code"),
        (
            "documo",
            {"username": "a", "password": "b", "api_key": "c", "addresses": "everywhere"},
            "network addresses",
        ),
        ("srfax", {"access_id": "12-34", "access_pwd": "x"}, "figures only"),
        ("signed", {"hosts": "https://files.faxhost.example/x"}, "Type host names"),
        ("nobody", {}, "Public key"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_do(lakeside, admin, vendor, form, words):
    answer = admin.post(f"{PAGE}?vendor={vendor}", {"number": OURS, **form})
    assert answer.status_code == 422 and words in answer.content.decode()
    with inside(lakeside):
        assert not FaxLine.objects.exists()


def test_a_page_with_many_lines_asks_the_database_no_more_often(
    lakeside, admin, django_assert_max_num_queries
):
    for number in range(6):
        make_line(lakeside, "signed", number=f"+1217555017{number}")
    admin.get(PAGE)
    with django_assert_max_num_queries(30):
        admin.get(PAGE)


def test_the_sandbox_plays_a_sender_through_the_same_door(lakeside):
    line = make_line(lakeside, "signed")
    identity = webhooks.play_service(lakeside, line, content=PDF, sender=THEIRS)
    with inside(lakeside):
        assert Delivery.objects.get(vendor_id=identity).arrival.from_number == THEIRS
    assert not webhooks.play_service(lakeside, line, content=b"x" * 11_000_000, sender=THEIRS)
