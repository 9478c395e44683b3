"""When an office's entry was last confirmed; and the numbers that stand on entries become ways in."""

from typing import Any, ClassVar

from django.db import migrations, models

from organizations.ids import uuid7

OFFICES = """
SELECT p.organization_id, p.id, kind, address FROM providers_practice p
CROSS JOIN LATERAL (VALUES ('fax', p.fax), ('phone', p.phone), ('email', p.email)) way (kind, address)
WHERE address <> '' AND p.organization_id = %s
  AND NOT EXISTS (SELECT FROM providers_endpoint e
                  WHERE e.practice_id = p.id AND e.kind = way.kind AND e.address = way.address)
"""
NOW_KNOWN = """
INSERT INTO providers_endpoint (id, organization_id, practice_id, kind, address, is_preferred)
VALUES (%s, %s, %s, %s, %s, true)
"""


def keep_ways_in(apps: Any, schema_editor: Any) -> None:
    """Row security holds for the owner too: one organization at a time."""
    alias = schema_editor.connection.alias
    organizations = apps.get_model("organizations", "Organization").objects.using(alias)
    with schema_editor.connection.cursor() as cursor:
        for organization_id in organizations.values_list("pk", flat=True):
            cursor.execute("SELECT set_config('app.org', %s, true)", [str(organization_id)])
            cursor.execute(OFFICES, [organization_id])
            cursor.executemany(NOW_KNOWN, [(uuid7(), *row) for row in cursor.fetchall()])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.org', '', true)")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("providers", "0004_isolate_knowing_whom")]
    operations: ClassVar[list[Any]] = [
        migrations.AddField(
            model_name="practice",
            name="checked_at",
            field=models.DateTimeField(
                blank=True, help_text="Last time somebody confirmed the entry", null=True
            ),
        ),
        migrations.AddField(
            model_name="historicalpractice",
            name="checked_at",
            field=models.DateTimeField(
                blank=True, help_text="Last time somebody confirmed the entry", null=True
            ),
        ),
        migrations.RunPython(keep_ways_in, migrations.RunPython.noop),
    ]
