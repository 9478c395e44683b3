"""What the sandboxes hold, shaped for the page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from gateways import sandbox
from gateways.clearinghouse.sandbox import DESK, FOLLOW_THE_MAGIC, KIND, waiting
from notifications import queries
from organizations.models import Organization
from organizations.scope import organization_scope
from referralhub.sandbox.samples import samples

PHONES, TEXTS_A_PHONE, SHOWN = 6, 8, 30
DESK_WORDS = {
    FOLLOW_THE_MAGIC: "By the member number",
    "active": "Active",
    "ended": "Ended",
    "not-found": "Not found",
    "pending": "Answer later",
    "timeout": "Time out",
    "garbage": "Garbage",
}


@dataclass(frozen=True)
class Text:
    """One bubble on a phone."""

    body: str
    at: datetime
    is_reply: bool


@dataclass(frozen=True)
class Phone:
    """A patient's phone; `slug` names the organization whose text came last."""

    number: str
    slug: str
    texts: list[Text]


def everything() -> dict[str, Any]:
    """The whole page."""
    organizations = list(Organization.objects.order_by("name"))
    return {
        "phones": phones(organizations),
        "mails": [_timed(mail) for mail in sandbox.kept("email", limit=SHOWN)],
        "faxes": [_timed(fax) for fax in sandbox.kept("fax", limit=SHOWN)],
        "questions": sandbox.kept(KIND, limit=10),
        "waiting": waiting(),
        "desk": sandbox.setting(DESK, FOLLOW_THE_MAGIC),
        "desk_choices": DESK_WORDS.items(),
        "samples": samples().items(),
        "organizations": organizations,
        "texts_waiting": sum(len(ids) for ids in texts_waiting().values()),
    }


def phones(organizations: list[Organization]) -> list[Phone]:
    """The phone with the newest text first; on each the oldest text is on top, as on a phone."""
    by_number: dict[str, list[Text]] = defaultdict(list)
    for record in sandbox.kept("sms", limit=SHOWN * TEXTS_A_PHONE):
        by_number[record["to"]].append(
            Text(record["body"], datetime.fromisoformat(record["at"]), record.get("reply", False))
        )
    return [
        Phone(number, _writer(texts, organizations), texts[:TEXTS_A_PHONE][::-1])
        for number, texts in list(by_number.items())[:PHONES]
    ]


def texts_waiting() -> dict[UUID, list[UUID]]:
    """The texts that wait for the morning, by organization."""
    found = {}
    for organization_id in Organization.objects.values_list("pk", flat=True):
        with organization_scope(organization_id, actor="command:sandbox"):
            found[organization_id] = queries.waiting_for_the_morning(timezone.now())
    return found


def _writer(texts: list[Text], organizations: list[Organization]) -> str:
    """Our texts begin with the practice's short name."""
    newest = next((text.body for text in texts if not text.is_reply), "")
    return next((o.slug for o in organizations if newest.startswith(f"{o.short_name}:")), "")


def _timed(record: sandbox.Record) -> sandbox.Record:
    return {**record, "at": datetime.fromisoformat(record["at"])}
