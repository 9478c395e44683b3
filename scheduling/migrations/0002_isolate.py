"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("organizations", "0002_isolate"),
        ("patients", "0002_isolate"),
        ("providers", "0002_isolate"),
        ("scheduling", "0001_initial"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Schedule", attributed=True),
        Isolate("Slot", attributed=True),
        Isolate("Appointment", attributed=True),
        Isolate("HistoricalSchedule"),
        Isolate("HistoricalSlot"),
        Isolate("HistoricalAppointment"),
    ]
