"""The permission matrix."""

import pytest

from organizations.roles import MANAGING, PERMISSIONS, ROLES, WORDS, may, may_give


def test_every_permission_has_words_once():
    words = [text for group in WORDS.values() for text in group.values()]
    assert len(words) == len(set(words)) == len(PERMISSIONS)


def test_no_role_grants_what_does_not_exist():
    assert set().union(*(role.permissions for role in ROLES.values())) == PERMISSIONS


def test_an_unknown_permission_is_a_mistake_not_a_no():
    with pytest.raises(KeyError, match=r"referrals\.veiw"):
        may("admin", "referrals.veiw")


BESIDE_THE_DESK = {"referrals.acknowledge", "directory.write", "analytics.view", "audit.view", *MANAGING}
LACKS = {
    "front_desk": {"referrals.accept", *BESIDE_THE_DESK},
    "nurse": BESIDE_THE_DESK,
    "physician": BESIDE_THE_DESK - {"referrals.acknowledge"},
    "manager": {"referrals.acknowledge", "organization.manage"},
    "admin": set(),
}
GRANTS = {
    "insurance": {
        "referrals.view", "patients.view", "documents.view", "documents.add", "referrals.write",
        "insurance.check", "jobs.view", "jobs.retry",
    },
    "auditor": {"referrals.view", "patients.view", "audit.view"},
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_a_role_grants_this_and_nothing_else(role):
    expected = GRANTS[role] if role in GRANTS else PERMISSIONS - LACKS[role]
    assert ROLES[role].permissions == expected


def test_a_nurse_accepts_and_the_front_desk_does_not():
    assert may("nurse", "referrals.accept") and not may("front_desk", "referrals.accept")


@pytest.mark.parametrize(
    ("giver", "role", "allowed"),
    [
        ("admin", "admin", True),
        ("admin", "auditor", True),
        ("manager", "admin", False),
        ("manager", "manager", True),
        ("manager", "physician", True),
        ("nurse", "manager", False),
    ],
)
def test_nobody_hands_out_a_right_to_manage_that_they_lack(giver, role, allowed):
    assert may_give(giver, role) is allowed
