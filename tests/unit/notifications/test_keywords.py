import pytest

from notifications.keywords import Meaning, meaning_of


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        " stop. ",
        "Stop!",
        "stopall",
        "STOP ALL",
        "unsubscribe",
        "CANCEL",
        "end",
        "Quit",
        "revoke",
        "opt out",
        "stop please",
        "Please stop texting me, thanks",
        "No more texts",
        "Don't text me",
        "DON’T TEXT ME again ever",
        "do not contact me",
        "take me off your list",
        "wrong number",
        "you have the wrong person",
        "ALTO",
        "basta",
        "por favor pare",
        "no más mensajes",
        "No me escriban",
        "deje de escribirme",
        "Número equivocado",
    ],
)
def test_any_reasonable_words_stop_the_texts(text):
    assert meaning_of(text) == Meaning.STOP


@pytest.mark.parametrize("text", ["START", "unstop", " yes "])
def test_a_keyword_starts_them_again(text):
    assert meaning_of(text) == Meaning.START


@pytest.mark.parametrize("text", ["HELP", "info?", "ayuda"])
def test_a_keyword_asks_for_help(text):
    assert meaning_of(text) == Meaning.HELP


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C",
        "R",
        "I can't stop coughing",
        "Does the bus stop there?",
        "Can I cancel my visit and pick another?",
        "yes I will come",
        "please help me find the office",
        "text me the address",
        "Sí",
        "me equivoqué de número de calle",
        "👍",
    ],
)
def test_anything_else_is_for_a_person_to_read(text):
    assert meaning_of(text) == Meaning.OTHER
