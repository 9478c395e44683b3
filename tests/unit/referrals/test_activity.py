"""The timeline's entries say who did what, and never show what opens a patient's page."""

from datetime import UTC, datetime

import pytest

from organizations.management.commands.build_icons import LUCIDE
from referrals.activity import BY_CHANNEL, MARKS, PLAIN, Happened, entry

NOW = datetime(2026, 11, 25, 16, tzinfo=UTC)


def happened(**facts):
    defaults = {"kind": "step", "name": "accept", "title": "Accepted", "text": "", "who": "Priya Nair, RN"}
    return Happened(at=NOW, **{**defaults, "to": "", "language": "", **facts})


def a_text(state, body="", channel="sms", to="+12175550188", language="en"):
    return happened(
        kind="message", name="booking_link", title=state, text=body, who=channel, to=to, language=language
    )


def test_a_step_names_who_made_it():
    assert entry(happened()).title == "Accepted, <b>Priya Nair, RN</b>"


def test_what_the_program_does_by_itself_is_not_signed():
    assert (
        entry(happened(title="Coverage: Active, copay $50.", who="ReferralHub")).title
        == "Coverage: Active, copay $50"
    )


def test_a_note_is_a_bubble_under_its_writer():
    shown = entry(happened(name="note", title="Note", text="Prefers mornings"))
    assert (shown.title, shown.bubble, shown.out) == ("<b>Priya Nair, RN</b>", "Prefers mornings", False)


def test_what_others_wrote_cannot_become_markup():
    assert "<script>" not in entry(happened(who="<script>")).title


def test_a_text_shows_what_was_said_to_whom_and_whether_it_arrived():
    shown = entry(a_text("delivered", "Pick a time", language="es"))
    assert (shown.title, shown.tone, shown.lang) == ("Text to (217) 555-0188, delivered", "ok", "es")


def test_the_link_in_a_message_is_not_shown():
    body = "Lakeside: pick a time: http://127.0.0.1:8000/p/7KQ2x8dH3kzPq0aVb1c2d3/ Reply STOP to opt out."
    shown = entry(a_text("sent", body)).bubble
    assert "7KQ2" not in shown
    assert "http://127.0.0.1:8000/p/… Reply STOP" in shown


@pytest.mark.parametrize(
    ("state", "words"),
    [("queued", "waiting to be sent"), ("failed", "not sent"), ("unknown", "may have been sent")],
)
def test_a_message_that_did_not_arrive_says_so(state, words):
    shown = entry(a_text(state, channel="email", to="a@example.org"))
    assert shown.title == f"E-mail to a@example.org, {words}"


def test_every_mark_has_an_icon_of_the_sprite():
    import zipfile

    icons = {mark.icon for mark in (*MARKS.values(), *BY_CHANNEL.values(), PLAIN)}
    with zipfile.ZipFile(LUCIDE) as archive:
        assert icons <= {name.removesuffix(".svg") for name in archive.namelist()}


def test_a_text_from_the_patient_is_not_shown_as_ours():
    shown = entry(a_text("received", "Can I come on Monday?"))
    assert (shown.title, shown.out) == ("Text from (217) 555-0188", False)
