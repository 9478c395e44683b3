"""Whether two records are of one person, and what a clerk is told about it."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.matching import Parameters, Person, compare, compare_with
from tests.unit.patients.people import MARIA, like

word = st.text(alphabet="aabcdemnorst '-é1", max_size=12)
texts = dict.fromkeys(("given_name", "family_name", "middle_name", "street", "unit", "city", "state"), word)
people = st.builds(
    Person,
    **texts,
    birth_date=st.one_of(st.none(), st.dates(), st.text(alphabet="0123456789-/", max_size=10)),
    sex=st.sampled_from(["", "F", "male", "X"]),
    suffix=st.sampled_from(["", "Jr", "III"]),
    street_number=st.sampled_from(["", "1", "12", "21"]),
    postal_code=st.sampled_from(["", "62704", "627041234", "6270"]),
    phones=st.frozensets(st.sampled_from(["2175550142", "+1 (217) 555-0143", "x"]), max_size=2),
    member_ids=st.frozensets(st.sampled_from(["W123456789", "W12345678901", b"\x01"]), max_size=2),
)
STRANGERS = Parameters(match=1e-40, household=1e-60)  # two strangers, unless they agree much


def words(a, b):
    return {one.words for one in compare(a, b).fields}


@given(a=people, b=people)
@settings(max_examples=80, deadline=None)
def test_the_order_of_two_records_makes_no_difference(a, b):
    assert compare(a, b) == compare(b, a)


@given(a=people, b=people)
@settings(max_examples=80, deadline=None)
def test_every_probability_is_one_and_the_answer_follows_it(a, b):
    found = compare(a, b)
    assert 0 <= found.probability <= 1
    assert found.decision in ("same", "ask", "different")
    assert found.decision != "same" or found.probability >= Parameters().same_at


def test_a_record_is_of_the_same_person_as_itself():
    assert compare(MARIA, MARIA).decision == "same"


@pytest.mark.parametrize("name", [field.name for field in fields(Person)])
def test_a_missing_value_is_no_evidence(name):
    less = replace(MARIA, **{name: Person.__dataclass_fields__[name].default})
    assert {one.field for one in compare(less, MARIA).fields} <= {
        one.field for one in compare(MARIA, MARIA).fields
    }


def test_two_empty_records_are_strangers_without_evidence():
    found = compare(Person(), Person())
    assert (found.fields, found.weight, found.decision) == ((), 0, "different")


@pytest.mark.parametrize(
    ("name", "nearer", "farther"),
    [
        ("given_name", "Mariah", "Jennifer"),
        ("family_name", "Delgdo", "Thompson"),
        ("birth_date", "1986-03-13", "1961-11-30"),
        ("postal_code", "62705", "10001"),
        ("phones", frozenset({"2175550143"}), frozenset({"3095550000"})),
        ("member_ids", frozenset({"W923456789"}), frozenset({"H555000111"})),
    ],
)
def test_the_less_agrees_the_less_it_weighs(name, nearer, farther):
    values = (getattr(MARIA, name), nearer, farther)
    found = [compare(MARIA, like(**{name: value}), STRANGERS).weight for value in values]
    assert found[0] > found[1] > found[2]


@pytest.mark.parametrize(
    "change",
    [
        {"birth_date": "1986-12-03"},
        {"birth_date": "1986-03-13"},
        {"birth_date": "1986-13-32"},
        {"given_name": "Delgado", "family_name": "Maria"},
        {"family_name": "Delgado-Ruiz"},
        {"given_name": "Mari"},
        {"given_name": "Maria Teresa"},
        {
            "street_number": "9",
            "street": "Elm Ave",
            "city": "Peoria",
            "postal_code": "61602",
            "phones": frozenset(),
        },
        {"family_name": "DELGADO", "street": "oak st.", "phones": frozenset({"+1 (217) 555-0142"})},
    ],
)
def test_one_slip_or_move_leaves_the_person_the_same(change):
    assert compare(MARIA, like(**change)).decision == "same"


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": "Marisol", "member_ids": frozenset({"W12345678902"})},
        {"given_name": "Carlos", "sex": "M"},
        {"given_name": "Elena", "member_ids": frozenset()},
    ],
    ids=["twins named alike", "twins of either sex", "twins, number unknown"],
)
def test_twins_are_not_taken_for_one_person(change):
    assert compare(MARIA, like(**change)).decision != "same"


@pytest.mark.parametrize(
    ("name", "born"), [("Sofia", "2014-07-30"), ("Luis", "1984-01-09"), ("Maria", "2014-07-30")]
)
def test_people_of_one_household_are_not_taken_for_one_person(name, born):
    assert compare(MARIA, like(given_name=name, birth_date=born, sex="")).decision != "same"


def test_a_junior_without_a_birth_date_is_a_question():
    assert compare(like(suffix="Jr", birth_date=None), MARIA).decision == "ask"


def test_a_common_name_says_less_than_a_rare_one():
    known = replace(STRANGERS, frequencies={"family_name": {"smith": 0.01}})
    smith, rare = (
        like(family_name=name, phones=frozenset(), member_ids=frozenset()) for name in ("Smith", "Zwick")
    )
    assert compare(smith, smith, known).weight < compare(rare, rare, known).weight


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"birth_date": "1986-12-03"}, "Birth date: day and month swapped"),
        ({"birth_date": "1986-03-17"}, "Birth date: one digit apart"),
        ({"given_name": "Mari"}, "First name: nickname"),
        ({"given_name": "M."}, "First name: initial only"),
        ({"given_name": "Delgado", "family_name": "Maria"}, "Name order: first and last swapped"),
        ({"family_name": "Delgado Ruiz"}, "Last name: one of two last names"),
        ({"street_number": "481"}, "Address: same but for house number one digit apart"),
        ({"street": "Elm", "postal_code": "10001", "city": "Troy", "state": "NY"}, "Address: another one"),
        ({"member_ids": frozenset({"W12345678902"})}, "Member ID: same family's number"),
        ({"sex": "M"}, "Sex: different"),
    ],
)
def test_a_clerk_is_told_in_words_what_agrees(change, said):
    assert said in words(MARIA, like(**change))


def test_a_shared_address_and_telephone_say_little_against_a_household():
    found = compare(MARIA, like(given_name="Elena", birth_date="1984-01-09"))
    assert (found.against, compare(MARIA, like(given_name="Elena")).against) == ("household", "twins")
    assert {one.field: one.weight < 2 for one in found.fields}.items() >= {("address", True), ("phone", True)}


def test_what_was_learned_can_be_kept_as_json_and_read_again():
    known = Parameters(frequencies={"family_name": {"smith": 0.01}}, match=2e-6, same_at=0.98)
    kept = Parameters.from_json(known.to_json())
    other = like(birth_date="1986-12-03")
    assert compare(MARIA, other, kept) == compare(MARIA, other, known)


def test_one_person_and_many_give_what_each_pair_gives():
    others = [MARIA, like(given_name="Elena"), Person()]
    assert compare_with(MARIA, others) == [compare(MARIA, one) for one in others]
    assert compare_with(MARIA, []) == []
