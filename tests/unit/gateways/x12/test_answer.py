"""What a 271 means: the derivations, one by one."""

from datetime import date
from decimal import Decimal

import pytest

from gateways.clearinghouse.x12 import NotX12
from gateways.clearinghouse.x12.eligibility import read_271
from gateways.clearinghouse.x12.eligibility.answer import Party
from tests.unit.gateways.x12.scenes import ISA, answer_with, wrapped

ACTIVE = ("EB", "1", "IND", "30", "PR", "BLUE PPO 1500")


def eb(code, *, types="30", period="", amount="", percent="", auth="", network="", insurance="", level="IND"):
    return ("EB", code, level, types, insurance, "", period, amount, percent, "", "", auth, network)


def answer(*details, **kw):
    return read_271(answer_with(*details, **kw))


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ("1", "active"),
        ("2", "active"),
        ("4", "active"),
        ("5", "active_pending"),
        ("6", "inactive"),
        ("7", "inactive_pending"),
        ("8", "inactive_pending"),
        ("61", "active"),
        ("65", "active_pending"),
        ("U", "unknown"),
        ("", "unknown"),
    ],
)
def test_status_follows_from_the_rows(codes, status):
    assert answer(*(eb(code) for code in codes)).status == status


def test_the_whole_plan_outweighs_single_services():
    assert answer(eb("6"), eb("1", types="35")).status == "inactive"
    assert answer(eb("1"), eb("6", types="35")).status == "active"


def test_single_services_count_where_nothing_is_said_of_the_plan():
    assert answer(eb("1", types="98")).status == "active"


def test_a_refusal_outweighs_an_active_row():
    text = wrapped("HL*3*2*22*0", "TRN*2*1*9REFHUB000", "NM1*IL*1*DOE*JANE", "AAA*N**71*C", "EB*1**30")
    assert read_271(text).status == "error"


def test_plan_member_group_and_dates():
    found = answer(
        ("REF", "6P", "GRP77"), ("DTP", "346", "D8", "20260101"), ("DTP", "347", "D8", "20261231"), ACTIVE
    )
    assert (found.plan_name, found.insurance_type, found.group_number) == ("BLUE PPO 1500", "PR", "GRP77")
    assert (found.plan_begins_on, found.plan_ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.member_id, found.trace) == ("QX12345", "93175012547")


