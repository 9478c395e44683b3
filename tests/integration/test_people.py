"""Inviting colleagues, changing their roles, and saying goodbye; the organization's own facts."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gateways import sandbox
from organizations import actions, links
from organizations.models import AccessLink, Invitation, Membership, Organization, User
from tests.conftest import inside
from tests.factories import PASSWORD, make_membership, make_user

PEOPLE = "/o/lakeside/settings/people/"
NEW_PASSWORD = "a heron stood in the rain"


@pytest.fixture(autouse=True)
def mail_goes_out(settings):
    """Through the gateway, as outside of tests."""
    settings.EMAIL_BACKEND = "gateways.email.backend.GatewayBackend"


@pytest.fixture
def dana(member):
    """The practice's manager."""
    return member("manager", full_name="Dana Whitfield")


@pytest.fixture
def ruth(member):
    """An administrator."""
    return member("admin", full_name="Ruth Alvarez")


@pytest.fixture
def invite(lakeside, dana):
    """Invite somebody; the path of their link."""

    def send(email="new@lakeside.example", role="nurse", name="Noor Haddad") -> str:
        with inside(lakeside):
            _, address = actions.invite(email=email, full_name=name, role=role, by=dana)
        return re.sub(r"^http://[^/]+", "", address)

    return send


def members(organization) -> dict[str, str]:
    with inside(organization):
        found = Membership.objects.filter(organization=organization, is_active=True).select_related("user")
        return {m.user.email: m.role for m in found}


# ---------------------------------------------------------------- inviting
def test_an_invitation_goes_out_by_mail_with_its_link(dana, enter, django_capture_on_commit_callbacks):
    asked = {"full_name": "Noor Haddad", "email": "Noor@Lakeside.example", "role": "nurse"}
    with django_capture_on_commit_callbacks(execute=True):
        page = enter(dana).post(PEOPLE, asked).content.decode()
    mail = sandbox.kept("email")[0]
    assert (mail["to"], mail["subject"]) == (
        "noor@lakeside.example",
        "Join Lakeside Specialty on ReferralHub",
    )
    assert re.search(r"http\S+/invitations/\S+", mail["text"])[0] in page


def test_a_mail_service_that_is_away_still_shows_the_address(dana, enter, django_capture_on_commit_callbacks):
    asked = {"full_name": "Noor Haddad", "email": "down@lakeside.example", "role": "nurse"}
    with django_capture_on_commit_callbacks(execute=True):
        page = enter(dana).post(PEOPLE, asked)
    assert page.status_code == 200 and "/invitations/" in page.content.decode()


def test_looking_at_the_link_changes_nothing(client, lakeside, invite):
    page = client.get(invite()).content.decode()
    assert "Join Lakeside Specialty" in page and "Your role: Nurse." in page
    assert "new@lakeside.example" not in members(lakeside)


def test_joining_makes_an_account_and_a_membership(client, lakeside, invite):
    answer = client.post(invite(), {"password": NEW_PASSWORD})
    assert answer["Location"] == "/accounts/login/"
    assert members(lakeside)["new@lakeside.example"] == "nurse"
    assert User.objects.get(email="new@lakeside.example").check_password(NEW_PASSWORD)


def test_a_link_lets_in_once(client, invite):
    link = invite()
    client.post(link, {"password": NEW_PASSWORD})
    assert client.get(link).status_code == client.post(link, {"password": NEW_PASSWORD}).status_code == 410


def test_two_clicks_at_the_same_time_let_in_once(client, lakeside, invite, monkeypatch):
    link = invite()
    client.post(link, {"password": NEW_PASSWORD})
    monkeypatch.setattr(AccessLink, "is_open", lambda *args: True)
    assert client.post(link, {"password": NEW_PASSWORD}).status_code == 410


def test_a_link_ends_after_seven_days(client, lakeside, invite):
    link = invite()
    with inside(lakeside):
        access = AccessLink.objects.get(purpose="invitation")
        access.expires_at = timezone.now() - timedelta(seconds=1)
        access.save()
    assert client.get(link).status_code == 410


