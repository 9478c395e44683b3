"""Every address says who may come in, keeps strangers out, and leaves a record when it shows a patient."""

import uuid

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from organizations.roles import PERMISSIONS, ROLES

SIGN_IN_PAGES = "accounts/"  # django-allauth guards its own


def walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


def inside_addresses():
    return list(walk(get_resolver(settings.ORGANIZATION_URLCONF).url_patterns))


def outside_addresses():
    return [
        (route, p)
        for route, p in walk(get_resolver(settings.ROOT_URLCONF).url_patterns)
        if not route.startswith(SIGN_IN_PAGES)
    ]


def filled(route: str) -> str:
    """A made-up but well-formed address."""
    for kind, value in {"uuid": str(uuid.uuid4()), "int": "1", "str": "R-99999", "slug": "x"}.items():
        while f"<{kind}:" in route:
            start = route.index(f"<{kind}:")
            route = route[:start] + value + route[route.index(">", start) + 1 :]
    return route


def test_every_page_of_an_organization_names_a_permission():
    unnamed = [
        route for route, p in inside_addresses() if getattr(p.callback, "permission", None) not in PERMISSIONS
    ]
    assert unnamed == []
    assert len(inside_addresses()) > 20


def test_every_page_outside_says_that_it_is_public_by_link_or_for_people_signed_in():
    said = {route: getattr(p.callback, "permission", "") for route, p in outside_addresses()}
    assert {
        r: s for r, s in said.items() if s not in {"public", "signed in"} and not s.startswith("link:")
    } == {}


def test_every_permission_is_somebodys_and_used():
    granted = set().union(*(role.permissions for role in ROLES.values()))
    used = {p.callback.permission for _, p in inside_addresses()}
    assert granted == PERMISSIONS
    assert PERMISSIONS - used <= {
        "patients.view",
        "patients.write",
    }  # their own pages come with the people issue


def test_a_stranger_learns_nothing(lakeside, prairie, member, enter, client):
    """Signed in elsewhere: 404 as for a wrong slug. Not signed in: the door."""
    browser = enter(member("admin"))
    answers = {
        route: (browser.get(address).status_code, client.get(address).status_code)
        for route, _ in inside_addresses()
        for address in [f"/o/prairie/{filled(route)}"]
    }
    assert {route: codes for route, codes in answers.items() if codes != (404, 302)} == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_the_permission_gets_a_sentence(role, member, enter):
    browser = enter(member(role))
    closed = [r for r, p in inside_addresses() if p.callback.permission not in ROLES[role].permissions]
    answers = {
        (route, method): getattr(browser, method)(f"/o/lakeside/{filled(route)}")
        for route in closed
        for method in ("get", "post")
    }
    assert {which for which, answer in answers.items() if not is_refused(answer)} == set()


def is_refused(answer) -> bool:
    return answer.status_code == 405 or (answer.status_code == 403 and b"may not" in answer.content)


def test_an_id_of_nowhere_is_not_found(member, enter):
    browser = enter(member("admin"))
    answers = {
        route: {browser.get(address).status_code, browser.post(address).status_code}
        for route, _ in inside_addresses()
        for address in [f"/o/lakeside/{filled(route)}"]
        if "<" in route
    }
    assert {route: codes for route, codes in answers.items() if not {404} <= codes <= {404, 405}} == {}


def test_a_made_up_link_opens_nothing(client, db):
    links = [r for r, p in outside_addresses() if str(p.callback.permission).startswith("link:")]
    answers = {
        (route, method): getattr(client, method)(f"/{filled(route)}").status_code
        for route in links
        for method in ("get", "post")
    }
    assert len(links) > 5
    assert {which: code for which, code in answers.items() if code not in {404, 405, 410}} == {}


def test_names_of_addresses_are_unique_within_their_side():
    for side in (inside_addresses(), outside_addresses()):
        names = [p.name for _, p in side if p.name]
        assert len(names) == len(set(names))


def test_every_address_of_an_organization_has_a_name():
    assert [route for route, pattern in inside_addresses() if not pattern.name] == []