def test_plan_dates_as_a_period_after_the_row():
    found = answer(ACTIVE, ("DTP", "291", "RD8", "20260101-20261231"))
    assert (found.plan_begins_on, found.plan_ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("nonsense", ["20261340", "", "soon", "20260101-"])
def test_an_impossible_date_is_no_date(nonsense):
    assert answer(("DTP", "347", "D8", nonsense.rstrip("-")), ACTIVE).plan_ends_on in (None, date(2026, 1, 1))


def test_cost_shares():
    found = answer(
        eb("B", types="98", period="27", amount="50", network="Y"),
        eb("A", types="98", percent="0.2"),
        eb("C", period="23", amount="1500"),
        eb("C", period="29", amount="380.25"),
        eb("G", period="23", amount="6000"),
    )
    assert found.find("copay").amount == Decimal("50")
    assert found.find("copay").period == "visit"
    assert found.find("coinsurance").percent == Decimal("20")
    assert found.find("deductible").amount == Decimal("1500")
    assert found.find("deductible", remaining=True).amount == Decimal("380.25")
    assert found.find("out_of_pocket").amount == Decimal("6000")


def test_a_percent_written_as_such_is_taken_as_such():
    assert answer(eb("A", percent="20")).find("coinsurance").percent == Decimal("20")


@pytest.mark.parametrize("nonsense", ["NaN", "Infinity", "1E999999", "FREE", "1,500", "9" * 40])
def test_an_amount_that_is_no_number_is_none(nonsense):
    assert answer(eb("B", amount=nonsense)).find("copay", service_type="30").amount is None


def test_the_best_benefit_is_of_the_service_then_a_visit_then_the_plan():
    rows = (eb("B", types="30", amount="1"), eb("B", types="98", amount="2"), eb("B", types="MH", amount="3"))
    found = answer(*rows)
    assert [found.find("copay", service_type=each).amount for each in ("MH", "98", "30", "PT")] == [
        3,
        2,
        1,
        2,
    ]


def test_the_best_benefit_is_of_our_network():
    found = answer(
        eb("B", types="98", amount="60", network="N"),
        eb("B", types="98", amount="30", network="U"),
        eb("B", types="98", amount="20", network="W"),
    )
    assert found.find("copay").amount == 20
    assert found.find("copay", network="out").amount == 60
    assert found.find("deductible") is None


def test_a_row_speaks_of_each_of_its_services():
    text = wrapped("HL*3*2*22*0", "NM1*IL*1*DOE*JANE", "EB*B**98^MH^UC****10")
    assert [benefit.service_type for benefit in read_271(text).benefits] == ["98", "MH", "UC"]


@pytest.mark.parametrize(
    ("flags", "verdict"), [("YN", "yes"), ("NN", "no"), ("NU", "unknown"), ("U", "unknown"), ("", "unknown")]
)
def test_authorization(flags, verdict):
    assert answer(ACTIVE, *(eb("B", auth=flag) for flag in flags)).auth_required == verdict


@pytest.mark.parametrize(
    ("details", "likely"),
    [
        ([eb("L")], True),
        ([eb("MC")], True),
        ([eb("1", insurance="HM"), ("MSG", "Referral from PCP needed")], True),
        ([eb("1", insurance="HM"), ("MSG", "No balance billing")], False),
        ([eb("1", insurance="PR"), ("MSG", "No referral needed")], False),
        ([ACTIVE], False),
    ],
)
def test_a_referral_is_likely_wanted(details, likely):
    assert answer(*details).referral_likely is likely


def test_messages_belong_to_their_row():
    found = answer(ACTIVE, ("MSG", "First"), ("MSG", "second"), eb("B", amount="50"))
    assert [benefit.message for benefit in found.benefits] == ["FIRST SECOND", ""]


def test_the_primary_care_provider_and_another_payer():
    found = answer(
        ACTIVE,
        eb("L"),
        ("LS", "2120"),
        ("NM1", "P3", "1", "Jones", "Marcus", "", "", "", "XX", "1234567893"),
        ("LE", "2120"),
        eb("R"),
        ("LS", "2120"),
        ("NM1", "PR", "2", "Other Health", "", "", "", "", "PI", "OH9"),
        ("LE", "2120"),
    )
    assert found.primary_care == Party("MARCUS JONES", "1234567893")
    assert found.other_payers == (Party("OTHER HEALTH", "OH9"),)


def test_a_limit_with_a_quantity():
    found = answer(("EB", "F", "IND", "PT", "", "", "23", "", "", "VS", "20"))
    assert (found.benefits[0].kind, found.benefits[0].quantity) == ("limitation", Decimal("20"))


@pytest.mark.parametrize(
    ("rejection", "status", "follow_up", "desk", "field"),
    [
        ("75C", "error", "correct", "front_desk", "member_id"),
        ("72C", "error", "correct", "front_desk", "member_id"),
        ("71C", "error", "correct", "front_desk", "birth_date"),
        ("58C", "error", "correct", "front_desk", "birth_date"),
        ("73C", "error", "correct", "front_desk", "name"),
        ("75N", "error", "stop", "front_desk", "member_id"),
        ("43C", "error", "correct", "administrator", ""),
        ("51N", "error", "stop", "administrator", ""),
        ("42C", "error", "retry", "nobody", ""),
        ("80N", "error", "retry", "nobody", ""),
        ("42R", "error", "retry", "nobody", ""),
        ("42Y", "pending", "wait", "nobody", ""),
        ("15S", "pending", "wait", "nobody", ""),
        ("62W", "error", "in_30_days", "nobody", "service_on"),
        ("62X", "error", "in_10_days", "nobody", "service_on"),
        ("75", "error", "correct", "front_desk", "member_id"),
    ],
)
def test_a_refusal_says_what_next_and_for_whom(rejection, status, follow_up, desk, field):
    found = answer(rejection=rejection)
    (refusal,) = found.rejections
    assert found.status == status
    assert (refusal.code, refusal.follow_up, refusal.desk, refusal.field) == (
        rejection[:2],
        follow_up,
        desk,
        field,
    )
    assert refusal.loop == "2100C"


def test_a_refusal_with_a_code_nobody_knows_still_says_something():
    (refusal,) = answer(rejection="ZZC").rejections
    assert refusal.meaning == "The payer refused the question (code ZZ)."


@pytest.mark.parametrize(
    ("body", "loop"),
    [
        (["HL*1**20*1", "AAA*N**42*P"], "2000A"),
        (["HL*1**20*1", "NM1*PR*2*X", "AAA*N**04*N"], "2100A"),
        (["HL*2*1*21*1", "NM1*1P*2*X", "AAA*N**51*N"], "2100B"),
        (["HL*3*2*22*0", "NM1*IL*1*X", "AAA*N**72*C"], "2100C"),
        (["HL*3*2*22*0", "NM1*IL*1*X", "EB*1**30", "AAA*N**33*C"], "2110C"),
        (["HL*4*3*23*0", "NM1*03*1*X", "AAA*N**67*C"], "2100D"),
        (["AAA*N**42*P"], "2000"),
    ],
)
def test_a_refusal_is_placed(body, loop):
    assert [refusal.loop for refusal in read_271(wrapped(*body)).rejections] == [loop]


def test_a_dependent_is_the_member_when_the_answer_is_theirs():
    text = wrapped(
        *("HL*3*2*22*1", "NM1*IL*1*DOE*JOHN****MI*W1", "HL*4*3*23*0", "TRN*2*T9*9X"),
        *("NM1*03*1*DOE*JIM", "EB*1**30**KIDS PLAN"),
    )
    found = read_271(text)
    assert (found.status, found.plan_name, found.trace) == ("active", "KIDS PLAN", "T9")


def test_among_several_members_ours_is_known_by_the_trace():
    text = wrapped(
        *("HL*3*2*22*0", "TRN*1*CLEAR1*9X", "TRN*2*T1*9X", "NM1*IL*1*DOE*A", "EB*1**30"),
        *("HL*4*2*22*0", "TRN*2*T2*9X", "NM1*IL*1*DOE*B", "EB*6**30"),
    )
    assert [read_271(text, trace=each).status for each in ("T1", "T2", "T3")] == [
        "active",
        "inactive",
        "active",
    ]
    assert read_271(text).trace == "T1"


def test_different_dividers_of_services_are_understood():
    text = wrapped("HL*3*2*22*0", "NM1*IL*1*X", "EB*1**30:98").replace("*^*00501", "*:*00501")
    assert read_271(text).status == "active"


TA1 = ISA + "TA1*000000007*261125*0930*{}*{}~IEA*0*000000007~"
ACK = "ST*999*0001*005010X231A1~"


def test_an_interchange_that_was_not_understood_is_ours_to_mend():
    found = read_271(TA1.format("R", "006"))
    (refusal,) = found.rejections
    assert (found.status, refusal.loop, refusal.code, refusal.desk) == (
        "error",
        "TA1",
        "006",
        "administrator",
    )


def test_a_question_that_was_not_understood_is_ours_to_mend():
    text = wrapped("AK1*HS*7", "AK2*270*0001", "IK5*R*5", "AK9*R*1*1*0", st=ACK)
    (refusal,) = read_271(text).rejections
    assert (refusal.loop, refusal.code, refusal.follow_up) == ("999", "5", "stop")


@pytest.mark.parametrize("text", [TA1.format("A", "000"), wrapped("AK1*HS*7", "AK9*A*1*1*1", st=ACK)])
def test_a_question_that_was_taken_waits_for_its_answer(text):
    assert read_271(text).status == "pending"


def test_a_text_that_lost_its_end_is_read_with_a_warning():
    text = answer_with(ACTIVE, eb("B"))
    found = read_271(text[: text.index("EB*B")])
    assert found.status == "active"
    assert "The interchange has no IEA: its end may be missing." in found.warnings


def test_another_transaction_is_no_answer():
    assert read_271(wrapped("BHT*0022*13", st="ST*270*0001*005010X279A1~")).status == "error"


def test_text_that_is_not_x12_is_no_answer():
    with pytest.raises(NotX12):
        read_271("<html></html>")
