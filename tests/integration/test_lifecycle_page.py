"""The generated page says what the tables say, and a stale one is noticed."""

import pytest
from django.core.management import CommandError, call_command

from referrals.lifecycle import MOVES
from referrals.management.commands import lifecycle_page


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The page, away from the project's own."""
    monkeypatch.setattr(lifecycle_page, "PAGE", tmp_path / "lifecycle.md")
    return tmp_path / "lifecycle.md"


def test_the_page_names_every_move(elsewhere):
    call_command("lifecycle_page")
    text = elsewhere.read_text()
    assert all(f"| `{name}` | {move.label} |" in text for name, move in MOVES.items())
    assert "scheduled --> seen: record_visit" in text and "| Text a booking link | us |" in text


def test_a_fresh_page_passes_the_check(elsewhere):
    call_command("lifecycle_page")
    call_command("lifecycle_page", check=True)


def test_a_changed_or_missing_page_is_stale(elsewhere):
    with pytest.raises(CommandError, match=r"docs/lifecycle.md is stale. Run ./dev manage lifecycle_page"):
        call_command("lifecycle_page", check=True)
    call_command("lifecycle_page")
    elsewhere.write_text(elsewhere.read_text() + "By hand.")
    with pytest.raises(CommandError, match="stale"):
        call_command("lifecycle_page", check=True)


def test_the_committed_page_is_up_to_date():
    call_command("lifecycle_page", check=True)
