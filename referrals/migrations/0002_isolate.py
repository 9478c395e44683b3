"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("insurance", "0002_isolate"),
        ("organizations", "0002_isolate"),
        ("patients", "0002_isolate"),
        ("providers", "0002_isolate"),
        ("referrals", "0001_initial"),
        ("scheduling", "0002_isolate"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Referral", attributed=True),
        Isolate("Document", attributed=True),
        Isolate("Dispatch", attributed=True),
        Isolate("Step", append_only=True),
        Isolate("Note", append_only=True),
        Isolate("InfoRequest", attributed=True),
        Isolate("Visit", attributed=True),
        Isolate("HistoricalReferral"),
        Isolate("HistoricalDocument"),
        Isolate("HistoricalDispatch"),
        Isolate("HistoricalInfoRequest"),
        Isolate("HistoricalVisit"),
    ]
