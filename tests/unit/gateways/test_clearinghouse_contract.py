"""The same promises, kept by the sandbox payer and by Stedi."""

import httpx
import pytest

from gateways import GatewayError, GatewayUnavailable
from gateways.clearinghouse.sandbox import SandboxPayer
from gateways.clearinghouse.stedi import StediClearinghouse
from gateways.clearinghouse.x12.eligibility import build_270, read_271
from tests.unit.gateways.partners import Partner, says
from tests.unit.gateways.x12.scenes import answer_with, make_question

ACTIVE = answer_with(("EB", "1", "IND", "30"))
NOT_FOUND = answer_with(rejection="75C")


@pytest.fixture(autouse=True)
def account(settings):
    settings.STEDI_API_KEY = "secret"


def ask(gateway, member_id="QX12345", transaction="270", **kw):
    payload = build_270(make_question(member_id=member_id))
    return gateway.exchange(transaction=transaction, payload=payload, trace="93175012547", **kw)


def stedi(answer):
    return StediClearinghouse(Partner(answer))


ANSWERED = {
    "sandbox active": (lambda: ask(SandboxPayer()), "active"),
    "sandbox inactive": (lambda: ask(SandboxPayer(), "QX0"), "inactive"),
    "sandbox not found": (lambda: ask(SandboxPayer(), "QX8"), "error"),
    "stedi active": (lambda: ask(stedi(says(200, {"x12": ACTIVE, "meta": {"traceId": "t"}}))), "active"),
    "stedi not found": (lambda: ask(stedi(says(200, {"x12": NOT_FOUND}))), "error"),
}
UNREADABLE = {
    "sandbox": lambda: ask(SandboxPayer(), "QX6"),
    "stedi page": lambda: ask(stedi(says(200, "<html>"))),
    "stedi garbage": lambda: ask(stedi(says(200, {"x12": "<html>"}))),
    "stedi nothing": lambda: ask(stedi(says(200, []))),
}
UNAVAILABLE = {
    "sandbox": lambda: ask(SandboxPayer(), "QX7"),
    "stedi away": lambda: ask(stedi(httpx.ConnectError("away"))),
    "stedi slow": lambda: ask(stedi(httpx.ReadTimeout("slow"))),
    "stedi busy": lambda: ask(stedi(says(429, {}))),
    "stedi down": lambda: ask(stedi(says(500, {}))),
    "stedi lost": lambda: ask(stedi(says(504, {}))),
}
REFUSED = {
    "sandbox other question": lambda: ask(SandboxPayer(), transaction="278"),
    "stedi other question": lambda: ask(stedi(says(200, {})), transaction="278"),
    "stedi account": lambda: ask(stedi(says(403, {}))),
    "stedi form": lambda: ask(stedi(says(400, {"message": "QX12345"}))),
}


@pytest.mark.parametrize(("send", "status"), ANSWERED.values(), ids=list(ANSWERED))
def test_an_answer_is_the_payers_own_text(send, status):
    reply = send()
    assert reply.kind == "271"
    assert read_271(reply.text).status == status
    assert reply.latency_ms >= 0


@pytest.mark.parametrize("send", UNREADABLE.values(), ids=list(UNREADABLE))
def test_an_answer_that_is_not_x12_is_unreadable(send):
    assert send().kind == "unreadable"


@pytest.mark.parametrize("send", UNAVAILABLE.values(), ids=list(UNAVAILABLE))
def test_no_answer_is_worth_another_try(send):
    with pytest.raises(GatewayError) as trouble:
        send()
    assert trouble.type is GatewayUnavailable


@pytest.mark.parametrize("send", REFUSED.values(), ids=list(REFUSED))
def test_a_refusal_is_not(send):
    with pytest.raises(GatewayError) as trouble:
        send()
    assert trouble.type is GatewayError
    assert "QX" not in str(trouble.value)


@pytest.mark.parametrize("gateway", [SandboxPayer, lambda: stedi(says(200, {}))])
def test_nothing_waits_that_was_never_asked(gateway):
    assert gateway().poll(trace="nothing") is None


@pytest.mark.parametrize("answer", ["TA1*000000007*261125*0930*R*006~", ""])
def test_an_acknowledgment_is_told_from_an_answer(answer):
    text = ACTIVE[: ACTIVE.index("GS*")] + answer + "IEA*0*000000007~"
    assert ask(stedi(says(200, {"x12": text}))).kind == ("TA1" if answer else "unreadable")


def test_stedi_is_told_the_key_and_the_question():
    partner = Partner(says(200, {"x12": ACTIVE}))
    ask(StediClearinghouse(partner))
    (request,) = partner.requests
    assert request.headers["Authorization"] == "secret"
    assert request.url.path.endswith("/eligibility/v3/raw-x12")
    assert b"ISA*00*" in request.content


def test_stedi_is_asked_once_more_only_when_it_was_not_reached():
    partner = Partner(httpx.ConnectError("away"))
    with pytest.raises(GatewayUnavailable):
        ask(StediClearinghouse(partner))
    assert len(partner.requests) == 2


def test_stedi_is_not_asked_again_when_it_heard():
    partner = Partner(httpx.ReadTimeout("slow"))
    with pytest.raises(GatewayUnavailable, match="did not answer in time"):
        ask(StediClearinghouse(partner))
    assert len(partner.requests) == 1


def test_stedi_gets_the_time_that_was_given():
    partner = Partner(says(200, {"x12": ACTIVE}))
    ask(StediClearinghouse(partner), timeout=7.0)
    assert partner.requests[0].extensions["timeout"] == {
        "connect": 3.0,
        "read": 7.0,
        "write": 7.0,
        "pool": 7.0,
    }


def test_stedi_names_the_exchange():
    assert ANSWERED["stedi active"][0]().partner_trace == "t"
