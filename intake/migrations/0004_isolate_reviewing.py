"""Lock the keys that reviewing added to their organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import AddCompositeKey


class Migration(migrations.Migration):
    """Composite keys."""

    dependencies: ClassVar[list[Any]] = [("intake", "0003_reviewing")]
    operations: ClassVar[list[Any]] = [
        AddCompositeKey("Arrival", "unlocked"),
        AddCompositeKey("Reading", "referral"),
        AddCompositeKey("Reading", "handled_by"),
    ]
