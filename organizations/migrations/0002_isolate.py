"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import DROP_FUNCTIONS, FUNCTIONS, Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("organizations", "0001_initial"),
    ]
    operations: ClassVar[list[Any]] = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        Isolate("Site", attributed=True),
        Isolate("Membership", attributed=True, visible="organization_id = app_org() OR user_id = app_user()"),
        Isolate("Invitation", attributed=True),
        Isolate("AccessLink", attributed=True),
        Isolate("Counter"),
        Isolate("DataKey", append_only=True),
        Isolate("HistoricalSite"),
        Isolate("HistoricalMembership"),
        Isolate("HistoricalInvitation"),
        Isolate("HistoricalAccessLink"),
    ]
