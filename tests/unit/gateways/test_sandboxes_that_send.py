"""What the sandbox page can show of what was sent."""

import pytest

from gateways import GatewayError, sandbox
from gateways.email.sandbox import SandboxEmail
from gateways.fax import FaxStatus
from gateways.fax.sandbox import SandboxFax
from gateways.sms.sandbox import SandboxSms
from tests.unit.gateways.test_sending_contract import fax, mail, text


def test_a_text_is_on_the_phone():
    reference = text(SandboxSms(), "+12175550142").reference
    shown = sandbox.one("sms", reference)
    assert (shown["to"], shown["body"]) == ("+12175550142", "Your referral is ready.")


def test_a_refused_text_is_not_on_the_phone():
    with pytest.raises(GatewayError, match="not a mobile number"):
        text(SandboxSms(), "+12175550100")
    assert sandbox.kept("sms") == []


def test_a_mail_is_in_the_mailbox():
    mail(SandboxEmail(), "ann@example.com")
    assert sandbox.kept("email")[0]["html"] == "<p>Hello</p>"


def test_a_fax_is_in_the_tray_with_its_pages():
    reference = fax(SandboxFax(), "+12175550142").reference
    assert sandbox.file_path(sandbox.one("fax", reference)["file"]).read_bytes() == b"%PDF-1.7"


def test_a_fax_is_delivered_at_once():
    reference = fax(SandboxFax(), "+12175550142").reference
    assert SandboxFax().status(reference) == FaxStatus("delivered")


def test_a_busy_number_takes_the_fax_and_fails_it():
    reference = fax(SandboxFax(), "+12175550100").reference
    assert SandboxFax().status(reference) == FaxStatus("failed", "The line was busy.")


def test_a_fax_that_was_never_sent_is_not_known():
    with pytest.raises(GatewayError, match="does not know"):
        SandboxFax().status("nothing")
