"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("intake", "0001_initial"),
        ("organizations", "0002_isolate"),
        ("patients", "0002_isolate"),
        ("providers", "0002_isolate"),
        ("referrals", "0002_isolate"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Arrival", attributed=True),
        Isolate("Page", append_only=True),
        Isolate("Reading", attributed=True),
        Isolate("FieldReading", attributed=True),
        Isolate("HistoricalArrival"),
        Isolate("HistoricalReading"),
        Isolate("HistoricalFieldReading"),
    ]
