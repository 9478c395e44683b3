"""Lock a plan's network to its organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import AddCompositeKey


class Migration(migrations.Migration):
    """A composite key."""

    dependencies: ClassVar[list[Any]] = [
        ("insurance", "0003_plan_network"),
        ("providers", "0004_isolate_knowing_whom"),
    ]
    operations: ClassVar[list[Any]] = [AddCompositeKey("Plan", "network")]
