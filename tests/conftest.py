"""The stage for every test: a database of its own, made by the owner and used through the serving role."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client

from jobs.actions import claim
from jobs.models import Job
from jobs.tasks import perform
from organizations import crypto
from organizations.models import Membership, Organization
from organizations.scope import organization_scope
from tests import factories

# The browser tests leave an event loop running in this thread; no test here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
BASE = Path(settings.BASE_DIR)
SHARED = BASE.parent / "shared"
TEMPLATE, COPIES = "test_template_", "test_referralhub_"
PASSWORD = "correct horse battery staple"


def shared(*parts: str) -> Path:
    """A folder of outside samples; the test skips, visibly, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs ../shared/{'/'.join(parts)}")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On several cores a file stays on one of them, and so do all that share the one whole site."""
    for item in items:
        of_the_site = "site" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("site" if of_the_site else str(item.path)))


# ---------------------------------------------------------------- the database
@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Copy the migrated template as app_owner, and point every role's connection at the copy."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"{COPIES}{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        with _maintenance() as owner:
            owner.execute("SET lock_timeout = 0; SET statement_timeout = 0")
            owner.execute("SELECT pg_advisory_lock(hashtext('template of tests'))")
            _sweep(owner)
            template = _template(owner)
            owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        _point_at(name)
    yield
    with django_db_blocker.unblock():
        _close_all()
        _drop(name)


def _template(owner: psycopg.Connection[Any]) -> str:
    """A database as these very migrations leave it, made once: migrating takes longer than most test files."""
    name = f"{TEMPLATE}{_mark_of_migrations()}"
    known = {row[0] for row in owner.execute("SELECT datname FROM pg_database").fetchall()}
    if name in known:
        return name
    for stale in (one for one in known if one.startswith(TEMPLATE)):
        owner.execute(f'DROP DATABASE IF EXISTS "{stale}"')
    making = f"{name}_unfinished"
    owner.execute(f'CREATE DATABASE "{making}"')
    _prepare(making)
    _point_at(making)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    _close_all()
    owner.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def _mark_of_migrations() -> str:
    mark = hashlib.sha256(django.__version__.encode())
    ours = [
        *BASE.glob("*/migrations/*.py"),
        *BASE.glob("organizations/postgres/*.py"),
        BASE / "organizations/rls.py",
    ]
    for path in sorted(ours):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:16]


def _drop(name: str) -> None:
    """A thread of a live server may hold a session a moment longer; a database still held is swept up later."""
    with _maintenance() as owner:
        for patience in (0.5, 1, 2, 0):
            try:
                owner.execute(f'DROP DATABASE IF EXISTS "{name}"')
                return
            except psycopg.errors.ObjectInUse:
                time.sleep(patience)


def _sweep(owner: psycopg.Connection[Any]) -> None:
    """Drop what test runs left behind that are no more: the name ends in the process's number."""
    for (name,) in owner.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{COPIES}"]
    ).fetchall():
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
            owner.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _dsn(database: str) -> str:
    config = settings.DATABASES["owner"]
    return psycopg.conninfo.make_conninfo(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        password=config["PASSWORD"],
        dbname=database,
    )


def _maintenance() -> psycopg.Connection[Any]:
    return psycopg.connect(_dsn("postgres"), autocommit=True)


def _close_all() -> None:
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _point_at(name: str) -> None:
    _close_all()
    for connection in connections.all():
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def _prepare(name: str) -> None:
    from organizations.postgres.provision import prepare_database

    with psycopg.connect(_dsn(name), autocommit=True) as owner:
        prepare_database(owner)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real commits, seen by other processes and roles; afterwards every table is emptied by the owner."""
    with django_db_blocker.unblock():
        yield
        for connection in connections.all():
            connection.close()
        with psycopg.connect(_dsn(settings.DATABASES["owner"]["NAME"]), autocommit=True) as owner:
            owner.execute(EMPTY_ALL)


# Only what has been written to, by its size: row security hides the rows themselves from their owner.
EMPTY_ALL = """
DO $$ DECLARE t regclass; written text; BEGIN
  SELECT string_agg(oid::regclass::text, ', ') INTO written FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission');
  IF written IS NULL THEN RETURN; END IF;
  FOR t IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'never_emptied' LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER never_emptied', t);
  END LOOP;
  EXECUTE format('TRUNCATE %s CASCADE', written);
  FOR t IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'never_emptied' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER never_emptied', t);
  END LOOP;
END $$
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    """Documents and sandboxes of one test are seen by no other."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    settings.SANDBOX_DIR = tmp_path / "sandbox"
    settings.WATCHED_FOLDER = tmp_path / "watched"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    crypto.forget_keys()


# ---------------------------------------------------------------- the cast
@pytest.fixture
def lakeside(db: None) -> Organization:
    """A specialty practice, mostly on the receiving side."""
    return factories.make_organization(slug="lakeside", name="Lakeside Specialty", short_name="Lakeside")


@pytest.fixture
def prairie(db: None) -> Organization:
    """Another tenant."""
    return factories.make_organization(slug="prairie", name="Prairie Family Medicine", short_name="Prairie")


@pytest.fixture
def scope(lakeside: Organization) -> Iterator[Organization]:
    """The test itself stands inside Lakeside, acting as nobody in particular."""
    with organization_scope(lakeside.pk, actor="command:test"):
        yield lakeside


@pytest.fixture
def member(lakeside: Organization) -> Callable[..., Membership]:
    """Make a colleague at Lakeside with the given role."""
    return lambda role="front_desk", **kw: factories.make_membership(lakeside, role, **kw)


@pytest.fixture
def alicia(member: Callable[..., Membership]) -> Membership:
    """Front desk."""
    return member("front_desk", full_name="Alicia Warren")


@pytest.fixture
def priya(member: Callable[..., Membership]) -> Membership:
    """Nurse: may accept."""
    return member("nurse", full_name="Priya Nair")


@pytest.fixture
def enter() -> Callable[[Membership], Client]:
    """A browser signed in as this member; addresses begin with /o/<slug>/."""

    def sign_in(membership: Membership) -> Client:
        browser = Client()
        browser.force_login(membership.user)
        return browser

    return sign_in


# ---------------------------------------------------------------- later work
@pytest.fixture
def run_jobs() -> Callable[..., int]:
    """Do every due job of the organization, each in a scope of its own; returns how many were tried."""
    current_app.loader.import_default_modules()  # a worker knows every app's handlers

    def run_all(organization: Organization, *, rounds: int = 10) -> int:
        tried = 0
        for _ in range(rounds):
            due = _due_jobs(organization)
            for job_id in due:
                with organization_scope(organization.pk, actor="job:claim"):
                    job = claim(job_id)
                if job is not None:
                    perform(job)
                    tried += 1
            if not due:
                break
        return tried

    return run_all


def _due_jobs(organization: Organization) -> list[Any]:
    from django.utils import timezone

    with organization_scope(organization.pk, actor="job:claim"):
        return list(Job.objects.due(timezone.now()).order_by("available_at").values_list("pk", flat=True))


@contextmanager
def inside(organization: Organization, actor: str = "command:test") -> Iterator[None]:
    """The organization's scope, for a few lines."""
    with organization_scope(organization.pk, actor=actor):
        yield
