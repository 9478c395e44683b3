"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("insurance", "0001_initial"),
        ("organizations", "0002_isolate"),
        ("patients", "0002_isolate"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Payer", attributed=True),
        Isolate("Plan", attributed=True),
        Isolate("Coverage", attributed=True),
        Isolate("EligibilityCheck", attributed=True),
        Isolate("Benefit", append_only=True),
        Isolate("HistoricalPayer"),
        Isolate("HistoricalPlan"),
        Isolate("HistoricalCoverage"),
        Isolate("HistoricalEligibilityCheck"),
    ]
