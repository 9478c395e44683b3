"""Each fax service against recorded shapes: what proves a call, what it tells, how its file is fetched."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateways import GatewayError, GatewayUnavailable
from gateways.fax_in import NotUnderstood, ToldFax
from gateways.fax_in.documo import DocumoLine
from gateways.fax_in.signed import SignedLine
from gateways.fax_in.srfax import SrfaxLine
from gateways.fax_in.telnyx import TelnyxLine
from tests.unit.gateways.fax_calls import (
    DOCUMO,
    LINK,
    NOW,
    OURS,
    PDF,
    SIGNED,
    SRFAX,
    TELNYX,
    THEIRS,
    call,
    documo_message,
    fetched,
    from_documo,
    from_sender,
    from_telnyx,
    service,
    signed_fax,
    srfax_row,
    srfax_says,
    telnyx_event,
)  # fmt: skip
from tests.unit.gateways.partners import says

PDF_ANSWER = httpx.Response(200, content=PDF)
SINCE = datetime(2026, 11, 24, 10, tzinfo=UTC)
AWAY = httpx.ConnectError("away")

GENUINE = {
    "telnyx": (TelnyxLine, from_telnyx, TELNYX),
    "documo": (DocumoLine, from_documo, DOCUMO),
    "signed": (SignedLine, from_sender, SIGNED),
}
FALSE = {
    "telnyx unsigned": (TelnyxLine, call(telnyx_event()), TELNYX),
    "telnyx by another key": (
        TelnyxLine,
        from_telnyx(key=Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)),
        TELNYX,
    ),
    "telnyx tampered": (TelnyxLine, from_telnyx(tampered=b'{"data": {}}'), TELNYX),
    "telnyx stale": (TelnyxLine, from_telnyx(now=NOW + 301), TELNYX),
    "telnyx from the future": (TelnyxLine, from_telnyx(now=NOW - 301), TELNYX),
    "telnyx without a key": (TelnyxLine, from_telnyx(), {}),
    "documo without a name": (DocumoLine, call(documo_message()), DOCUMO),
    "documo with another password": (DocumoLine, from_documo(password="ebb"), DOCUMO),
    "documo from elsewhere": (DocumoLine, from_documo(address="203.0.113.9"), DOCUMO),
    "documo from nowhere": (DocumoLine, from_documo(address=""), DOCUMO),
    "documo with no password set": (DocumoLine, from_documo(name="", password=""), {}),
    "signed by nobody": (SignedLine, call(signed_fax()), SIGNED),
    "signed with another secret": (SignedLine, from_sender(secret="guessed"), SIGNED),
    "signed and tampered": (SignedLine, from_sender(tampered=b"{}"), SIGNED),
    "signed long ago": (SignedLine, from_sender(now=NOW + 301), SIGNED),
    "signed with no secret set": (SignedLine, from_sender(secret=""), {}),
}


@pytest.mark.parametrize(("made", "caller", "account"), GENUINE.values(), ids=list(GENUINE))
def test_a_services_own_call_is_genuine_and_tells_of_one_fax(made, caller, account):
    adapter, heard = made(), caller()
    assert adapter.is_genuine(heard, account)
    (fax,) = adapter.told(heard)
    assert (fax.from_number, fax.to_number) == (THEIRS, OURS)
    assert fax.vendor_id and fax.pages


@pytest.mark.parametrize(("made", "heard", "account"), FALSE.values(), ids=list(FALSE))
def test_any_other_call_is_not(made, heard, account):
    assert not made().is_genuine(heard, account)


@pytest.mark.parametrize("made", [TelnyxLine, DocumoLine, SignedLine])
@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_nothing_is_not_understood(made, body):
    with pytest.raises(NotUnderstood):
        made().told(call(body))


@pytest.mark.parametrize(
    ("made", "body"),
    [
        (TelnyxLine, telnyx_event("fax.delivered")),
        (TelnyxLine, telnyx_event("fax.receiving.started")),
        (DocumoLine, documo_message(direction="outbound")),
        (DocumoLine, documo_message(status="failed")),
    ],
)
def test_other_news_tells_of_no_fax(made, body):
    assert made().told(call(body)) == []


@pytest.mark.parametrize(
    ("made", "body"),
    [
        (TelnyxLine, telnyx_event(fax_id=None)),
        (TelnyxLine, telnyx_event(fax_id="x" * 81)),
        (TelnyxLine, telnyx_event(fax_id="a\x00b")),
        (DocumoLine, documo_message(messageId=["x"])),
        (SignedLine, signed_fax(id="")),
        (SignedLine, signed_fax(media="%%%")),
        (SignedLine, signed_fax(media=5)),
        (SignedLine, signed_fax(media=None)),
        (SignedLine, signed_fax(media_url="https://files.faxhost.example/1")),
        (SignedLine, signed_fax(media=None, media_url="https://files.faxhost.example/" + "x" * 1000)),
    ],
)
def test_a_fax_that_could_not_be_kept_is_not_understood(made, body):
    with pytest.raises(NotUnderstood):
        made().told(call(body))


@pytest.mark.parametrize("sender", ["anonymous", "sip:fax@203.0.113.9", None, 5, "", "+1", "١٢٣٤٥٦٧٨٩٠"])
def test_a_sender_without_a_number_is_nobody(sender):
    assert TelnyxLine().told(call(telnyx_event(**{"from": sender})))[0].from_number == ""


# ---------------------------------------------------------------- Telnyx's file
def test_telnyx_gives_the_file_at_the_link_in_its_event():
    adapter, partner = service(TelnyxLine, PDF_ANSWER)
    assert fetched(adapter, ToldFax("f1", media=LINK), TELNYX) == PDF
    (request,) = partner.requests
    assert request.headers["Host"] == "s3.amazonaws.com" and "Authorization" not in request.headers


def renewing(request):
    """The old link has run out; the API gives a new one."""
    if request.headers["Host"] == "api.telnyx.com":
        return says(200, {"data": {"id": "f1", "media_url": "https://media.telnyx.com/new.pdf"}})
    return PDF_ANSWER if request.headers["Host"] == "media.telnyx.com" else httpx.Response(403)


@pytest.mark.parametrize("link", [LINK, ""], ids=["ran out", "too long to keep"])
def test_a_link_that_ran_out_is_renewed(link):
    adapter, partner = service(TelnyxLine, renewing)
    assert fetched(adapter, ToldFax("f1", media=link), TELNYX) == PDF
    asked = [(r.method, r.url.path) for r in partner.requests if r.headers["Host"] == "api.telnyx.com"]
    assert asked == [("POST", "/v2/faxes/f1/actions/refresh"), ("GET", "/v2/faxes/f1")]


def test_without_a_key_a_link_that_ran_out_is_a_persons_turn():
    adapter, _ = service(TelnyxLine, renewing)
    with pytest.raises(GatewayError, match="Give the line an API key") as trouble:
        fetched(adapter, ToldFax("f1", media=LINK), {"public_key": "x"})
    assert trouble.type is GatewayError


# ---------------------------------------------------------------- Documo's file
def test_documo_gives_the_file_by_its_id_to_who_has_the_key():
    adapter, partner = service(DocumoLine, PDF_ANSWER)
    assert fetched(adapter, ToldFax("a/b"), DOCUMO) == PDF
    (request,) = partner.requests
    assert request.url.raw_path == b"/v1/fax/a%2Fb/download?format=pdf"
    assert request.headers["Authorization"] == "Basic documo-key"


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_documo_does_not_accept_is_a_persons_turn(status):
    adapter, _ = service(DocumoLine, httpx.Response(status))
    with pytest.raises(GatewayError, match="did not accept our account"):
        fetched(adapter, ToldFax("f1"), DOCUMO)


# ---------------------------------------------------------------- SRFax
def asked(request):
    return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}


def test_srfax_is_asked_for_every_fax_of_the_days_in_question_seen_or_not():
    adapter, partner = service(
        SrfaxLine, srfax_says([srfax_row(), srfax_row(2, CallerID="", ViewedStatus="Y")])
    )
    first, second = adapter.waiting(SRFAX, SINCE)
    assert first == ToldFax("20261125100000-6104-19_1|20360091", from_number=THEIRS, pages=2)
    assert second.from_number == ""
    form = asked(partner.requests[0])
    assert (form["action"], form["sViewedStatus"], form["sStartDate"]) == ("Get_Fax_Inbox", "ALL", "20261123")


@pytest.mark.parametrize("nothing", ["", [], None])
def test_an_empty_srfax_inbox_is_empty(nothing):
    assert service(SrfaxLine, srfax_says(nothing))[0].waiting(SRFAX, SINCE) == []


def test_srfax_gives_a_file_without_marking_it():
    adapter, partner = service(SrfaxLine, srfax_says(base64.b64encode(PDF).decode()))
    assert fetched(adapter, ToldFax("a|1"), SRFAX) == PDF
    form = asked(partner.requests[0])
    assert (form["action"], form["sFaxFileName"], form["sDirection"]) == ("Retrieve_Fax", "a|1", "IN")
    assert "sMarkasViewed" not in form


def test_srfax_is_told_that_we_have_it():
    adapter, partner = service(SrfaxLine, srfax_says(""))
    adapter.mark_viewed(ToldFax("a|1"), SRFAX)
    form = asked(partner.requests[0])
    assert (form["action"], form["sMarkasViewed"]) == ("Update_Viewed_Status", "Y")


def test_a_password_that_srfax_does_not_accept_is_a_persons_turn():
    adapter, _ = service(SrfaxLine, srfax_says("Invalid Access Code / Password", "Failed"))
    with pytest.raises(GatewayError, match="Check its number and password") as trouble:
        adapter.waiting(SRFAX, SINCE)
    assert trouble.type is GatewayError


@pytest.mark.parametrize(
    "answer",
    [AWAY, httpx.Response(503), httpx.Response(200, text="<html>"), srfax_says("Busy", "Failed"),
     srfax_says([{"FileName": ""}]), srfax_says(["x"])],
)  # fmt: skip
def test_srfax_out_of_order_is_asked_again(answer):
    with pytest.raises(GatewayUnavailable):
        service(SrfaxLine, answer)[0].waiting(SRFAX, SINCE)


@pytest.mark.parametrize("content", ["", "%%%", None, 5])
def test_a_srfax_file_that_does_not_unpack_is_fetched_again(content):
    with pytest.raises(GatewayUnavailable):
        fetched(service(SrfaxLine, srfax_says(content))[0], ToldFax("a|1"), SRFAX)


# ---------------------------------------------------------------- our own form
def test_a_signed_call_brings_its_file_along():
    assert SignedLine().told(from_sender())[0].content == PDF


def test_a_large_file_comes_from_a_host_that_the_line_lists():
    (fax,) = SignedLine().told(call(signed_fax(media=None, media_url="https://files.faxhost.example/1.pdf")))
    assert fetched(service(SignedLine, PDF_ANSWER)[0], fax, SIGNED) == PDF
    with pytest.raises(GatewayError, match="not fetched from"):
        fetched(service(SignedLine, PDF_ANSWER)[0], fax, {"secret": "shared"})
