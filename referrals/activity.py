"""The timeline of a referral as shown: steps, messages and looks, all as one kind of entry. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from organizations.words import phone

SECRET = re.compile(r"(/[a-z]/)[\w-]{12,}/?")
MASK = r"\1…"
SYSTEM = "ReferralHub"  # what the program does by itself is not signed


@dataclass(frozen=True)
class Happened:
    """One row of the timeline's query, whatever table it came from."""

    at: datetime
    kind: str  # step, message, look
    name: str
    title: str
    text: str
    who: str
    to: str
    language: str


@dataclass(frozen=True)
class Mark:
    """How an entry is drawn: the icon, and a tone (ok, bad, info, warn or none)."""

    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of components/_timeline.html."""

    icon: str
    tone: str
    title: SafeString
    at: datetime
    text: str = ""
    bubble: str = ""
    out: bool = False
    lang: str = ""


MARKS = {
    "received": Mark(icon="inbox"),
    "fax_checked": Mark(icon="check"),
    "accept": Mark(icon="user-check", tone="info"),
    "ask": Mark(icon="file-question-mark", tone="warn"),
    "records_asked": Mark(icon="file-question-mark", tone="warn"),
    "answer": Mark(icon="check", tone="ok"),
    "records_came": Mark(icon="check", tone="ok"),
    "eligibility_asked": Mark(icon="shield-check"),
    "eligibility_active": Mark(icon="shield-check", tone="ok"),
    "eligibility_inactive": Mark(icon="circle-alert", tone="bad"),
    "eligibility_needs_info": Mark(icon="circle-alert", tone="warn"),
    "eligibility_payer_down": Mark(icon="circle-alert", tone="warn"),
    "coverage": Mark(icon="pencil", tone="warn"),
    "self_pay": Mark(icon="id-card"),
    "authorization_not_required": Mark(icon="shield-check", tone="ok"),
    "not_reachable": Mark(icon="phone", tone="warn"),
    "call": Mark(icon="phone"),
    "call_asked": Mark(icon="phone", tone="warn"),
    "patient_declined": Mark(icon="x", tone="bad"),
    "schedule": Mark(icon="calendar", tone="ok"),
    "reschedule": Mark(icon="calendar", tone="info"),
    "cancel_appointment": Mark(icon="calendar", tone="warn"),
    "no_show": Mark(icon="calendar", tone="bad"),
    "record_visit": Mark(icon="stethoscope", tone="ok"),
    "report": Mark(icon="file-text", tone="info"),
    "report_queued": Mark(icon="send"),
    "report_sent_again": Mark(icon="send", tone="ok"),
    "report_delivered": Mark(icon="check", tone="ok"),
    "report_lost": Mark(icon="circle-alert", tone="bad"),
    "report_not_sent": Mark(icon="circle-alert", tone="bad"),
    "report_again": Mark(icon="send"),
    "request_sent": Mark(icon="send", tone="ok"),
    "request_delivered": Mark(icon="check", tone="ok"),
    "request_not_sent": Mark(icon="circle-alert", tone="bad"),
    "answer_filled": Mark(icon="pencil", tone="ok"),
    "answer_partly": Mark(icon="file-text", tone="warn"),
    "answer_late": Mark(icon="file-text", tone="ok"),
    "accepted_by_rule": Mark(icon="check", tone="info"),
    "acknowledge_report": Mark(icon="check", tone="ok"),
    "note": Mark(icon="pencil", tone="info"),
    "document_added": Mark(icon="file-text"),
    "assigned": Mark(icon="user-plus"),
    "held": Mark(icon="clock"),
    "resumed": Mark(icon="clock"),
    "overdue": Mark(icon="clock", tone="bad"),
    "decline": Mark(icon="x", tone="bad"),
    "lose": Mark(icon="x", tone="bad"),
    "cancel": Mark(icon="x", tone="bad"),
}
PLAIN = Mark(icon="arrow-right")
BY_CHANNEL = {"sms": Mark(icon="message-square"), "email": Mark(icon="mail")}
CHANNEL_WORDS = {"sms": "Text", "email": "E-mail"}
SENT_WORDS = {
    "queued": ("waiting to be sent", ""),
    "sending": ("being sent", ""),
    "sent": ("sent", ""),
    "delivered": ("delivered", "ok"),
    "failed": ("not sent", "bad"),
    "unknown": ("may have been sent", "warn"),
}

RECEIVED = "received"  # a message that came from the patient

LOOKS = {
    "view": "looked at it",
    "search": "found it in a list",
    "export": "exported it",
    "disclose": "sent it outside",
    "refused": "was refused",
}


def entry(row: Happened) -> Entry:
    """The row as drawn."""
    return {"message": _message, "look": _look}.get(row.kind, _step)(row)


def _step(row: Happened) -> Entry:
    mark = MARKS.get(row.name, PLAIN)
    if row.name == "note":
        return Entry(mark.icon, mark.tone, format_html("<b>{}</b>", row.who), row.at, bubble=row.text)
    who = "" if row.who == SYSTEM else row.who
    said = row.title.rstrip(".")
    title = format_html("{}, <b>{}</b>", said, who) if who else format_html("{}", said)
    return Entry(mark.icon, mark.tone, title, row.at, text=row.text)


def _message(row: Happened) -> Entry:
    channel, icon = CHANNEL_WORDS.get(row.who, row.who), BY_CHANNEL.get(row.who, PLAIN).icon
    body = SECRET.sub(MASK, row.text)
    if row.title == RECEIVED:
        title = format_html("{} from {}", channel, phone(row.to))
        return Entry(icon, "info", title, row.at, bubble=body, lang=row.language)
    said, tone = SENT_WORDS.get(row.title, (row.title, ""))
    title = format_html("{} to {}, {}", channel, phone(row.to), said)
    return Entry(icon, tone, title, row.at, bubble=body, out=True, lang=row.language)


def _look(row: Happened) -> Entry:
    title = format_html("<b>{}</b> {}", row.who, LOOKS.get(row.name, row.name))
    return Entry(Mark(icon="eye").icon, "", title, row.at, text=row.text)
