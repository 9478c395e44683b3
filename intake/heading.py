"""What the head of a review page says: whose fax it is, where it came from, and how much time is left."""

from datetime import datetime, tzinfo

from intake.models import Arrival
from organizations import words
from organizations.shapes import Clock, clock


def title_of(arrival: Arrival) -> str:
    """What the page is called."""
    if arrival.source == "fax":
        return (
            f"Fax from {words.phone(arrival.from_number)}" if arrival.from_number else "Fax, sender unknown"
        )
    return {"upload": "Upload", "folder": "Scan"}.get(arrival.source, "Arrival")


def where_from(arrival: Arrival, *, now: datetime, zone: tzinfo) -> str:
    """Prairie Family Medicine, 4 pages, Today 8:12 AM."""
    count = arrival.pages_total or arrival.pages_read
    pages = f"{count} page{'' if count == 1 else 's'}" if count else ""
    file_name = arrival.file_name if arrival.source != "fax" else ""
    sender = arrival.sender.name if arrival.sender else file_name
    came = words.at_time(arrival.received_at, now=now, zone=zone)
    return ", ".join(part for part in (sender, pages, came) if part)


def clock_of(arrival: Arrival, now: datetime) -> Clock | None:
    """The time left until somebody must have looked at it."""
    if arrival.is_finished or arrival.due_at is None:
        return None
    return clock(due=arrival.due_at, now=now, started=arrival.received_at)


def presence_stamp(arrival: Arrival, *, is_held: bool) -> str:
    """Differs when a colleague came, worked on or left."""
    return (
        f"{arrival.claimed_by_id}-{arrival.claimed_at:%H%M%S}" if is_held and arrival.claimed_at else "free"
    )
