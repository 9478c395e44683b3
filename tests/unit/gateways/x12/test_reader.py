"""The reader takes what partners really send, says what is odd about it, and never falls over."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.clearinghouse.x12 import NotX12, read
from gateways.clearinghouse.x12.eligibility import build_270, read_271
from tests.unit.gateways.x12.scenes import GS, ISA, answer_with, make_question, wrapped

PLAIN = wrapped("BHT*0022*11*1*20261125*0930", "HL*1**20*1", "NM1*PR*2*BLUE RIDGE HEALTH*****PI*BRH01")


def only(text):
    (interchange,) = read(text)
    return interchange


def segments(text):
    (transaction,) = only(text).transactions()
    return transaction.segments


def oddities(text):
    return [oddity.code for oddity in only(text).oddities]


def test_envelopes_and_segments():
    interchange = only(PLAIN)
    assert (interchange.sender_id, interchange.receiver_id, interchange.control_number) == (
        "REFHUB",
        "BLUERIDGE",
        "000000007",
    )
    assert (interchange.groups[0].kind, interchange.groups[0].guide) == ("HB", "005010X279A1")
    assert segments(PLAIN)[3] == ["NM1", "PR", "2", "BLUE RIDGE HEALTH", "", "", "", "", "PI", "BRH01"]


def test_a_correct_text_is_not_odd():
    assert oddities(PLAIN) == []


def test_test_and_production_are_told_apart():
    assert not only(PLAIN).production
    assert only(PLAIN.replace("*0*T*:", "*0*P*:")).production


@pytest.mark.parametrize(
    "dress",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("~", "~\n"), id="lines"),
        pytest.param(lambda text: text.replace("~", "~\r\n"), id="lines of Windows"),
        pytest.param(lambda text: text.replace("~", "~\n\t  "), id="indented"),
        pytest.param(lambda text: "\n\n" + text + "\n\n\x1a", id="blank lines around"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="bytes"),
        pytest.param(lambda text: text.encode("utf-16"), id="bytes of UTF-16"),
    ],
)
def test_what_stands_around_segments_is_not_theirs(dress):
    assert segments(dress(PLAIN)) == segments(PLAIN)
    assert oddities(dress(PLAIN)) == []


@pytest.mark.parametrize("terminator", ["\n", "\r", "\r\n", "!", "\x1c", "\x1d", "'", "|"])
def test_odd_terminators(terminator):
    assert segments(PLAIN.replace("~", terminator)) == segments(PLAIN)


@pytest.mark.parametrize("separator", ["|", "\x1d", "+", "\t"])
def test_odd_element_separators(separator):
    assert segments(PLAIN.replace("*", separator)) == segments(PLAIN)


def test_accents_of_unknown_encoding_are_kept():
    assert segments(PLAIN.replace("BLUE", "BLÜE").encode("latin-1"))[3][3] == "BLÜE RIDGE HEALTH"


def test_a_last_segment_without_terminator_counts():
    assert oddities(PLAIN.removesuffix("~")) == []


@pytest.mark.parametrize("missing", ["~", "~\n"])
def test_a_missing_component_separator(missing):
    text = PLAIN.replace("*:~", "*~", 1).replace("~", missing)
    assert segments(text) == segments(PLAIN)
    assert "no_component_separator" in oddities(text)


def test_an_isa_that_lost_its_padding():
    text = PLAIN.replace("REFHUB         ", "REFHUB").replace("BLUERIDGE      ", "BLUERIDGE", 1)
    assert segments(text) == segments(PLAIN)
    assert oddities(text) == ["isa_length"]


def test_repetitions_are_divided_only_by_what_was_announced():
    assert only(PLAIN).delimiters.repetition == "^"
    assert only(PLAIN.replace("*^*00501", "*U*00401")).delimiters.repetition == ""
    assert only(PLAIN.replace("*^*00501", "*^*00401")).delimiters.repetition == ""


def test_several_interchanges_each_with_its_own_delimiters():
    first, second = read(PLAIN + "\n" + PLAIN.replace("*", "|").replace("~", "!"))
    assert [each.delimiters.element for each in (first, second)] == ["*", "|"]
    assert next(first.transactions()).segments == next(second.transactions()).segments


def test_interchanges_may_follow_without_a_break():
    assert len(read(PLAIN * 3)) == 3


def test_a_name_that_looks_like_a_header_begins_no_interchange():
    text = build_270(make_question(payer_name="Blue Ridge ISA"))
    assert segments(text)[3][3] == "BLUE RIDGE ISA"


def test_several_transactions_in_a_group():
    two = PLAIN.replace("GE*1*7", "ST*271*0002*005010X279A1~SE*2*0002~GE*2*7")
    assert [each.control_number for each in only(two).transactions()] == ["0001", "0002"]
    assert oddities(two) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("SE*5*", "SE*22*"), "segment_count"),
        (("SE*5*0001", "SE*5*0002"), "transaction_number"),
        (("GE*1*7", "GE*2*7"), "transaction_count"),
        (("GE*1*7", "GE*1*8"), "group_number"),
        (("IEA*1*", "IEA*2*"), "group_count"),
        (("IEA*1*000000007", "IEA*1*000000008"), "interchange_number"),
        (("SE*5*0001~", ""), "no_transaction_trailer"),
        (("GE*1*7~IEA*1*000000007~", ""), "no_interchange_trailer"),
        ((GS, ""), "no_group"),
        (("ST*271*0001*005010X279A1~", ""), "stray_segment"),
        (("SE*5*0001~", "SE*5*0001~SE*5*0001~"), "stray_trailer"),
        (("HL*1**20*1", "??"), "segment_name"),
        (("*00501*", "*00401*"), "version"),
        (("*^*00501", "*:*00501"), "same_separators"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(change, code):
    text = PLAIN.replace(*change, 1)
    assert code in oddities(text)
    assert only(text).groups


def test_text_before_the_header_is_odd_but_no_hindrance():
    assert oddities("HTTP/1.1 200 OK\r\n\r\n" + PLAIN) == ["leading_text"]


def test_leading_zeros_do_not_make_a_count_wrong():
    assert oddities(PLAIN.replace("SE*5*", "SE*05*")) == []


def test_oddities_say_where():
    (oddity,) = only(PLAIN.replace("SE*5*", "SE*22*")).oddities
    assert (oddity.segment, oddity.detail) == (7, "SE counts 22 segments; there are 5.")


def test_oddities_have_an_end():
    assert len(only(ISA + "??~" * 5000).oddities) == 200


@pytest.mark.parametrize(
    "text", ["", "hello", "<html>ISA</html>", "ISA", "ISA*00*", ISA[:-2], b"\xff\xfe", "MSH|^~\\&|"]
)
def test_what_is_not_x12_is_refused_with_a_sentence(text):
    with pytest.raises(NotX12, match="This is not X12"):
        read(text)


@given(st.text() | st.binary())
def test_no_input_does_worse_than_not_being_x12(text):
    try:
        read(text)
    except NotX12 as refusal:
        assert str(refusal).endswith(".")


@given(st.data())
def test_a_mutilated_text_is_read_or_refused(data):
    text = data.draw(st.sampled_from([build_270(make_question()), PLAIN, answer_with(("EB", "1", "", "30"))]))
    start, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 40))
    mutilated = text[:start] + data.draw(st.text(max_size=20)) + text[start + length :]
    try:
        read_271(mutilated)
    except NotX12:
        assert "ISA" not in mutilated or start < len(ISA)


@pytest.mark.parametrize("filler", ["\n", "~", " ", "ISA*", "~ISA*", "*", "\nISA*00*"])
def test_hostile_text_takes_no_more_than_its_length(filler):
    began = time.perf_counter()
    read(PLAIN + filler * (400_000 // len(filler)))
    assert time.perf_counter() - began < 5
