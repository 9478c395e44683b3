"""The 270 says what the guide wants, and no more than the payer needs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.clearinghouse.x12 import NotX12, read
from gateways.clearinghouse.x12.eligibility import build_270, build_271, read_270
from tests.unit.gateways.x12.scenes import make_question

BY_HAND = """\
ISA*00*          *00*          *ZZ*REFHUB         *ZZ*BLUERIDGE      *261125*0930*^*00501*000000007*0*T*:~
GS*HS*REFHUB*BLUERIDGE*20261125*0930*7*X*005010X279A1~
ST*270*0001*005010X279A1~
BHT*0022*13*93175012547*20261125*0930~
HL*1**20*1~
NM1*PR*2*BLUE RIDGE HEALTH*****PI*BRH01~
HL*2*1*21*1~
NM1*1P*2*LAKESIDE SPECIALTY*****XX*1679576722~
HL*3*2*22*0~
TRN*1*93175012547*9REFHUB000~
NM1*IL*1*DOE*JANE****MI*QX12345~
DMG*D8*19630519*F~
DTP*291*D8*20261130~
EQ*30~
EQ*98~
SE*14*0001~
GE*1*7~
IEA*1*000000007~
"""


def lines(question):
    return build_270(question).split("~")


def test_the_question_is_the_one_written_by_hand():
    assert build_270(make_question(service_types=("30", "98"))) == BY_HAND.replace("\n", "")


def test_production_is_marked():
    assert "*0*P*:~" in build_270(make_question(production=True))


@pytest.mark.parametrize("sex", ["", "U", "X", "unknown"])
def test_a_sex_the_guide_does_not_know_is_left_out(sex):
    assert "DMG*D8*19630519" in lines(make_question(sex=sex))


def test_without_birth_date_only_the_sex_is_told():
    assert "DMG***F" in lines(make_question(birth_date=None))


def test_without_both_there_is_no_demographic_segment():
    assert not any(line.startswith("DMG") for line in lines(make_question(birth_date=None, sex="")))


def test_names_and_traces_keep_to_their_lengths():
    text = build_270(make_question(family_name="X" * 200, given_name="Y" * 200, trace="1" * 200))
    assert f"*{'X' * 60}*{'Y' * 35}*" in text
    assert f"TRN*1*{'1' * 50}*" in text


def test_the_originator_has_ten_characters_and_begins_with_9():
    assert "TRN*1*93175012547*9AVERYLONG" in lines(make_question(sender_id="A very long sender"))


NAMES = st.text("ABCÉ -'*~:^", max_size=20)


@given(NAMES, NAMES, st.dates(date(1900, 1, 1), date(2026, 11, 25)), st.sampled_from(["F", "M", ""]))
def test_a_payer_reads_what_was_asked(family_name, given_name, birth_date, sex):
    asked = make_question(family_name=family_name, given_name=given_name, birth_date=birth_date, sex=sex)
    understood = read_270(build_270(asked))
    assert (understood.birth_date, understood.sex, understood.service_on) == (
        birth_date,
        sex,
        asked.service_on,
    )
    assert (understood.member_id, understood.trace, understood.service_types) == (
        "QX12345",
        asked.trace,
        ("30",),
    )
    assert build_270(make_question(**facts(understood))) == build_270(asked)


def facts(question):
    return {name: getattr(question, name) for name in ("family_name", "given_name", "birth_date", "sex")}


def test_the_question_is_not_odd():
    (interchange,) = read(build_270(make_question()))
    assert interchange.oddities == []


def test_an_answer_is_no_question():
    with pytest.raises(ValueError, match="no eligibility question"):
        read_270(build_271(make_question()))


def test_a_question_without_a_day_is_refused():
    with pytest.raises(ValueError, match="no date of service"):
        read_270(build_270(make_question()).replace("DTP*291*D8*20261130~", ""))


def test_other_text_is_no_question():
    with pytest.raises(NotX12):
        read_270("hello")
