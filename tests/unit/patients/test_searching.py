"""The keys by which patients are found, and which name is like which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.names import name_key
from patients.searching import (
    beginning,
    beheaded,
    is_vague,
    keys_of,
    likeness,
    name_words,
    numbered,
    paired,
    phone_ending,
    sounding,
)  # fmt: skip

names = st.text(st.characters(categories=["L"]), min_size=1, max_size=20).filter(name_key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("delgado", "delgdo"),
        ("smith", "smyth"),
        ("smith", "smtih"),
        ("delgado", "degaldo"),
        ("nguyen", "nguyn"),
        ("catherine", "katherine"),
    ],
)
def test_spellings_that_sound_alike_share_a_key(one, other):
    assert sounding(one) == sounding(other)


def test_another_first_letter_still_finds_a_name():
    assert beheaded("zelgado")[0] in keys_of(names=["Delgado"])


def test_a_telephone_is_found_by_its_end():
    [key] = keys_of(names=[], phones=["+12175550188"])
    assert all(key.startswith(phone_ending(end)) for end in ("0188", "555-0188", "2175550188"))


def test_a_number_is_found_with_and_without_its_dashes():
    assert keys_of(names=[], numbers=["ab-123 4"]) == {numbered("AB1234")}


@pytest.mark.parametrize(
    ("typed", "is_alike"),
    [
        (["maria"], True),
        (["mar", "del"], True),
        (["ruiz", "maria"], True),
        (["degaldo"], True),
        (["maria", "maria"], False),
        (["maria", "smith"], False),
        (["x"], False),
    ],
)
def test_every_typed_word_must_fit_a_name_of_its_own(typed, is_alike):
    assert bool(likeness(typed, ["delgado", "ruiz", "maria"])) == is_alike


def test_a_whole_name_is_more_like_than_a_beginning_and_that_more_than_a_sound():
    whole, begins, sounds = (likeness([word], ["smith"]) for word in ("smith", "smit", "smyth"))
    assert whole > begins > sounds > 0


@given(names, names)
def test_every_beginning_of_a_name_finds_it(family, given_name):
    keys = keys_of(names=[family, given_name])
    words = [key[2:] for key in keys if key.startswith("n:")]
    assert all(
        any(key.startswith(beginning(word[:n])) for key in keys)
        for word in words
        for n in range(1, len(word) + 1)
    )


@given(st.lists(names, min_size=1, max_size=4))
def test_a_name_is_wholly_like_itself(parts):
    words = sorted({part.lower() for part in parts})
    assert likeness(words, words) == 1.0


@given(
    st.lists(names, min_size=2, max_size=6, unique_by=name_key).filter(
        lambda parts: len(name_words(*parts)) > 1
    ),
    st.data(),
)
def test_beginnings_of_any_two_names_of_a_patient_lead_to_them(parts, data):
    keys, words = keys_of(names=parts), name_words(*parts)[:6]
    one, other = data.draw(st.permutations(words))[:2]
    typed = paired(one[: data.draw(st.integers(2, 20))], other[: data.draw(st.integers(1, 20))])
    assert len(one) < 2 or any(key.startswith(typed) for key in keys)


@pytest.mark.parametrize(("words", "vague"), [(["m", "s"], True), (["m", "sm"], False), (["m"], False)])
def test_initials_alone_are_vague(words, vague):
    assert is_vague(words) is vague
