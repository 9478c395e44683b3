from datetime import date

import pytest

from notifications.wording import (
    Reveals,
    for_phone,
    gsm_units,
    parts,
    refuse_health_information,
    ways_to_write,
)

MARIA = ["Maria", "Delgado-Ruíz", *ways_to_write(date(1967, 3, 14))]


@pytest.mark.parametrize(
    "text",
    [
        "Lakeside: MARIA, pick a time",
        "Lakeside: your visit, Ms. delgado ruiz",
        "Lakeside: born 03/14/1967?",
        "Lakeside: born March 14, 1967",
    ],
)
def test_a_text_that_tells_something_about_the_patient_is_refused(text):
    with pytest.raises(Reveals):
        refuse_health_information(text, forbidden=MARIA)


def test_a_refusal_does_not_repeat_what_it_found():
    with pytest.raises(Reveals) as refusal:
        refuse_health_information("Maria, pick a time", forbidden=MARIA)
    assert "Maria" not in str(refusal.value)


def test_part_of_a_longer_word_is_not_a_name():
    refuse_health_information("Lakeside: pick a time in Marianne's office", forbidden=["Maria", "Lake"])


def test_a_patient_called_day_may_be_told_the_day():
    refuse_health_information("What day suits you?", forbidden=["Day"], own="What day suits you?")


def test_an_empty_name_forbids_nothing():
    refuse_health_information("Lakeside: pick a time", forbidden=["", " "])


def test_a_text_within_gsm_has_160_characters_a_part():
    assert [parts("é" * 160), parts("é" * 161), parts("é" * 306), parts("é" * 307)] == [1, 2, 2, 3]


def test_a_letter_outside_gsm_leaves_70_characters_a_part():
    assert [parts("á" * 70), parts("á" * 71)] == [1, 2]


def test_a_bracket_counts_twice():
    assert gsm_units("[x]") == 5


def test_a_phone_gets_plain_letters_where_gsm_has_no_accented_ones():
    assert for_phone("sáb 28 nov: ¿Señor Núñez, Łódź?") == "sab 28 nov: ¿Señor Nuñez, Łodz?"
