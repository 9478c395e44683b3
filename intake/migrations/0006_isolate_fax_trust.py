"""Lock the tables and keys that trust in faxes added to their organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import AddCompositeKey, Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [("intake", "0005_fax_trust")]
    operations: ClassVar[list[Any]] = [
        *(
            operation
            for model in ("Rearrangement", "FaxLine", "Delivery", "LedgerDay", "ReviewRules", "SenderLesson")
            for operation in (Isolate(model, attributed=True), Isolate(f"Historical{model}"))
        ),
        AddCompositeKey("Arrival", "looks_like"),
        AddCompositeKey("Reading", "put_aside_by"),
        AddCompositeKey("Reading", "made_by"),
    ]
