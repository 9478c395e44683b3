"""Lock the tables and keys that tell patients apart to their organization."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import AddCompositeKey, Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [("patients", "0003_identity")]
    operations: ClassVar[list[Any]] = [
        Isolate("RelatedPerson", attributed=True),
        Isolate("HistoricalRelatedPerson"),
        Isolate("DuplicatePair", attributed=True),
        Isolate("HistoricalDuplicatePair"),
        Isolate("MergeRecord", attributed=True),
        Isolate("HistoricalMergeRecord"),
        Isolate("MatchingRules", attributed=True),
        Isolate("HistoricalMatchingRules"),
        Isolate("ColumnMapping", attributed=True),
        Isolate("HistoricalColumnMapping"),
        Isolate("PatientImport", attributed=True),
        Isolate("HistoricalPatientImport"),
        Isolate("SearchKey"),
        Isolate("ImportRow"),
        AddCompositeKey("Patient", "merged_into"),
    ]
