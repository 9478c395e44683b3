"""Signing in: passwords, codes, recovery codes; limits on wrong tries; an organization's policy."""

import base64
import hmac
import re
import struct
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client

from gateways import sandbox
from organizations.devices import device
from organizations.models import Membership, User
from tests.conftest import inside
from tests.factories import PASSWORD, make_membership, make_user

DOOR, CODE_DOOR = "/accounts/login/", "/accounts/2fa/authenticate/"
EMAIL = "ruth@lakeside.example"
NEW_PASSWORD = "a heron stood in the rain"
NO_MATCH = "That email and password do not match."
LOCKED = "Too many wrong tries. Wait 15 minutes, or reset your password."
TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|value="[^"]*@[^"]*"')
MINUTE = 60


@pytest.fixture(autouse=True)
def own_limits(settings):
    """Wrong tries of other tests are not this one's, and mail goes the way it goes outside of tests."""
    settings.EMAIL_BACKEND = "gateways.email.backend.GatewayBackend"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["default"].clear()


@pytest.fixture
def clock():
    """A clock that only the test moves."""
    with time_machine.travel("2026-11-25 16:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def ruth(member):
    """An administrator."""
    return member("admin", email=EMAIL, full_name="Ruth Alvarez")


def sign_in(client, email=EMAIL, password=PASSWORD, **more):
    return client.post(DOOR, {"login": email, "password": password, **more})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


# ---------------------------------------------------------------- a password
@pytest.mark.parametrize("email", [EMAIL, "Ruth@Lakeside.Example", " RUTH@LAKESIDE.EXAMPLE "])
def test_an_address_counts_in_any_case(client, ruth, email):
    assert sign_in(client, email)["Location"] == "/organizations/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, ruth):
    wrong, unknown = sign_in(client, password="not it"), sign_in(Client(), "nobody@lakeside.example")
    assert NO_MATCH in wrong.content.decode()
    assert TOKENS.sub(b"", wrong.content) == TOKENS.sub(b"", unknown.content)


def test_one_returns_to_the_page_one_was_led_away_from(client, ruth):
    assert sign_in(client, next="/o/lakeside/?view=mine")["Location"] == "/o/lakeside/?view=mine"


def test_nobody_is_led_to_another_site(client, ruth):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/organizations/"


def test_signing_out_ends_the_session(client, ruth):
    sign_in(client)
    client.post("/accounts/logout/")
    assert client.get("/o/lakeside/").status_code == 302


def test_nobody_signs_up_alone(client, db):
    page = client.get("/accounts/signup/")
    assert "Accounts come by invitation" in page.content.decode()
    client.post("/accounts/signup/", {"email": "new@lakeside.example", "password1": NEW_PASSWORD})
    assert not User.objects.exists()


# ---------------------------------------------------------------- wrong tries
def fail(client, times, email=EMAIL):
    for _ in range(times):
        answer = sign_in(client, email, "not it")
    return answer


def test_after_five_wrong_tries_even_the_right_password_waits(client, ruth):
    assert NO_MATCH in fail(client, 5).content.decode()
    assert LOCKED in sign_in(client).content.decode()
    assert not is_in(client)


def test_the_lock_opens_after_a_quarter_of_an_hour(clock, client, ruth):
    fail(client, 5)
    clock.shift(16 * MINUTE)
    sign_in(client)
    assert is_in(client)


def test_a_lock_is_one_persons(client, ruth, alicia):
    fail(client, 5)
    sign_in(client, alicia.user.email)
    assert is_in(client)


def test_an_address_nobody_has_is_locked_alike(client, ruth):
    fail(client, 5, "nobody@lakeside.example")
    assert LOCKED in sign_in(client, "nobody@lakeside.example").content.decode()


@pytest.fixture
def without_redis(settings, monkeypatch):
    """A Redis that refuses connections."""
    cache = {"BACKEND": "organizations.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": cache}
    caches["default"]._spare.clear()
    monkeypatch.setattr("organizations.cache.ForgivingRedisCache.away_until", 0.0)


def test_signing_in_works_fast_while_redis_is_away(without_redis, client, ruth):
    began = time.monotonic()
    sign_in(client)
    assert is_in(client)
    assert time.monotonic() - began < 2


def test_wrong_tries_are_counted_while_redis_is_away(without_redis, client, ruth):
    fail(client, 5)
    assert LOCKED in sign_in(client).content.decode()


# ---------------------------------------------------------------- the second step
def code_for(secret: str) -> str:
    """RFC 6238, as an authenticator app does it."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_app(client) -> str:
    """Turn the authenticator app on, as a person does; its secret."""
    page = client.get("/accounts/2fa/totp/activate/")
    client.post(page["Location"], {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'into the app: <span class="id">(\w+)</span>', page)[1]
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


@pytest.fixture
def secret(clock, client, ruth):
    """Ruth has set up her app, signed out, and given her password again."""
    sign_in(client)
    secret = set_up_app(client)
    client.post("/accounts/logout/")
    clock.shift(MINUTE)
    assert sign_in(client)["Location"] == CODE_DOOR
    return secret


def test_a_code_from_the_app_completes_the_sign_in(client, secret):
    assert not is_in(client)
    client.post(CODE_DOOR, {"code": code_for(secret)})
    assert is_in(client)


def test_a_code_may_be_typed_with_a_space(client, secret):
    code = code_for(secret)
    client.post(CODE_DOOR, {"code": f"{code[:3]} {code[3:]}"})
    assert is_in(client)


def test_a_wrong_code_says_what_to_do(client, secret):
    wrong = f"{(int(code_for(secret)) + 1) % 1_000_000:06}"
    assert "That code is not right." in client.post(CODE_DOOR, {"code": wrong}).content.decode()
    assert not is_in(client)


def test_a_code_counts_once(client, secret):
    client.post(CODE_DOOR, {"code": code_for(secret)})
    other = Client()
    sign_in(other)
    other.post(CODE_DOOR, {"code": code_for(secret)})
    assert not is_in(other)


def test_a_recovery_code_counts_once(clock, client, ruth):
    sign_in(client)
    set_up_app(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r'<li class="id">(\w+)</li>', page)
    assert len(codes) == 10
    for lets_in in (True, False):
        lost_phone = Client()
        sign_in(lost_phone)
        lost_phone.post(CODE_DOOR, {"code": codes[0]})
        assert is_in(lost_phone) is lets_in


def test_the_seed_is_sealed_in_the_database(client, secret, ruth):
    kept = {row.type: str(row.data) for row in Authenticator.objects.filter(user=ruth.user)}
    assert set(kept) == {"totp", "recovery_codes"}
    assert secret not in "".join(kept.values())


def test_a_changed_second_step_is_told_by_mail(client, ruth, django_capture_on_commit_callbacks):
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert "Authenticator app turned on" in [mail["subject"] for mail in sandbox.kept("email")]


def test_the_page_for_passkeys_holds_no_inline_script(client, ruth):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/webauthn/add/")
    scripts = re.findall(r"<script\b([^>]*)>", page.content.decode())
    assert page.status_code == 200 and scripts
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


# ---------------------------------------------------------------- a policy that asks for it
@pytest.fixture
def strict(lakeside):
    """Lakeside asks everybody for a second step."""
    lakeside.mfa_required = True
    lakeside.save()
    return lakeside


def test_who_has_no_second_step_is_sent_to_set_one_up_and_then_let_in(clock, strict, client, ruth):
    sign_in(client)
    answer = client.get("/o/lakeside/")
    assert answer["Location"] == "/accounts/2fa/?needed=yes"
    assert "asks everybody for a second step" in client.get(answer["Location"]).content.decode()
    set_up_app(client)
    assert client.get("/o/lakeside/").status_code == 200


def test_htmx_is_sent_there_with_the_whole_page(strict, client, ruth):
    sign_in(client)
    answer = client.get("/o/lakeside/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/accounts/2fa/?needed=yes"


def test_the_policy_is_one_organizations(strict, prairie, client, ruth):
    make_membership(prairie, "manager", user=ruth.user)
    sign_in(client)
    assert client.get("/o/prairie/").status_code == 200


# ---------------------------------------------------------------- a forgotten password
def reset_link() -> str:
    return re.search(r"http\S+(/accounts/password/reset/key/\S+)", sandbox.kept("email")[0]["text"])[1]


def test_a_new_password_is_chosen_through_a_link_that_works_once(client, ruth):
    client.post("/accounts/password/reset/", {"email": EMAIL})
    link = reset_link()
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    sign_in(client, password=PASSWORD)
    assert not is_in(client)
    sign_in(client, password=NEW_PASSWORD)
    assert is_in(client)


def test_asking_for_a_link_tells_nobody_who_has_an_account(client, ruth):
    answers = [client.post("/accounts/password/reset/", {"email": e}) for e in (EMAIL, "x@lakeside.example")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert {mail["to"] for mail in sandbox.kept("email")} == {EMAIL, "x@lakeside.example"}


def test_a_mail_service_that_is_away_breaks_no_page(client, member):
    member("nurse", email="down@lakeside.example")
    answer = client.post("/accounts/password/reset/", {"email": "down@lakeside.example"})
    assert answer["Location"] == "/accounts/password/reset/done/"


@pytest.mark.parametrize("weak", ["short", "password123456", "Ruth Alvarez 1!"])
def test_a_weak_password_is_refused(client, ruth, weak):
    sign_in(client)
    change = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post("/accounts/password/change/", change).status_code == 200
    assert User.objects.get(pk=ruth.user.pk).check_password(PASSWORD)


# ---------------------------------------------------------------- another address
def ask_for_change(client, address):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": address, "action_add": ""})


def test_a_new_address_counts_once_its_link_is_opened(client, ruth):
    ask_for_change(client, "ruth.new@lakeside.example")
    assert User.objects.get(pk=ruth.user.pk).email == EMAIL
    link = re.search(r"http\S+(/accounts/confirm-email/\S+)", sandbox.kept("email")[0]["text"])[1]
    client.post(link)
    assert User.objects.get(pk=ruth.user.pk).email == "ruth.new@lakeside.example"


def test_nobody_takes_an_address_that_is_not_theirs(client, ruth):
    ask_for_change(client, "chief@prairie.example")
    client.post("/accounts/email/", {"email": "chief@prairie.example", "action_primary": ""})
    assert User.objects.get(pk=ruth.user.pk).email == EMAIL


# ---------------------------------------------------------------- several devices, several organizations
def test_other_devices_are_signed_out_at_once(client, ruth):
    tablet = Client(headers={"user-agent": "Mozilla/5.0 (iPad; CPU OS 17_5) Version/17.5 Safari/604.1"})
    for browser in (client, tablet):
        sign_in(browser)
        browser.get("/o/lakeside/")
    assert "Safari on iPad" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert tablet.get("/o/lakeside/").status_code == 302
    assert client.get("/o/lakeside/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/141 Safari/604", "Chrome on iPhone"),
        ("curl/8.5", "A browser"),
    ],
)
def test_a_device_is_named_as_people_name_it(agent, words):
    assert device(agent) == words


def test_one_organization_opens_at_once(client, ruth):
    sign_in(client)
    assert client.get("/organizations/")["Location"] == "/o/lakeside/"


def test_several_are_offered_and_can_be_switched_between(prairie, client, ruth):
    make_membership(prairie, "manager", user=ruth.user)
    sign_in(client)
    for page in ("/organizations/", "/o/lakeside/"):
        assert 'href="/o/prairie/"' in client.get(page).content.decode()


def test_an_organization_that_one_left_is_not_offered(prairie, client, ruth):
    left = make_membership(prairie, "manager", user=ruth.user)
    with inside(prairie):
        Membership.objects.get(pk=left.pk).delete()
    sign_in(client)
    assert client.get("/organizations/")["Location"] == "/o/lakeside/"


def test_who_works_nowhere_is_told_whom_to_ask(client, db):
    make_user(email="new@lakeside.example")
    sign_in(client, "new@lakeside.example")
    page = client.get("/organizations/").content.decode()
    assert "No organization yet" in page and "invite new@lakeside.example" in page
