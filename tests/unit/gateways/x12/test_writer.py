"""What is written can be read again by us and by others, whatever the values hold."""

import string
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyx12.x12file import X12Reader

from gateways.clearinghouse.x12 import Delimiters, read
from gateways.clearinghouse.x12.writer import STANDARD, clean, envelope, segment

AT = datetime(2026, 11, 25, 9, 30)
MARKS = st.permutations([*"*^:~|!>+'\\\x1c\x1d\x1e\x1f"]).map(lambda marks: Delimiters(*marks[:4]))
VALUES = st.lists(st.text(max_size=12), min_size=1, max_size=8)
NAMES = st.text(string.ascii_uppercase, min_size=2, max_size=3).filter(
    lambda name: name not in ("ISA", "GS", "ST", "SE", "GE", "IEA", "TA1")
)


def written(rows, delimiters=STANDARD, **changes):
    body = [segment(name, *values, delimiters=delimiters) for name, values in rows]
    parties = {"sender_id": "REFHUB", "receiver_id": "PAYER", "control_number": 7, "production": True}
    kind = {"kind": "270", "group": "HS", "guide": "005010X279A1", "at": AT}
    return envelope(body, delimiters=delimiters, **kind | parties | changes)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), MARKS)
def test_what_is_written_reads_back_as_the_cleaned_values(rows, delimiters):
    (interchange,) = read(written(rows, delimiters))
    (transaction,) = interchange.transactions()
    expected = [[name, *(clean(value, delimiters) for value in values)] for name, values in rows]
    assert [padded(each) for each in transaction.segments[1:-1]] == [padded(each) for each in expected]
    assert interchange.delimiters == delimiters
    assert interchange.oddities == []


def padded(elements):
    return elements + [""] * (10 - len(elements))


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_another_reader_finds_the_same_segments(rows):
    text = written(rows)
    (transaction,) = next(iter(read(text))).transactions()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "270.txt"
        path.write_text(text)
        with X12Reader(str(path)) as other:
            theirs = [found.format().rstrip("*~") for found in other]
    assert theirs[2:-2] == ["*".join(each) for each in transaction.segments]


@given(st.text(max_size=30), MARKS)
def test_a_clean_value_holds_no_divider_and_nothing_outside_of_x12(value, delimiters):
    cleaned = clean(value, delimiters)
    marks = {delimiters.element, delimiters.repetition, delimiters.component, delimiters.segment}
    assert not marks & set(cleaned)
    assert set(cleaned) <= set(string.printable) - set(string.ascii_lowercase) - set("\t\n\r\x0b\x0c")


@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing_more(value):
    assert clean(clean(value)) == clean(value)


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("José Núñez", "JOSE NUNEZ"),
        ("Müller-Straße", "MULLER-STRASSE"),
        ("Øster Łódź", "OSTER LODZ"),
        ("Æsir", "AESIR"),
        ("O\u2019Brien", "O'BRIEN"),
        ("O`Brien", "O'BRIEN"),
        ("A*B~C:D^E", "A B C D E"),
        ("  two\n lines ", "TWO LINES"),
        ("\x00\x1d", ""),
        ("李 Li", "LI"),
    ],
)
def test_names_are_spelled_as_x12_can(value, cleaned):
    assert clean(value) == cleaned


def test_empty_elements_at_the_end_are_left_out():
    assert segment("NM1", "PR", "", "", "") == "NM1*PR~"


def test_composites_and_repetitions():
    assert segment("UM", "SC", ("11", "B", ""), ["30", "98"]) == "UM*SC*11:B*30^98~"


def test_the_header_is_106_characters_whoever_writes_to_whom():
    text = written([], sender_id="A VERY LONG SENDER NAME", receiver_id="")
    assert text.index("GS*") == 106


def test_numbers_and_counts_agree():
    text = written([("BHT", ["1"])])
    assert "SE*3*0001~GE*1*7~IEA*1*000000007~" in text


@pytest.mark.parametrize("number", [0, -1, 1_000_000_000])
def test_a_control_number_fits(number):
    with pytest.raises(ValueError, match="nine digits"):
        written([], control_number=number)


def test_a_value_cannot_forge_a_segment():
    forged = "DOE~AAA*N**75*C~"
    (interchange,) = read(written([("NM1", ["IL", forged])]))
    assert [each[0] for each in next(interchange.transactions()).segments] == ["ST", "NM1", "SE"]
