"""Links for people without an account."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from organizations import links
from organizations.ids import READABLE, normalise_code, readable_code
from organizations.models import AccessLink
from tests.conftest import inside

SUBJECT = uuid.uuid4()


def issue(purpose="patient", days=7):
    return links.issue(purpose=purpose, subject_id=SUBJECT, expires_at=timezone.now() + timedelta(days=days))


def test_a_token_finds_its_link(scope):
    found = links.find(issue(), purpose="patient")
    assert found.subject_id == SUBJECT and found.is_open(timezone.now())


def test_a_token_begins_with_its_organizations_key_and_holds_128_bits_of_chance(scope):
    token = issue()
    assert token.startswith(scope.link_key) and len(token) == 4 + 22
    assert issue() != token


def test_only_the_hash_is_kept(scope):
    token = issue()
    kept = AccessLink.objects.get()
    assert token not in str(vars(kept)) and token[4:] not in str(vars(kept))
    assert not hasattr(AccessLink.history.get(), "token_hash")


def test_a_link_serves_one_purpose(scope):
    assert links.find(issue("patient"), purpose="office") is None


def test_a_link_is_not_found_in_another_organization(lakeside, prairie):
    with inside(lakeside):
        token = issue()
    with inside(prairie):
        assert links.find(token, purpose="patient") is None


def test_a_link_ends(scope):
    link = links.find(issue(days=1), purpose="patient")
    now = timezone.now()
    assert link.is_open(now) and not link.is_open(now + timedelta(days=1))


def test_a_revoked_link_is_closed_and_others_of_the_subject_are_not(scope):
    mine, other = issue("patient"), issue("office")
    links.revoke(purpose="patient", subject_id=SUBJECT)
    now = timezone.now()
    assert not links.find(mine, purpose="patient").is_open(now)
    assert links.find(other, purpose="office").is_open(now)


def test_three_wrong_answers_lock_a_link(scope):
    link = links.find(issue(), purpose="patient")
    told = []
    for _ in range(3):
        link = links.record_failure(link)
        told.append((link.tries_left, link.is_locked))
    assert told == [(2, False), (1, False), (0, True)]


def test_the_first_opening_is_remembered(scope):
    link = links.find(issue(), purpose="patient")
    links.record_opened(link)
    first = link.opened_at
    links.record_opened(link)
    assert links.find(issue("other"), purpose="patient") is None
    assert AccessLink.objects.get(pk=link.pk).opened_at == first


@pytest.mark.parametrize("typed", ["abcd-1o2i", "ABCD 1021", " abcd1O2l "])
def test_a_code_read_aloud_is_understood(typed):
    assert normalise_code(typed) == "ABCD1021"


def test_a_code_has_no_letter_that_looks_like_a_figure():
    assert set(readable_code(500)) <= set(READABLE)
    assert not set("ILOU") & set(READABLE)
