"""What each vendor is told, and what its own answers mean."""

import json
from email.parser import BytesParser
from urllib.parse import parse_qs

import pytest

from gateways import GatewayError, GatewayUnavailable
from gateways.email.sendgrid import SendGridEmail
from gateways.fax import FaxStatus
from gateways.fax.telnyx import LARGEST_FILE, TelnyxFax
from gateways.sms.twilio import TwilioSms
from tests.conftest import shared
from tests.unit.gateways.partners import Partner, says
from tests.unit.gateways.test_sending_contract import SID, accounts, fax, mail, telnyx, text

__all__ = ["accounts"]


def sent_by_twilio():
    partner = Partner(says(201, {"sid": SID}))
    text(TwilioSms(partner), "+12175550142")
    return partner.requests[0]


def test_twilio_is_told_who_what_and_from_where():
    request = sent_by_twilio()
    assert request.url.path == f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"
    form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
    assert form == {"To": "+12175550142", "From": "+13125550100", "Body": "Your referral is ready."}


def test_twilio_is_told_the_messaging_service_where_there_is_one(settings):
    settings.TWILIO_SENDER = "MG" + "0" * 32
    form = parse_qs(sent_by_twilio().content.decode())
    assert form["MessagingServiceSid"] == ["MG" + "0" * 32]
    assert "From" not in form


def test_twilio_knows_who_we_are():
    assert sent_by_twilio().headers["Authorization"].startswith("Basic ")


def test_twilio_is_told_only_what_its_own_description_knows():
    description = json.loads((shared("data", "vendor_api") / "twilio_api_v2010.json").read_text())
    operation = description["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    known = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"]
    assert set(parse_qs(sent_by_twilio().content.decode())) <= set(known)


def sent_by_sendgrid():
    partner = Partner(says(202, "", **{"X-Message-Id": "abc"}))
    assert mail(SendGridEmail(partner), "ann@example.com").reference == "abc"
    return partner.requests[0]


def test_sendgrid_is_told_who_and_what():
    body = json.loads(sent_by_sendgrid().content)
    assert body["personalizations"][0]["to"] == [{"email": "ann@example.com"}]
    assert body["from"] == {"email": "noreply@lakeside.example", "name": "Lakeside"}
    assert [part["type"] for part in body["content"]] == ["text/plain", "text/html"]


def test_sendgrid_neither_rewrites_links_nor_watches_readers():
    tracking = json.loads(sent_by_sendgrid().content)["tracking_settings"]
    assert tracking["click_tracking"] == {"enable": False, "enable_text": False}
    assert tracking["open_tracking"] == {"enable": False}


def test_sendgrid_gives_our_key_back_in_its_events():
    (person,) = json.loads(sent_by_sendgrid().content)["personalizations"]
    assert person["custom_args"] == {"idempotency_key": "message:1"}


def parts_of(request):
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + request.content)
    return {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}


def test_telnyx_is_given_the_file_itself_under_a_name_that_says_nothing():
    partner = Partner(says(202, {"data": {"id": "f1"}}))
    fax(TelnyxFax(partner), "+12175550142")
    parts = parts_of(partner.requests[0])
    assert parts["contents"].get_payload(decode=True) == b"%PDF-1.7"
    assert parts["contents"].get_filename() == "R-20418.pdf"
    assert parts["to"].get_payload() == "+12175550142"


def test_a_file_too_large_for_telnyx_is_not_uploaded():
    partner = Partner(says(202, {}))
    with pytest.raises(GatewayError, match="20 MB"):
        TelnyxFax(partner).send(
            to="+1", pdf=b"x" * (LARGEST_FILE + 1), cover_reference="R-1", idempotency_key="k"
        )
    assert partner.requests == []


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"status": "media.processed"}, FaxStatus("queued")),
        ({"status": "originated"}, FaxStatus("sending")),
        ({"status": "delivered"}, FaxStatus("delivered")),
        ({"status": "failed", "failure_reason": "user_busy"}, FaxStatus("failed", "The line was busy.")),
        ({"status": "failed"}, FaxStatus("failed", "The fax was not delivered (no reason given).")),
    ],
)
def test_telnyx_states_in_our_words(told, status):
    assert telnyx(says(200, {"data": told})).status("f1") == status


def test_a_fax_that_telnyx_does_not_know():
    with pytest.raises(GatewayError, match="does not know"):
        telnyx(says(404, {})).status("f1")


@pytest.mark.parametrize(
    "answer", [says(200, {"data": {"status": "new word"}}), says(200, "<html>"), says(504, "")]
)
def test_a_status_that_cannot_be_read_is_asked_for_again(answer):
    with pytest.raises(GatewayUnavailable):
        telnyx(answer).status("f1")
