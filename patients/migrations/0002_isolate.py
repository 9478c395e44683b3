"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("organizations", "0002_isolate"),
        ("patients", "0001_initial"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Patient", attributed=True),
        Isolate("Identifier", attributed=True),
        Isolate("ContactPoint", attributed=True),
        Isolate("HistoricalPatient"),
        Isolate("HistoricalIdentifier"),
        Isolate("HistoricalContactPoint"),
    ]
