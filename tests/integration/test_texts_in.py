"""Texts from patients come through a signed door, are kept, and one word is obeyed at once."""

import json
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command

from gateways import sandbox, signatures
from notifications import actions as notifications
from notifications import (
    tasks,  # noqa: F401 (registers the work)
    webhooks,
)
from notifications.models import Message, OptOut
from organizations import signing
from organizations.scope import organization_scope
from tests.factories import make_patient

MARIA = "+12175550188"
ABOUT = uuid4()


@pytest.fixture
def inside(lakeside):
    """A few lines inside Lakeside."""
    return lambda: organization_scope(lakeside.pk, actor="command:test")


@pytest.fixture
def carrier(lakeside, client):
    """Deliver a text as our carrier would; what is given replaces what is right."""

    def deliver(content=None, *, token=None, **headers):
        body = content if isinstance(content, bytes) else json.dumps(content or text("hello")).encode()
        stamp = headers.pop("stamp", str(int(time.time())))
        signed = signatures.signature(signing.secret_of(lakeside.pk, "sms"), stamp, body)
        given = {"X-Timestamp": stamp, "X-Signature": signed, **headers}
        token = signing.token_of(lakeside, "sms") if token is None else token
        return client.post(f"/hooks/sms/{token}/", body, content_type="application/json", headers=given)

    return deliver


def text(body, sender=MARIA, reference=None):
    return {"from": sender, "body": body, "id": reference or uuid4().hex}


def test_a_text_becomes_a_note_for_staff_about_the_same_referral(lakeside, carrier, inside):
    with inside():
        patient = make_patient(mobile=MARIA)
        notifications.write(patient=patient, template="booking_link", about_id=ABOUT)
    assert carrier(text("Can I come in the morning?")).status_code == 204
    with inside():
        note = Message.objects.get(direction="in")
        assert (note.patient, note.about_id, note.body, note.state) == (
            patient,
            ABOUT,
            "Can I come in the morning?",
            "received",
        )
        assert Message.objects.count() == 2


def test_a_text_from_the_only_patient_with_that_number_is_theirs(carrier, inside):
    with inside():
        patient = make_patient(mobile=MARIA)
    carrier(text("hello"))
    with inside():
        assert Message.objects.get().patient == patient


def test_a_number_that_two_patients_share_is_nobodys(carrier, inside):
    with inside():
        make_patient(mobile=MARIA)
        make_patient(mobile=MARIA)
    carrier(text("hello"))
    with inside():
        assert Message.objects.get().patient is None


def test_stop_is_obeyed_and_confirmed_once(lakeside, carrier, inside, run_jobs):
    for word in ("STOP", "stop please"):
        assert carrier(text(word)).status_code == 204
    run_jobs(lakeside)
    with inside():
        assert notifications.has_opted_out("sms", MARIA)
        assert OptOut.objects.get().text == "STOP"
    (confirmation,) = sandbox.kept("sms")
    assert confirmation["body"].startswith("Lakeside: you will get no more texts from us.")


def test_start_brings_texts_back(lakeside, carrier, inside, run_jobs):
    carrier(text("STOP"))
    carrier(text("START"))
    run_jobs(lakeside)
    with inside():
        assert not notifications.has_opted_out("sms", MARIA)
    assert "again" in sandbox.kept("sms")[0]["body"]


def test_yes_from_somebody_who_never_stopped_is_only_read(carrier, inside):
    carrier(text("yes"))
    with inside():
        assert not OptOut.objects.exists() and Message.objects.count() == 1


def test_help_is_answered(lakeside, carrier, run_jobs):
    carrier(text("HELP"))
    run_jobs(lakeside)
    assert "(217) 555-0100" in sandbox.kept("sms")[0]["body"]


def test_the_confirmation_goes_out_at_night_too(lakeside, carrier, run_jobs, settings):
    settings.QUIET_HOURS = True
    with time_machine.travel(datetime(2026, 11, 26, 4, tzinfo=UTC)):  # 10 PM in Chicago
        carrier(text("STOP"))
        run_jobs(lakeside)
    assert len(sandbox.kept("sms")) == 1


def test_the_same_text_delivered_twice_is_one(lakeside, carrier, inside, run_jobs):
    for _ in range(2):
        assert carrier(text("HELP", reference="SM1")).status_code == 204
    run_jobs(lakeside)
    with inside():
        assert Message.objects.filter(direction="in").count() == 1
    assert len(sandbox.kept("sms")) == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'"text"',
        b"[" * 100_000,
        b"\xff",
        {"from": MARIA, "body": "hello"},
        {"from": MARIA, "body": None, "id": "1"},
        {"from": 5, "body": "a", "id": "1"},
        text("a", sender="5550188"),
        text("a", sender="+1217555018x"),
        text("a\x00b"),
        text("a", reference="x" * 81),
        {"from": MARIA, "body": "a", "id": ""},
        {"from": MARIA, "body": "\ud800", "id": "1"},
    ],
)
def test_a_signed_body_that_is_no_text_is_refused_without_a_word(carrier, inside, broken):
    answer = carrier(broken)
    assert (answer.status_code, answer.content) == (403, b"")
    with inside():
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Signature": ""},
        {"X-Signature": "sha256=00"},
        {"X-Signature": "\xe9"},
        {"X-Timestamp": "soon"},
        {"X-Timestamp": "9" * 4000},
        {"stamp": "1700000000"},
    ],
)
def test_an_unsigned_or_stale_text_is_refused_without_a_word(carrier, inside, headers):
    answer = carrier(text("STOP"), **headers)
    assert (answer.status_code, answer.content) == (403, b"")
    with inside():
        assert not OptOut.objects.exists()


@pytest.mark.parametrize("token", ["x", "ABCD" + "0" * 32, "%00", "é" * 36])
def test_an_endpoint_we_never_gave_out_is_not_there(carrier, token):
    assert carrier(token=token).status_code == 404


def test_one_practices_endpoint_does_not_serve_another(lakeside, prairie, carrier):
    mixed = prairie.link_key + signing.token_of(lakeside, "sms")[4:]
    assert carrier(token=mixed).status_code == 404


def test_only_posts_are_taken(client, lakeside):
    assert client.get(f"/hooks/sms/{signing.token_of(lakeside, 'sms')}/").status_code == 405


def test_the_sandbox_plays_the_carrier_through_the_same_door(lakeside, inside):
    assert webhooks.play_carrier(lakeside, sender=MARIA, body="STOP")
    assert not webhooks.play_carrier(lakeside, sender="nobody", body="STOP")
    with inside():
        assert notifications.has_opted_out("sms", MARIA)


def test_a_command_tells_the_carrier_where_and_how(lakeside, client, capsys, settings):
    call_command("sms_endpoint", org="lakeside")
    address, secret = (line.split()[1] for line in capsys.readouterr().out.splitlines())
    body, stamp = json.dumps(text("hello")).encode(), str(int(time.time()))
    headers = {"X-Timestamp": stamp, "X-Signature": signatures.signature(secret, stamp, body)}
    path = address.removeprefix(settings.PUBLIC_URL)
    assert client.post(path, body, content_type="application/json", headers=headers).status_code == 204


def test_the_command_says_when_there_is_no_such_organization(db):
    with pytest.raises(CommandError, match="no organization called nowhere"):
        call_command("sms_endpoint", org="nowhere")
