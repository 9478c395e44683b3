"""What each kind of work is about: a referral or a fax, by its number, with its page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from intake.ledger import door_of
from intake.models import Arrival, Delivery, FaxLine, LedgerDay
from jobs.subjects import Subject, about
from notifications.models import Message
from organizations.words import phone
from referrals.models import Dispatch, Referral


@about("referrals.ask_payer")
def of_questions(ids: Sequence[str]) -> dict[str, Subject]:
    """Questions to payers name their referral first."""
    return _referrals((referral_id, referral_id) for referral_id in ids)


@about("notifications.deliver")
def of_messages(ids: Sequence[str]) -> dict[str, Subject]:
    """The referral that a message is about."""
    return _referrals(Message.objects.filter(pk__in=ids).values_list("pk", "about_id"))


@about("referrals.send_dispatch", "referrals.follow_dispatch")
def of_dispatches(ids: Sequence[str]) -> dict[str, Subject]:
    """The referral whose papers leave."""
    return _referrals(Dispatch.objects.filter(pk__in=ids).values_list("pk", "referral_id"))


@about("intake.read")
def of_arrivals(ids: Sequence[str]) -> dict[str, Subject]:
    """A fax, by the number it came from."""
    arrivals = Arrival.objects.filter(pk__in=ids).values_list("pk", "from_number")
    return {str(pk): Subject(_sender(number), reverse("fax_review", args=[pk])) for pk, number in arrivals}


@about("intake.fetch_fax", "intake.mark_fax_viewed")
def of_deliveries(ids: Sequence[str]) -> dict[str, Subject]:
    """A fax that a service told of: its own page once it is here, else the inbox it is missing from."""
    rows = Delivery.objects.filter(pk__in=ids).values_list("pk", "from_number", "arrival_id")
    return {
        str(pk): Subject(
            f"Fax from {phone(number)}" if number else "Fax",
            reverse("fax_review", args=[arrival_id]) if arrival_id else reverse("fax_inbox"),
        )
        for pk, number, arrival_id in rows
    }


@about("intake.ask_fax_line")
def of_fax_lines(ids: Sequence[str]) -> dict[str, Subject]:
    """A fax line, by the service and the number."""
    return {
        str(line.pk): Subject(f"{line.get_vendor_display()} {phone(line.number)}", reverse("fax_inbox"))
        for line in FaxLine.objects.filter(pk__in=ids)
    }


@about("intake.account_for")
def of_ledger_days(ids: Sequence[str]) -> dict[str, Subject]:
    """A day and door of the ledger."""
    rows = LedgerDay.objects.filter(pk__in=ids)
    return {
        str(row.pk): Subject(f"{door_of(row.source)}, {row.day:%m/%d/%Y}", reverse("fax_ledger"))
        for row in rows
    }


def _sender(number: str) -> str:
    return f"Fax from {phone(number)}" if number else "Upload"


def _referrals(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Subject]:
    wanted = {str(pk): str(referral_id) for pk, referral_id in pairs if referral_id}
    rows = Referral.objects.filter(pk__in=wanted.values()).values_list("pk", "number")
    numbers = {str(pk): number for pk, number in rows}
    return {
        pk: Subject(numbers[referral_id], reverse("referral", args=[numbers[referral_id]]))
        for pk, referral_id in wanted.items()
        if referral_id in numbers
    }
