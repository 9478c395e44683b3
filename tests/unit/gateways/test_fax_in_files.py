"""Fetching from an address that somebody else told: only where it is safe, only as much as it may be."""

from io import BytesIO

import httpx
import pytest

from gateways import GatewayError, GatewayUnavailable
from gateways.fax_in import files
from gateways.fax_in.files import Files, Gone, is_public
from tests.unit.gateways.fax_calls import PDF, public
from tests.unit.gateways.partners import Partner

URL = "https://api.faxhost.example/1.pdf"


def fetch(answer, url=URL, *, resolve=public, key=""):
    partner, into = Partner(answer), BytesIO(b"left over from the try before")
    Files("Faxhost", ("api.faxhost.example", ".cdn.example"), transport=partner, resolve=resolve).fetch_fax(
        url, into, key=key
    )
    return into.getvalue(), partner.requests


def test_a_file_is_fetched_from_the_address_that_was_checked_under_the_hosts_own_name():
    content, (request,) = fetch(httpx.Response(200, content=PDF))
    assert content == PDF
    assert (request.url.host, request.headers["Host"]) == ("93.184.216.34", "api.faxhost.example")
    assert request.extensions["sni_hostname"] == "api.faxhost.example"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.faxhost.example/1.pdf",
        "https://api.faxhost.example:8443/1.pdf",
        "https://user:pass@api.faxhost.example/1.pdf",
        "https://api.faxhost.example.evil.example/1.pdf",
        "https://evil-cdn.example/1.pdf",
        "https://cdn.example/1.pdf",
        "https://127.0.0.1/1.pdf",
        "https://[::1]/1.pdf",
        "https://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://api.faxhost.example/1.pdf",
        "//api.faxhost.example/1.pdf",
        "https://[/",
        "",
        "\x00",
    ],
)
def test_an_address_off_the_list_is_never_asked(url):
    with pytest.raises(GatewayError, match="not fetched from") as trouble:
        fetch(AssertionError("it was asked"), url)
    assert trouble.type is GatewayError


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "ff02::1", "64:ff9b:1::1", "64:ff9b::7f00:1", "2002:7f00:1::", "no address"],
)  # fmt: skip
def test_a_listed_name_that_leads_inside_is_never_asked(address):
    assert not is_public(address)
    with pytest.raises(GatewayError, match="not fetched from"):
        fetch(AssertionError("it was asked"), resolve=lambda host: ["93.184.216.34", address])


def test_the_open_internet_is_public():
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize("trouble", [OSError("no such host"), UnicodeError("bad label")])
def test_a_name_that_nobody_knows_is_asked_for_again_later(trouble):
    def fail(host):
        raise trouble

    with pytest.raises(GatewayUnavailable):
        fetch(AssertionError("it was asked"), resolve=fail)


# ---------------------------------------------------------------- redirects
def leads_to(target):
    """The first address redirects; any other gives the file."""

    def answer(request):
        if request.url.path == "/1.pdf" and request.headers["Host"] == "api.faxhost.example":
            return httpx.Response(302, headers={"Location": target})
        return httpx.Response(200, content=PDF)

    return answer


def test_a_redirect_to_a_listed_host_is_followed_without_the_key():
    content, (first, second) = fetch(leads_to("https://eu.cdn.example/x"), key="Basic k")
    assert content == PDF
    assert first.headers["Authorization"] == "Basic k" and "Authorization" not in second.headers


def test_a_redirect_on_the_same_host_keeps_its_name():
    _, (_, second) = fetch(leads_to("/2.pdf"), key="Basic k")
    assert (second.headers["Host"], second.headers["Authorization"]) == ("api.faxhost.example", "Basic k")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "https://127.0.0.1/", "https://169.254.169.254/latest/", "https://evil.example/",
     "http://eu.cdn.example/x", "file:///etc/passwd"],
)  # fmt: skip
def test_a_redirect_off_the_list_is_not_followed(target):
    with pytest.raises(GatewayError, match="not fetched from"):
        fetch(leads_to(target))


def test_a_redirect_in_circles_ends():
    with pytest.raises(GatewayError, match="from address to address"):
        fetch(httpx.Response(302, headers={"Location": URL}))


# ---------------------------------------------------------------- how much, how long, how whole
class Pieces(httpx.SyncByteStream):
    """A body in pieces, of any length that is announced or not."""

    def __init__(self, *pieces):
        self.pieces = pieces

    def __iter__(self):
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def body(*pieces, **headers):
    return httpx.Response(200, stream=Pieces(*pieces), headers=headers)


def test_a_file_that_is_too_large_is_stopped_on_the_way():
    partner, into = Partner(body(*[b"%PDF" * 100] * 10, AssertionError("read too far"))), BytesIO()
    with pytest.raises(GatewayError, match="larger than") as trouble:
        Files("Faxhost", (".faxhost.example",), transport=partner, resolve=public).fetch(
            URL, into, largest=1000
        )
    assert trouble.type is GatewayError and len(into.getvalue()) <= 1000


def test_a_file_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(files, "WHOLE_SECONDS", -1.0)
    with pytest.raises(GatewayUnavailable, match="two minutes"):
        fetch(body(b"%PDF"))


@pytest.mark.parametrize(
    "answer",
    [
        body(b"%PDF-1.4", **{"Content-Length": "900"}),
        body(b"%PDF-1.4", httpx.RemoteProtocolError("closed")),
        body(b"%PDF-1.4", httpx.ReadTimeout("slow")),
        body(b""),
        httpx.Response(200, content=b"<!DOCTYPE html><title>Maintenance</title>"),
        httpx.Response(200, content=b' {"error": "try later"}'),
        httpx.Response(200, stream=Pieces(b"x"), headers={"Content-Encoding": "gzip"}),
        httpx.Response(204),
        httpx.Response(429),
        httpx.Response(502),
        httpx.ConnectError("away"),
    ],
)
def test_a_file_that_came_incomplete_or_not_at_all_is_fetched_again(answer):
    with pytest.raises(GatewayUnavailable) as trouble:
        fetch(answer)
    assert str(trouble.value).endswith(".")


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_ran_out_is_gone(status):
    with pytest.raises(Gone):
        fetch(httpx.Response(status))
