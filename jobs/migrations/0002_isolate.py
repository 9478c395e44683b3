"""Lock every tenant table of this app to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [
        ("jobs", "0001_initial"),
        ("organizations", "0002_isolate"),
    ]
    operations: ClassVar[list[Any]] = [
        Isolate("Job"),
        migrations.RunSQL(
            "GRANT SELECT, UPDATE ON jobs_job TO app_ops", "REVOKE SELECT, UPDATE ON jobs_job FROM app_ops"
        ),
    ]
