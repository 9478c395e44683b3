"""A visit as a file for the patient's own calendar (RFC 5545): whose visit and when, and nothing else.

Calendars are shared with families and employers, so neither clinician, specialty, place nor reason is in it.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from organizations.models import Organization
from scheduling.models import Appointment

MEDIA_TYPE = "text/calendar; charset=utf-8"


def of_visit(appointment: Appointment, organization: Organization, *, title: str, now: datetime) -> bytes:
    """The file's bytes. A visit that moves keeps its file's identity when it keeps its appointment."""
    event = Event()
    event.add("uid", f"{appointment.pk}@referralhub")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", appointment.slot.starts_at.astimezone(UTC))
    event.add("dtend", appointment.slot.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", f"-//ReferralHub//{organization.short_name}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