def test_who_has_an_account_joins_with_it(client, prairie, lakeside, invite):
    make_membership(prairie, "physician", email="owen@prairie.example")
    link = invite("Owen@prairie.example")
    assert "You have a ReferralHub account already" in client.get(link).content.decode()
    client.post(link)
    assert members(lakeside)["owen@prairie.example"] == "nurse"
    assert members(prairie)["owen@prairie.example"] == "physician"
    assert User.objects.get(email="owen@prairie.example").check_password(PASSWORD)


def test_who_left_comes_back_through_a_new_invitation(client, lakeside, alicia, invite):
    with inside(lakeside):
        alicia.is_active = False
        alicia.save()
    client.post(invite(alicia.user.email, role="nurse"))
    assert members(lakeside)[alicia.user.email] == "nurse"


@pytest.mark.parametrize("weak", ["short", "password123456", "Noor Haddad 123", "new@lakeside.example"])
def test_a_weak_password_is_refused_with_a_sentence(client, lakeside, invite, weak):
    answer = client.post(invite(), {"password": weak})
    assert answer.status_code == 422 and b'role="alert"' in answer.content
    assert "new@lakeside.example" not in members(lakeside)


def test_a_second_invitation_replaces_the_first(client, lakeside, invite):
    first, second = invite(role="nurse"), invite(role="physician")
    assert client.get(first).status_code == 410
    client.post(second, {"password": NEW_PASSWORD})
    assert members(lakeside)["new@lakeside.example"] == "physician"


def test_an_invitation_can_be_taken_back(client, lakeside, dana, enter, invite):
    link = invite()
    with inside(lakeside):
        invitation = Invitation.objects.get()
    enter(dana).post(f"/o/lakeside/settings/invitations/{invitation.pk}/withdrawal/")
    assert client.get(link).status_code == client.post(link, {"password": NEW_PASSWORD}).status_code == 410


def test_one_that_was_taken_up_cannot(client, lakeside, dana, enter, invite):
    client.post(invite(), {"password": NEW_PASSWORD})
    with inside(lakeside):
        invitation = Invitation.objects.get()
    browser = enter(dana)
    browser.post(f"/o/lakeside/settings/invitations/{invitation.pk}/withdrawal/")
    assert "has joined already" in browser.get(PEOPLE).content.decode()
    assert "new@lakeside.example" in members(lakeside)


def test_who_works_here_already_is_not_invited(dana, alicia, enter):
    asked = {"full_name": "A", "email": alicia.user.email.upper(), "role": "nurse"}
    answer = enter(dana).post(PEOPLE, asked)
    assert answer.status_code == 422 and "works here already" in answer.content.decode()


def test_the_token_is_kept_nowhere(lakeside, invite):
    token = invite().split("/")[2]
    with inside(lakeside):
        kept = AccessLink.objects.values_list("token_hash", flat=True).get()
    assert bytes(kept) == links._hash(token) and token.encode() not in bytes(kept)


# ---------------------------------------------------------------- roles
def change(browser, colleague, role):
    return browser.post(f"{PEOPLE}{colleague.pk}/role/", {"role": role})


def test_a_colleague_gets_another_role_with_their_next_click(dana, alicia, enter):
    desk, manager = enter(alicia), enter(dana)
    assert desk.get(PEOPLE).status_code == 403
    change(manager, alicia, "manager")
    assert desk.get(PEOPLE).status_code == 200


def test_the_change_is_in_the_history_with_who_made_it(lakeside, dana, alicia, enter):
    change(enter(dana), alicia, "nurse")
    with inside(lakeside):
        last = alicia.history.first()
    assert (last.role, last.history_user) == ("nurse", dana.user)


def test_nobody_changes_their_own_role(lakeside, ruth, enter):
    browser = enter(ruth)
    change(browser, ruth, "auditor")
    assert "You cannot do this to yourself" in browser.get(PEOPLE).content.decode()
    assert members(lakeside)[ruth.user.email] == "admin"


@pytest.mark.parametrize(("was", "role"), [("front_desk", "admin"), ("admin", "nurse")])
def test_a_manager_makes_and_unmakes_no_administrator(dana, member, enter, was, role):
    colleague = member(was)
    change(enter(dana), colleague, role)
    assert members(colleague.organization)[colleague.user.email] == was


def test_a_manager_invites_no_administrator(dana, enter):
    asked = {"full_name": "A", "email": "a@lakeside.example", "role": "admin"}
    assert enter(dana).post(PEOPLE, asked).status_code == 422


