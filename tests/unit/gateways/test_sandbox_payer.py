"""The payer of the sandbox page answers real questions, as told by the member number or by the desk."""

from decimal import Decimal

import pytest

from gateways import GatewayError, GatewayUnavailable, sandbox
from gateways.clearinghouse.sandbox import DECISIONS, DESK, DESK_CHOICES, SandboxPayer, decide, waiting
from gateways.clearinghouse.x12 import read
from gateways.clearinghouse.x12.eligibility import build_270, read_271
from tests.unit.gateways.x12.scenes import make_question


def ask(member_id="QX12345", *, trace="93175012547", **facts):
    payload = build_270(make_question(member_id=member_id, trace=trace, **facts))
    return SandboxPayer().exchange(transaction="270", payload=payload, trace=trace)


def test_an_active_member_has_a_copay_and_a_deductible():
    answer = read_271(ask().text)
    assert (answer.status, answer.plan_name) == ("active", "SANDBOX PPO 1500")
    assert answer.find("copay").amount == Decimal("50")
    assert answer.find("deductible").amount == Decimal("1500")
    assert answer.find("deductible", remaining=True).amount == Decimal("380")


def test_the_answer_carries_our_trace_and_is_not_odd():
    (interchange,) = read(ask().text)
    assert interchange.oddities == []
    assert read_271(ask().text, trace="93175012547").trace == "93175012547"


@pytest.mark.parametrize(("payer_id", "verdict"), [("BRH01", "no"), ("BRHA", "yes")])
def test_a_payer_number_ending_in_a_wants_authorizations(payer_id, verdict):
    assert read_271(ask(payer_id=payer_id).text).auth_required == verdict


def test_a_member_number_ending_0_is_inactive():
    answer = read_271(ask("QX0").text)
    assert (answer.status, answer.plan_ends_on.year) == ("inactive", 2025)


def test_a_member_number_ending_8_is_not_found():
    assert [rejection.code for rejection in read_271(ask("QX8").text).rejections] == ["75"]


def test_a_member_number_ending_9_waits_for_the_desk():
    reply = ask("QX9")
    assert (reply.kind, reply.text) == ("pending", "")
    assert [record["member_id"] for record in waiting()] == ["QX9"]
    assert SandboxPayer().poll(trace="93175012547") is None


@pytest.mark.parametrize(
    ("decision", "status"), [("active", "active"), ("ended", "inactive"), ("not-found", "error")]
)
def test_the_desk_decides(decision, status):
    ask("QX9")
    decide(waiting()[0]["id"], decision)
    assert read_271(SandboxPayer().poll(trace="93175012547").text).status == status
    assert waiting() == []


def test_a_question_asked_again_finds_the_decision():
    ask("QX9")
    decide(waiting()[0]["id"], "active")
    assert ask("QX9").kind == "271"


def test_a_question_asked_again_waits_once():
    ask("QX9")
    ask("QX9")
    assert len(waiting()) == 1


@pytest.mark.parametrize("decision", ["garbage", "", "pending"])
def test_the_desk_cannot_decide_nonsense(decision):
    ask("QX9")
    with pytest.raises(ValueError, match="no such answer"):
        decide(waiting()[0]["id"], decision)


def test_a_question_that_is_not_there_cannot_be_decided():
    with pytest.raises(ValueError, match="no such question"):
        decide("nothing", "active")


@pytest.mark.parametrize("choice", DECISIONS)
def test_the_desk_outweighs_the_member_number(choice):
    sandbox.choose(DESK, choice)
    expected = {"active": "active", "ended": "inactive", "not-found": "error"}[choice]
    assert read_271(ask("QX7").text).status == expected


def test_the_desk_can_keep_silent_or_talk_nonsense():
    sandbox.choose(DESK, "garbage")
    assert ask().kind == "unreadable"
    sandbox.choose(DESK, "timeout")
    with pytest.raises(GatewayUnavailable, match="did not answer in time"):
        ask(trace="2")


def test_the_desk_can_follow_the_magic_again():
    sandbox.choose(DESK, "timeout")
    sandbox.choose(DESK, DESK_CHOICES[0])
    assert ask().kind == "271"


def test_after_a_timeout_the_same_question_is_answered_when_the_payer_is_back():
    sandbox.choose(DESK, "timeout")
    with pytest.raises(GatewayUnavailable):
        ask()
    sandbox.choose(DESK, "active")
    assert read_271(ask().text).status == "active"


def test_both_texts_are_kept_for_the_page():
    reply = ask()
    (kept,) = sandbox.kept("clearinghouse")
    assert kept["question"].startswith("ISA*00*")
    assert (kept["answer"], kept["outcome"], kept["payer"]) == (reply.text, "active", "BLUE RIDGE HEALTH")


@pytest.mark.parametrize("payload", ["hello", "", build_270(make_question()).replace("DTP*291", "DTP*999")])
def test_a_question_that_cannot_be_read_is_refused(payload):
    with pytest.raises(GatewayError, match="could not read the question"):
        SandboxPayer().exchange(transaction="270", payload=payload, trace="1")
