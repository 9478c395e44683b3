"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("organizations", "0002_isolate"),
        ("providers", "0001_initial"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Specialty", attributed=True),
        Isolate("Practice", attributed=True),
        Isolate("Location", attributed=True),
        Isolate("Provider", attributed=True),
        Isolate("HistoricalSpecialty"),
        Isolate("HistoricalPractice"),
        Isolate("HistoricalLocation"),
        Isolate("HistoricalProvider"),
    ]
