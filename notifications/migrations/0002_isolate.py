"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("notifications", "0001_initial"),
        ("organizations", "0002_isolate"),
        ("patients", "0002_isolate"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Message", attributed=True),
        Isolate("OptOut", append_only=True),
        Isolate("HistoricalMessage"),
    ]
