"""The worklist's address says what it lists, and nothing made up gets through it."""

from datetime import UTC
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import filtering
from referrals.queries import Choice, Filters, Place

SPECIALTY = Choice("specialty", uuid4(), "Cardiology")


def read_back(address):
    return dict(parse_qsl(address.removeprefix("?")))


@given(st.uuids(), st.none() | st.datetimes(timezones=st.just(UTC)))
def test_a_place_survives_its_way_through_an_address(identity, at):
    address = filtering.address("open", Filters(), Place(at, identity))
    assert filtering.place(read_back(address)["after"]) == Place(at, identity)


@given(st.text(max_size=60))
def test_a_place_that_somebody_made_up_is_the_first_page_or_a_whole_place(written):
    place = filtering.place(written)
    assert place is None or isinstance(place.id, UUID)


@pytest.mark.parametrize(
    "written", ["", "none", "2026-11-25,x", f"2026-11-25T10:00:00,{UUID(int=7)}", f"x,{UUID(int=7)}"]
)
def test_half_a_place_is_none(written):
    assert filtering.place(written) is None


def test_filters_survive_their_way_through_an_address():
    filters = Filters(specialty=str(uuid4()), owner=str(uuid4()))
    assert filtering.read(read_back(filtering.address("open", filters))) == filters


def test_a_filter_that_is_no_id_is_left_out():
    assert filtering.read({"specialty": "1 or 1=1", "payer": ""}) == Filters()


def test_a_chosen_filter_offers_its_removal():
    filters = Filters(specialty=str(SPECIALTY.id))
    menu = filtering.menus("open", filters, [SPECIALTY])[0]
    assert (menu.chosen, read_back(menu.without)) == ("Cardiology", {"view": "open"})


def test_choosing_keeps_the_view_and_the_other_filters():
    payer = str(uuid4())
    option = filtering.menus("overdue", Filters(payer=payer), [SPECIALTY])[0].options[0]
    assert read_back(option.address) == {"view": "overdue", "specialty": str(SPECIALTY.id), "payer": payer}
