"""Files of patients, saved in whatever way, and what is wrong with each row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.columns import guess, named_apart, trouble_with
from patients.rows import birth_date, draft_of, heading_of, neutralised, phone, rows_of, text_of

TODAY = date(2026, 11, 25)
HEADING = "First Name,Last Name,DOB,Cell Phone\n"
MARIA = "Maria,Delgado,3/14/1967,(217) 555-0188\n"


def drafts(content: bytes | str):
    text = text_of(content.encode() if isinstance(content, str) else content)
    columns = named_apart(heading_of(text))
    return [draft_of(row, guess(columns), today=TODAY) for row in rows_of(text, columns)]


def test_a_row_becomes_a_patient():
    [draft] = drafts(HEADING + MARIA)
    assert draft.values == {
        "given_name": "Maria",
        "family_name": "Delgado",
        "birth_date": date(1967, 3, 14),
        "mobile": "+12175550188",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_however_it_was_saved(encoding):
    [draft] = drafts((HEADING + MARIA.replace("Delgado", "Muñoz")).encode(encoding))
    assert draft.values["family_name"] == "Muñoz"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_seen(delimiter):
    assert not drafts((HEADING + MARIA).replace(",", delimiter))[0].problems


def test_a_line_break_within_quotes_belongs_to_its_field():
    text = (
        HEADING.replace("DOB", "DOB,Address")
        + 'Maria,Delgado,3/14/1967,"12 Oak St\nApt 2",2175550188\n'
        + MARIA
    )
    rows = list(rows_of(text, named_apart(heading_of(text))))
    assert [row.number for row in rows] == [2, 3]


def test_columns_of_one_name_are_told_apart_and_the_first_is_taken():
    columns = named_apart(["Phone", "Phone", "", "DOB"])
    assert columns == ["Phone", "Phone (2)", "Column 3", "DOB"]
    assert guess(columns)["Phone (2)"] == ""


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({"a": "given_name", "b": "family_name"}, "birth date"),
        ({"a": "given_name", "b": "birth_date"}, "last name"),
        ({"a": "full_name", "b": "birth_date", "c": "birth_date"}, "Two columns"),
        ({"a": "full_name", "b": "birth_date"}, ""),
    ],
)
def test_a_mapping_that_cannot_do_says_why(mapping, word):
    assert word in trouble_with(mapping)
    assert bool(word) == bool(trouble_with(mapping))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",Delgado,3/14/1967,", "First name is missing."),
        ("Maria,Delgado,13/41/1967,", "There is no month 13. Type month, day, year, for example 3/14/1967."),
        ("Maria,Delgado,3/14/2067,", "This day has not come yet. Check the year."),
        ("Maria,Delgado,3/14/1897,", "This birth date is more than 125 years ago."),
        ("Maria,Delgado,3/14/1967,12", "This telephone number has too many or too few figures."),
        (
            "Maria,Delgado,3/14/1967,,x",
            "This row has more fields than the heading. A comma may lack its quotes.",
        ),
        (f"{'M' * 70},Delgado,3/14/1967,", "This is longer than 60 letters."),
        (
            f"{'M' * 200_000},Delgado,3/14/1967,",
            "A field of this row is too long or its quotes do not close.",
        ),
        ('Maria,"Delgado"x,3/14/1967,', "A field of this row is too long or its quotes do not close."),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_a_sentence(row, sentence):
    [draft] = drafts(f"{HEADING}{row}\n")
    assert [text for _, text in draft.problems] == [sentence]


def test_a_bad_row_does_not_spoil_the_next():
    good, bad = drafts(HEADING + f"{'9' * 200_000},x,y,z\n" + MARIA)
    assert (bool(good.problems), bool(bad.problems)) == (True, False)


def test_an_empty_file_has_no_rows():
    assert drafts("") == []
    assert drafts(HEADING + "\n,,,\n") == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_written_out_is_taken_for_a_formula(cell):
    assert neutralised(cell).startswith("'")


def test_one_name_column_is_taken_apart():
    [draft] = drafts('Patient,DOB\n"Delgado-Ruiz, Maria Teresa",1967-03-14 00:00:00\n')
    assert (draft.values["family_name"], draft.values["given_name"]) == ("Delgado-Ruiz", "Maria")


@given(st.dates(date(1910, 1, 1), TODAY), st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%b-%Y"]))
def test_a_birth_date_is_read_in_every_form(day, form):
    assert birth_date(day.strftime(form), TODAY) == day


@given(st.text(max_size=40))
def test_nothing_written_for_a_telephone_breaks_it(text):
    try:
        assert phone(text).startswith("+")
    except ValueError as trouble:
        assert str(trouble).startswith("This")


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(content):
    for draft in drafts(content):
        assert draft.values is not None
