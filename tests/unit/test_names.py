"""What two spellings of one name have in common."""

import pytest

from organizations.names import name_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("O'Neil-Ruíz", "oneil ruiz"), ("O’Neil", "oneil"), ("O‘Neil", "oneil"), ("  St.  John ", "st john"),
        ("Nguyễn", "nguyen"), ("Nguye\u0302\u0303n", "nguyen"), ("Đặng", "dang"), ("Łukasz", "lukasz"),
        ("Søren", "soren"), ("Strauß", "strauss"), ("Мария", "mariya"), ("王芳", "wangfang"), ("—", ""),
    ],
)  # fmt: skip
def test_a_name_is_keyed_as_it_is_typed_on_a_plain_keyboard(written, key):
    assert name_key(written) == key
