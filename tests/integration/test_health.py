"""What load balancers and supervisors ask."""

import pytest
from django.db import OperationalError, connection

from organizations.views import health


def test_a_live_process_says_so_without_asking_anything(client):
    answer = client.get("/livez")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"live\n", "text/plain")


def test_ready_means_database_and_every_migration(client, db):
    assert client.get("/readyz").json() == {"ready": True}


def test_a_database_that_is_away_is_named_and_nothing_else(client, db, monkeypatch):
    def refuse():
        raise OperationalError("connection to server at 10.0.0.5 failed")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "ensure_connection", refuse)
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "missing": "database"})


def test_a_migration_that_is_missing_is_named(client, db, monkeypatch):
    monkeypatch.setattr(health, "newest_migrations", lambda: frozenset({("jobs", "9999_not_applied")}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "missing": "migrations"})


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_neither_takes_anything_in(client, db, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
