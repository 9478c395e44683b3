"""A database of its own for one benchmark, made as app_owner and dropped afterwards."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import psycopg


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """Every connection of this process points at an empty, migrated database while the block runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "referralhub.settings")
    django.setup()
    from django.core.management import call_command

    from organizations.postgres.provision import prepare_database

    own = f"bench_{name}_{os.getpid()}"
    with _connected("postgres") as owner:
        owner.execute(f'CREATE DATABASE "{own}"')
    try:
        with _connected(own) as owner:
            prepare_database(owner)
        _point_at(own)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield
    finally:
        _close_all()
        _drop(own)


def analyze() -> None:
    """Bring the planner's statistics up to date, as autovacuum does in time."""
    from django.conf import settings

    with _connected(settings.DATABASES["owner"]["NAME"]) as owner:
        owner.execute("VACUUM ANALYZE")


def _drop(name: str) -> None:
    """Without force, which may not end autovacuum; the server itself sends that away.

    A killed process's session ends once its statement does, so it is given a minute.
    """
    with _connected("postgres") as owner:
        for _ in range(60):
            try:
                owner.execute(f'DROP DATABASE IF EXISTS "{name}"')
                return
            except psycopg.errors.ObjectInUse:
                time.sleep(1)


def _connected(database: str) -> psycopg.Connection[Any]:
    from django.conf import settings

    config = settings.DATABASES["owner"]
    return psycopg.connect(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        password=config["PASSWORD"],
        dbname=database,
        autocommit=True,
    )


def _point_at(name: str) -> None:
    from django.conf import settings
    from django.db import connections

    _close_all()
    for connection in connections.all():
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def _close_all() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