def test_an_administrator_makes_another(lakeside, ruth, alicia, enter):
    change(enter(ruth), alicia, "admin")
    assert members(lakeside)[alicia.user.email] == "admin"


def test_an_unknown_role_is_refused_with_a_sentence(lakeside, dana, alicia, enter):
    browser = enter(dana)
    change(browser, alicia, "emperor")
    assert "Choose one of the roles" in browser.get(PEOPLE).content.decode()
    assert members(lakeside)[alicia.user.email] == "front_desk"


def test_the_matrix_names_each_permission_in_words_and_counts_people(dana, alicia, enter):
    page = enter(dana).get("/o/lakeside/settings/roles/").content.decode()
    assert "Accept or decline" in page and "referrals.accept" not in page
    assert re.search(r'Front desk<span class="b">1 person<', page)


@pytest.mark.parametrize(("role", "place"), [("manager", "settings/people/"), ("admin", "settings/")])
def test_the_menu_leads_there(member, enter, role, place):
    page = enter(member(role)).get("/o/lakeside/attention/").content.decode()
    assert page.count(f'href="/o/lakeside/{place}"') == 2


# ---------------------------------------------------------------- leaving
def test_a_removed_colleague_is_out_with_the_next_click(dana, alicia, enter):
    desk = enter(alicia)
    assert desk.get("/o/lakeside/").status_code == 200
    enter(dana).post(f"{PEOPLE}{alicia.pk}/departure/")
    assert desk.get("/o/lakeside/").status_code == 404


def test_nobody_removes_themselves(lakeside, dana, enter):
    enter(dana).post(f"{PEOPLE}{dana.pk}/departure/")
    assert dana.user.email in members(lakeside)


def test_a_manager_removes_no_administrator(lakeside, dana, ruth, enter):
    enter(dana).post(f"{PEOPLE}{ruth.pk}/departure/")
    assert ruth.user.email in members(lakeside)


def test_a_colleague_of_another_organization_is_not_found(prairie, dana, enter):
    theirs = make_membership(prairie, "nurse")
    assert enter(dana).post(f"{PEOPLE}{theirs.pk}/departure/").status_code == 404


def test_a_membership_elsewhere_of_the_manager_is_not_found(prairie, dana, enter):
    elsewhere = make_membership(prairie, "manager", user=dana.user)
    assert change(enter(dana), elsewhere, "nurse").status_code == 404


# ---------------------------------------------------------------- the organization's facts
FACTS = {
    "name": "Lakeside Specialty", "short_name": "Lakeside", "city": "Springfield", "phone": "217.555.0100",
    "fax": "", "npi": "", "time_zone": "America/Chicago", "opens_at": "08:00", "closes_at": "17:00",
    "idle_minutes": "10",
}  # fmt: skip


def save(browser, **facts):
    return browser.post("/o/lakeside/settings/", {**FACTS, **facts})


def test_facts_are_saved_and_a_number_is_kept_as_machines_dial_it(lakeside, ruth, enter):
    assert save(enter(ruth), fax="(217) 555-0199", mfa_required="")["Location"] == "/o/lakeside/settings/"
    now = Organization.objects.get(pk=lakeside.pk)
    assert (now.phone, now.fax, now.idle_minutes) == ("+12175550100", "+12175550199", 10)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "555"}, "Type the number with its area code"),
        ({"phone": "call us"}, "Type the number with its area code"),
        ({"npi": "123"}, "An NPI has 10 digits."),
        ({"idle_minutes": "1"}, "greater than or equal to 2"),
        ({"idle_minutes": "90"}, "less than or equal to 60"),
        ({"closes_at": "07:00"}, "Choose a time after opening."),
        ({"time_zone": "Europe/Paris"}, "is not one of the available choices"),
    ],
)
def test_a_wrong_fact_is_refused_with_a_sentence(lakeside, ruth, enter, wrong, sentence):
    answer = save(enter(ruth), name="Changed", **wrong)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Organization.objects.get(pk=lakeside.pk).name == "Lakeside Specialty"


def test_the_form_shows_numbers_as_people_read_them(ruth, enter):
    assert 'value="(217) 555-0100"' in enter(ruth).get("/o/lakeside/settings/").content.decode()


def test_a_person_with_no_job_here_finds_nothing(lakeside):
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.get(PEOPLE).status_code == 404
