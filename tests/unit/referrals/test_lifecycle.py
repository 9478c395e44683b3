"""The table of moves holds together."""

import pytest

from organizations.roles import PERMISSIONS, ROLES
from referrals.facets import is_ready_to_schedule
from referrals.leak_codes import LEAK_CODES, codes_for
from referrals.lifecycle import (
    ENDED,
    LABELS,
    MOVES,
    OPEN,
    IllegalMove,
    Stage,
    moves_from,
    reachable,
    target_of,
)
from referrals.ways import IN_CARDS, MEANWHILE, NEXT, WAYS


def test_every_stage_can_be_reached():
    assert reachable() == set(Stage)


def test_nothing_leads_out_of_void():
    assert moves_from(Stage.VOID) == []


def test_every_other_ended_stage_can_be_taken_back():
    stuck = [stage for stage in ENDED - {Stage.VOID} if not {"reopen", "recover"} & set(moves_from(stage))]
    assert stuck == []


def test_every_open_stage_leads_on():
    assert [stage for stage in OPEN if not moves_from(stage)] == []


@pytest.mark.parametrize("name", MOVES)
def test_a_move_needs_a_permission_that_some_role_has(name):
    assert MOVES[name].permission in PERMISSIONS
    assert any(MOVES[name].permission in role.permissions for role in ROLES.values())


@pytest.mark.parametrize("name", MOVES)
def test_a_move_from_elsewhere_is_refused_with_both_places_named(name):
    elsewhere = sorted(set(Stage) - MOVES[name].sources)[0]
    with pytest.raises(IllegalMove, match=f"{MOVES[name].label}.*{LABELS[elsewhere]}"):
        target_of(name, elsewhere)


@pytest.mark.parametrize("name", MOVES)
def test_a_page_offers_every_move_under_the_same_permission(name):
    assert WAYS[name].permission == MOVES[name].permission


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.needs_reason])
def test_a_move_that_needs_a_reason_cannot_be_posted_without_one(name):
    form = WAYS[name].asks({}, **({"stage": Stage.ACCEPTED} if name == "lose" else {}))
    assert not form.is_valid()


def test_what_a_next_action_offers_exists():
    offered = {name for names in (*NEXT.values(), *MEANWHILE.values(), IN_CARDS) for name in names}
    assert offered <= set(WAYS)


@pytest.mark.parametrize("stage", sorted(MOVES["lose"].sources))
def test_wherever_a_referral_can_be_lost_there_is_a_reason_for_it(stage):
    assert codes_for(stage)


def test_leak_codes_are_named_by_the_level_they_leak_at():
    assert {code.split("-")[0] for code in LEAK_CODES} == {f"L{n}" for n in range(9)} | {"X"}


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("records", "incomplete"),
        ("identity", "candidates"),
        ("eligibility", "pending"),
        ("authorization", "required"),
    ],
)
def test_one_red_facet_keeps_a_referral_from_being_booked(facet, value):
    green = {
        "records": "complete",
        "identity": "matched",
        "eligibility": "active",
        "authorization": "unknown",
    }
    assert is_ready_to_schedule(**green)
    assert not is_ready_to_schedule(**{**green, facet: value})
