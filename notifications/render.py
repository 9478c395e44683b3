"""Messages in a patient's language, from templates/messages/. Nothing reaches them but what is named here."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template import Context
from django.template.base import Template
from django.template.loader import select_template
from django.utils import translation

from notifications import wording
from organizations.models import Organization
from organizations.spoken import short_moment
from organizations.words import phone

LANGUAGES = ("en", "es")
TAGS = re.compile(r"{[{%#].*?[#%}]}", re.DOTALL)  # what remains of a template is its fixed wording


@dataclass(frozen=True)
class Facts:
    """All that a message may tell: whose it is, where to go, and when (a moment in any zone)."""

    organization: Organization
    link: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Rendered:
    """The words of a message; a text has only a body."""

    body: str
    subject: str = ""
    html: str = ""


def language_of(wanted: str) -> str:
    """The language a message is written in for somebody who speaks `wanted`."""
    return wanted[:2] if wanted[:2] in LANGUAGES else LANGUAGES[0]


def text(name: str, language: str, facts: Facts, *, forbidden: list[str]) -> Rendered:
    """A text for a phone; raises wording.Reveals."""
    words = _render(_template(f"{name}/sms.txt", language), language, facts, forbidden)
    return Rendered(wording.for_phone(words))


def mail(name: str, language: str, facts: Facts, *, forbidden: list[str]) -> Rendered:
    """An e-mail: the same words plain and as HTML, under one subject for all; raises wording.Reveals."""
    words = _template(f"{name}/email.txt", language)

    def part(frame: str) -> str:
        return _render(_template(frame, language), language, facts, forbidden, words)

    return Rendered(body=part("_mail.txt"), subject=part("_subject.txt"), html=part("_mail.html"))


def _template(path: str, language: str) -> Template:
    stem, _, kind = path.rpartition(".")
    spoken = f"messages/{stem}_{language}.{kind}"
    return select_template([spoken, f"messages/{path}"]).template


def _render(
    template: Template, language: str, facts: Facts, forbidden: list[str], words: Template | None = None
) -> str:
    values = _values(language, facts)
    with translation.override(language):
        context = Context({**values, "words": words}, autoescape=(template.name or "").endswith(".html"))
        rendered = template.render(context).strip()
    fixed = TAGS.sub(" ", f"{template.source} {words.source if words else ''}")
    own = f"{fixed} {values['practice']} {values['practice_name']} {values['city']} {values['when']}"
    wording.refuse_health_information(rendered, forbidden=forbidden, own=own)
    return rendered


def _values(language: str, facts: Facts) -> dict[str, Any]:
    organization = facts.organization
    with translation.override(language):
        when = short_moment(facts.when.astimezone(organization.zone)) if facts.when else ""
    return {
        "practice": organization.short_name,
        "practice_name": organization.name,
        "city": organization.city,
        "phone": phone(organization.phone),
        "link": facts.link,
        "stop_link": f"{facts.link}stop/" if facts.link else "",
        "when": when,
    }
