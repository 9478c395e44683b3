"""The same promises, kept by every sandbox and every vendor that sends something."""

import httpx
import pytest

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown
from gateways.email.sandbox import SandboxEmail
from gateways.email.sendgrid import SendGridEmail
from gateways.fax.sandbox import SandboxFax
from gateways.fax.telnyx import TelnyxFax
from gateways.sms.sandbox import SandboxSms
from gateways.sms.twilio import TwilioSms
from tests.unit.gateways.partners import Partner, says

SID = "SM" + "0" * 32
LOST = httpx.ReadTimeout("lost")
AWAY = httpx.ConnectError("away")


@pytest.fixture(autouse=True)
def accounts(settings):
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "AC" + "0" * 32, "secret"
    settings.TWILIO_SENDER = "+13125550100"
    settings.SENDGRID_API_KEY = "SG.secret"
    settings.DEFAULT_FROM_EMAIL = "Lakeside <noreply@lakeside.example>"
    settings.TELNYX_API_KEY, settings.TELNYX_FAX_APPLICATION = "KEY", "1293384261075731499"
    settings.TELNYX_FAX_NUMBER = "+13125550100"


def text(gateway, to, key="message:1"):
    return gateway.send(to=to, body="Your referral is ready.", idempotency_key=key)


def mail(gateway, to, key="message:1"):
    return gateway.send(to=to, subject="News", text="Hello", html="<p>Hello</p>", idempotency_key=key)


def fax(gateway, to, key="message:1"):
    return gateway.send(to=to, pdf=b"%PDF-1.7", cover_reference="R-20418", idempotency_key=key)


def twilio(answer):
    return TwilioSms(Partner(answer))


def sendgrid(answer):
    return SendGridEmail(Partner(answer))


def telnyx(answer):
    return TelnyxFax(Partner(answer))


SENT = {
    "sandbox sms": lambda: text(SandboxSms(), "+12175550142"),
    "sandbox email": lambda: mail(SandboxEmail(), "ann@example.com"),
    "sandbox fax": lambda: fax(SandboxFax(), "+12175550142"),
    "twilio": lambda: text(twilio(says(201, {"sid": SID})), "+12175550142"),
    "sendgrid": lambda: mail(sendgrid(says(202, "", **{"X-Message-Id": "abc"})), "ann@example.com"),
    "sendgrid without id": lambda: mail(sendgrid(says(202, "")), "ann@example.com"),
    "telnyx": lambda: fax(telnyx(says(202, {"data": {"id": "f1"}})), "+12175550142"),
}
REFUSED = {
    "sandbox sms": lambda: text(SandboxSms(), "+12175550100"),
    "sandbox email": lambda: mail(SandboxEmail(), "refused@example.com"),
    "twilio": lambda: text(twilio(says(400, {"code": 21614, "message": "+12175550142"})), "+12175550142"),
    "twilio opted out": lambda: text(twilio(says(400, {"code": 21610})), "+12175550142"),
    "twilio account": lambda: text(twilio(says(401, {"code": 20003})), "+12175550142"),
    "sendgrid": lambda: mail(
        sendgrid(says(400, {"errors": [{"message": "ann@example.com"}]})), "ann@example.com"
    ),
    "telnyx": lambda: fax(telnyx(says(422, {"errors": [{"detail": "+12175550142"}]})), "+12175550142"),
}
UNAVAILABLE = {
    "sandbox sms": lambda: text(SandboxSms(), "+12175550199"),
    "sandbox email": lambda: mail(SandboxEmail(), "down@example.com"),
    "sandbox fax": lambda: fax(SandboxFax(), "+12175550199"),
    "twilio": lambda: text(twilio(AWAY), "+12175550142"),
    "twilio busy": lambda: text(twilio(says(429, {"code": 20429})), "+12175550142"),
    "twilio down": lambda: text(twilio(says(503, {"code": 20503})), "+12175550142"),
    "sendgrid": lambda: mail(sendgrid(AWAY), "ann@example.com"),
    "sendgrid busy": lambda: mail(sendgrid(says(429, {})), "ann@example.com"),
    "telnyx": lambda: fax(telnyx(AWAY), "+12175550142"),
    "telnyx busy": lambda: fax(telnyx(says(429, {})), "+12175550142"),
}
UNKNOWN = {
    "sandbox sms": lambda: text(SandboxSms(), "+12175550198"),
    "sandbox email": lambda: mail(SandboxEmail(), "lost@example.com"),
    "sandbox fax": lambda: fax(SandboxFax(), "+12175550198"),
    "twilio": lambda: text(twilio(LOST), "+12175550142"),
    "twilio unreadable": lambda: text(twilio(says(201, "<html>")), "+12175550142"),
    "twilio empty": lambda: text(twilio(says(201, {})), "+12175550142"),
    "sendgrid": lambda: mail(sendgrid(LOST), "ann@example.com"),
    "sendgrid unreadable": lambda: mail(sendgrid(says(200, "<html>")), "ann@example.com"),
    "telnyx": lambda: fax(telnyx(LOST), "+12175550142"),
    "telnyx unreadable": lambda: fax(telnyx(says(202, "<html>")), "+12175550142"),
    "telnyx lost on the way": lambda: fax(telnyx(says(504, "")), "+12175550142"),
}


def each(cases):
    return pytest.mark.parametrize("send", cases.values(), ids=list(cases))


@each(SENT)
def test_what_is_sent_gives_a_reference(send):
    assert send().reference


@each(REFUSED)
def test_a_refusal_is_not_worth_another_try(send):
    with pytest.raises(GatewayError) as trouble:
        send()
    assert trouble.type is GatewayError


@each(UNAVAILABLE)
def test_an_outage_is_worth_another_try(send):
    with pytest.raises(GatewayUnavailable):
        send()


@each(UNKNOWN)
def test_a_lost_answer_leaves_the_outcome_unknown(send):
    with pytest.raises(OutcomeUnknown):
        send()


@each(REFUSED | UNAVAILABLE | UNKNOWN)
def test_trouble_is_told_in_one_plain_sentence_without_names_or_numbers(send):
    with pytest.raises(GatewayError) as trouble:
        send()
    said = str(trouble.value)
    assert said.endswith(".") and said[0].isupper() and "\n" not in said
    assert not any(private in said for private in ("5550", "ann@", "secret"))


@pytest.mark.parametrize(
    ("send", "to"),
    [
        (lambda to: text(SandboxSms(), to), "+12175550142"),
        (lambda to: text(SandboxSms(), to), "+12175550198"),
        (lambda to: mail(SandboxEmail(), to), "lost@example.com"),
        (lambda to: fax(SandboxFax(), to), "+12175550198"),
    ],
)
def test_a_sandbox_sends_once_under_one_key(send, to):
    try:
        first = send(to)
    except OutcomeUnknown:
        first = send(to)
    assert send(to) == first
