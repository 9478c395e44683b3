from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from notifications import render
from notifications.render import Facts
from notifications.wording import Reveals, gsm_units, parts, refuse_health_information
from organizations.models import Organization

FOLDER = Path(settings.BASE_DIR) / "templates" / "messages"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
MAILS = sorted(path.parent.name for path in FOLDER.glob("*/email.txt"))
LINK = "https://referralhub.example/p/7KQ2abcdefghijklmnopqrstuv/"
PRACTICE = Organization(
    name="Lakeside Specialty", short_name="Lakeside", phone="+12175550100", city="Springfield"
)
FACTS = Facts(PRACTICE, LINK, datetime(2026, 11, 28, 16, 20, tzinfo=UTC))
# Words of a demo referral that no message may hold.
ABOUT = [
    "Maria",
    "Delgado",
    "Cardiology",
    "cardiología",
    "Okafor",
    "Lindqvist",
    "chest",
    "chest tightness",
    "R07.89",
    "Heritage",
    "PPO",
    "03/14/1967",
    "referral",
    "authorization",
    "insurance",
    "diagnosis",
    "specialist",
]


def test_every_message_there_is_gets_tried():
    assert len(NAMES) >= 8
    assert {"booking_link", "booking_reminder", "booked", "stopped"} <= set(NAMES)


@pytest.mark.parametrize("language", render.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_tells_anything_about_the_patient(name, language):
    body = render.text(name, language, FACTS, forbidden=[]).body
    refuse_health_information(body, forbidden=ABOUT)
    assert body.startswith("Lakeside: ")


@pytest.mark.parametrize("language", render.LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_no_mail_tells_anything_about_the_patient(name, language):
    mail = render.mail(name, language, FACTS, forbidden=[])
    for words in (mail.subject, mail.body, mail.html):
        refuse_health_information(words, forbidden=ABOUT)
    assert LINK in mail.body and LINK in mail.html
    assert f"{LINK}stop/" in mail.body and f"{LINK}stop/" in mail.html
    assert "(217) 555-0100" in mail.body


@pytest.mark.parametrize("name", NAMES)
def test_an_english_text_is_one_part_of_gsm_letters(name):
    body = render.text(name, "en", FACTS, forbidden=[]).body
    assert gsm_units(body) is not None and gsm_units(body) <= 160


@pytest.mark.parametrize("name", NAMES)
def test_a_spanish_text_is_one_part_too(name):
    assert parts(render.text(name, "es", FACTS, forbidden=[]).body) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_written_in_spanish(name):
    english, spanish = (render.text(name, language, FACTS, forbidden=[]).body for language in ("en", "es"))
    assert english != spanish


def test_a_visit_is_told_in_the_clinics_zone_and_the_patients_language():
    assert "Sat Nov 28, 10:20 AM" in render.text("booked", "en", FACTS, forbidden=[]).body
    assert "sab 28 nov, 10:20 a. m." in render.text("booked", "es", FACTS, forbidden=[]).body


def test_the_subject_says_only_whose_visit_it_is():
    assert render.mail("booked", "en", FACTS, forbidden=[]).subject == "Your visit with Lakeside"
    assert render.mail("booked", "es", FACTS, forbidden=[]).subject == "Su cita con Lakeside"


def test_a_name_that_reaches_a_message_stops_it():
    with pytest.raises(Reveals):
        render.text("booked", "en", Facts(PRACTICE, "https://x.example/p/Maria/"), forbidden=["Maria"])


def test_a_patient_called_as_the_message_speaks_is_still_written_to():
    assert render.text("booked", "en", FACTS, forbidden=["Nov", "Lakeside", "Details"]).body


def test_what_a_practice_is_called_cannot_write_html():
    practice = Organization(name="<b>Sons</b> & Co", short_name="Sons & Co", phone="+12175550100")
    mail = render.mail("booked", "en", Facts(practice, LINK), forbidden=[])
    assert "&lt;b&gt;Sons&lt;/b&gt; &amp; Co" in mail.html
    assert "<b>Sons</b> & Co" in mail.body


def test_an_unknown_language_is_written_to_in_english():
    assert [render.language_of(code) for code in ("es-MX", "es", "vi", "")] == ["es", "es", "en", "en"]
