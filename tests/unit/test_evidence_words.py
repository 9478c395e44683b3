"""Probabilities and weights as people read them."""

import pytest

from organizations.words import percent, signed


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.614, "61%"), (0.9439, "94.4%"), (0.9999999, "over 99.9%"), (0.999, "99.9%"), (0.0, "0%")],
)
def test_a_probability_is_never_said_surer_than_it_is(share, words):
    assert percent(share) == words


def test_a_weight_has_its_sign():
    assert (signed(4.16), signed(-3.0), signed(0)) == ("+4.2", "−3.0", "+0.0")
