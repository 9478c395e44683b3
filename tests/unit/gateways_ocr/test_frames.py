"""Places on the upright page, put back on the page as it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.ocr import PageRead
from gateways.ocr.frames import as_received

PAGE = {"number": 1, "image": b"", "words": (), "seconds": 0.0}


def page(turned=0, skew=0.0, received=(1728, 1100), upright=(1728, 2200)):
    width, height = upright if turned in (0, 180) else (upright[1], upright[0])
    return PageRead(**PAGE, width=width, height=height, turned=turned, skew=skew, received=received)


def test_standard_resolution_rows_are_halved_again():
    assert as_received(page(), 100, 200, 50, 20) == (100, 100, 150, 110)


@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        (0, (0, 0, 50, 10)),
        (90, (1718, 0, 1728, 50)),
        (180, (1678, 2190, 1728, 2200)),
        (270, (0, 2150, 10, 2200)),
    ],
)
def test_the_upper_left_corner_goes_where_the_page_was_turned_to(turned, expected):
    assert as_received(page(turned, received=(1728, 2200)), 0, 0, 50, 10) == expected


@given(
    turned=st.sampled_from([0, 90, 180, 270]),
    skew=st.floats(-3.5, 3.5),
    x=st.integers(300, 1000),
    y=st.integers(300, 1000),
)
def test_a_box_stays_on_the_page_and_keeps_about_its_size(turned, skew, x, y):
    left, top, right, bottom = as_received(page(turned, skew, received=(1728, 2200)), x, y, 100, 30)
    assert 0 <= left < right <= 1728
    assert 0 <= top < bottom <= 2200
    assert sorted((right - left, bottom - top)) == pytest.approx([30, 100], abs=10)
